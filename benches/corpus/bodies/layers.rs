//! Services in layers: a request is passed down by value, an answer comes up.

use crate::corpus::world::{Clock, Effects, Error, Request, Response, Upstream, World, timeout};

/// A service, as stacks of middleware have them.
trait Service {
    async fn call(&mut self, request: Request) -> Result<Response, Error>;
}

impl Service for Upstream {
    compiled! {
        async fn call(&mut self, request: Request) -> Result<Response, Error> {
            Self::call(self, request).await
        }
    }
}

struct Log<S> {
    inner: S,
    effects: Effects,
}

impl<S: Service> Service for Log<S> {
    compiled! {
        async fn call(&mut self, request: Request) -> Result<Response, Error> {
            self.effects.add(&request.path.to_le_bytes());
            let result = self.inner.call(request).await;
            if let Ok(response) = &result {
                self.effects.add(&response.status.to_le_bytes());
            }
            result
        }
    }
}

struct Authorise<S> {
    inner: S,
}

impl<S: Service> Service for Authorise<S> {
    compiled! {
        async fn call(&mut self, request: Request) -> Result<Response, Error> {
            if request.token != request.path ^ 0x5a5a {
                return Err(Error::Refused);
            }
            self.inner.call(request).await
        }
    }
}

struct Limit<S> {
    inner: S,
    clock: Clock,
    calls: u32,
}

impl<S: Service> Service for Limit<S> {
    compiled! {
        async fn call(&mut self, request: Request) -> Result<Response, Error> {
            self.calls += 1;
            if self.calls % 8 == 0 {
                self.clock.sleep(2).await;
            }
            timeout(50, self.inner.call(request)).await?
        }
    }
}

struct Count<S> {
    inner: S,
    counts: [u64; 4],
}

impl<S: Service> Service for Count<S> {
    compiled! {
        async fn call(&mut self, mut request: Request) -> Result<Response, Error> {
            request.body[0] = self.counts[0] as u8;
            let response = self.inner.call(request).await?;
            self.counts[usize::from(response.status / 100 % 4)] += 1;
            Ok(response)
        }
    }
}

compiled! {
    /// Five layers, each a service over the next.
    async fn stack(mut service: impl Service, request: Request) -> Result<Response, Error> {
        service.call(request).await
    }

    /// The handlers of a router: each takes the request on to the next function.
    async fn router(mut upstream: Upstream, request: Request) -> Result<u64, Error> {
        dispatch(&mut upstream, request).await
    }

    async fn dispatch(upstream: &mut Upstream, request: Request) -> Result<u64, Error> {
        match request.path % 3 {
            0 => show(upstream, request).await,
            1 => update(upstream, request).await,
            _ => Ok(0),
        }
    }

    async fn show(upstream: &mut Upstream, request: Request) -> Result<u64, Error> {
        checked(upstream, request).await
    }

    async fn update(upstream: &mut Upstream, mut request: Request) -> Result<u64, Error> {
        request.body.reverse();
        checked(upstream, request).await
    }

    async fn checked(upstream: &mut Upstream, request: Request) -> Result<u64, Error> {
        if request.token == 0 {
            return Err(Error::Refused);
        }
        let response = upstream.call(request).await?;
        Ok(response.sum)
    }

    /// A message that is wrapped once more at each layer.
    async fn envelope(mut upstream: Upstream, message: [u8; 240]) -> Result<u64, Error> {
        addressed(&mut upstream, 7, message).await
    }

    async fn addressed(upstream: &mut Upstream, to: u32, message: [u8; 240]) -> Result<u64, Error> {
        signed(upstream, to, to ^ 0x5a5a, message).await
    }

    async fn signed(upstream: &mut Upstream, to: u32, token: u32, message: [u8; 240]) -> Result<u64, Error> {
        let request = Request { path: to, token, body: message };
        let response = upstream.call(request).await?;
        Ok(response.sum)
    }

    /// A write that goes down through the layers of a storage engine.
    async fn storage(mut upstream: Upstream, page: [u8; 512]) -> Result<u64, Error> {
        logged(&mut upstream, page).await
    }

    async fn logged(upstream: &mut Upstream, page: [u8; 512]) -> Result<u64, Error> {
        let sequence = upstream.fetch(1).await?;
        Ok(sequence ^ compressed(upstream, page).await?)
    }

    async fn compressed(upstream: &mut Upstream, page: [u8; 512]) -> Result<u64, Error> {
        let half: [u8; 240] = std::array::from_fn(|i| page[2 * i] ^ page[2 * i + 1]);
        stored(upstream, half).await
    }

    async fn stored(upstream: &mut Upstream, block: [u8; 240]) -> Result<u64, Error> {
        let response = upstream.call(Request { path: 9, token: 0, body: block }).await?;
        Ok(response.sum)
    }
}

/// A request goes down ten functions, each of which does nothing but that.
macro_rules! wrappers {
    ($inner:ident) => {};
    ($inner:ident $outer:ident $($rest:ident)*) => {
        compiled! {
            async fn $outer(argument: [u8; 1024]) -> u64 {
                $inner(argument).await
            }
        }
        wrappers!($outer $($rest)*);
    };
}

compiled! {
    async fn innermost(argument: [u8; 1024]) -> u64 {
        std::future::ready(()).await;
        argument.iter().map(|byte| u64::from(*byte)).sum()
    }
}

wrappers!(innermost first second third fourth fifth sixth seventh eighth ninth wrappers);

fn layered(world: &World) -> impl Service {
    let counted = Count { inner: world.upstream(0), counts: [0; 4] };
    let limited = Limit { inner: counted, clock: world.clock(), calls: 0 };
    Log { inner: Authorise { inner: limited }, effects: world.effects() }
}

compiled! {
    /// A connection's life with the stack: many requests, one at a time.
    async fn served(mut service: impl Service, requests: Vec<Request>) -> Result<u64, Error> {
        let mut total = 0;
        for request in requests {
            let response = service.call(request).await?;
            total += response.sum;
        }
        Ok(total)
    }
}

cases! {
    stack => |world| world.drive(stack(layered(world), world.request(3)));
    router => |world| world.drive(router(world.upstream(0), world.request(4)));
    envelope => |world| world.drive(envelope(world.upstream(0), [3; 240]));
    storage => |world| world.drive(storage(world.upstream(0), [5; 512]));
    wrappers => |_world| _world.drive(wrappers([1; 1024]));
    served => |world| {
        let requests = (0..world.rounds()).map(|round| world.request(round)).collect();
        world.drive(served(layered(world), requests))
    };
}
