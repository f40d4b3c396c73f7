//! Generic functions: over traits with async methods, over `impl Trait`, over boxed futures.

use std::fmt::Display;
use std::future::Future;
use std::pin::Pin;

use crate::corpus::world::{Counter, Duplex, Error, Reader, Upstream, Writer};

/// Where bytes come from.
trait Source {
    async fn next(&mut self, buffer: &mut [u8]) -> Result<usize, Error>;
}

/// Where bytes go.
trait Sink {
    async fn put(&mut self, bytes: &[u8]) -> Result<(), Error>;
}

impl Source for Reader {
    compiled! {
        async fn next(&mut self, buffer: &mut [u8]) -> Result<usize, Error> {
            self.read(buffer).await
        }
    }
}

impl Sink for Writer {
    compiled! {
        async fn put(&mut self, bytes: &[u8]) -> Result<(), Error> {
            self.write_all(bytes).await
        }
    }
}

/// A source that takes something out of each byte.
struct Masked<S>(S, u8);

impl<S: Source> Source for Masked<S> {
    compiled! {
        async fn next(&mut self, buffer: &mut [u8]) -> Result<usize, Error> {
            let count = self.0.next(buffer).await?;
            for byte in &mut buffer[..count] {
                *byte ^= self.1;
                self.1 = self.1.rotate_left(1);
            }
            Ok(count)
        }
    }
}

type Boxed<'f, T> = Pin<Box<dyn Future<Output = T> + 'f>>;

compiled! {
    async fn pump<S: Source, K: Sink, const N: usize>(mut source: S, mut sink: K) -> Result<u64, Error> {
        let mut buffer = [0; N];
        let mut total = 0;
        loop {
            let count = source.next(&mut buffer).await?;
            if count == 0 {
                return Ok(total);
            }
            sink.put(&buffer[..count]).await?;
            total += count as u64;
        }
    }

    async fn printed(items: impl IntoIterator<Item = impl Display>, mut stream: Duplex) -> Result<usize, Error> {
        let mut length = 0;
        for item in items {
            let text = item.to_string();
            stream.write_all(text.as_bytes()).await?;
            length += text.len();
        }
        stream.flush().await?;
        Ok(length)
    }

    /// A handler that is given: a closure that returns a future.
    async fn handled<F>(mut handler: F, rounds: u32) -> Result<u64, Error>
    where
        F: AsyncFnMut(u32) -> Result<u64, Error>,
    {
        let mut digest = 0_u64;
        for round in 0..rounds {
            let value = handler(round).await?;
            digest = digest.rotate_left(1) ^ value;
        }
        Ok(digest)
    }

    /// Handlers in a table, whose futures are boxed.
    async fn routes(mut upstream: Upstream, rounds: u32) -> Result<u64, Error> {
        let mut digest = 0_u64;
        for round in 0..rounds {
            let answer: Boxed<'_, Result<u64, Error>> = match round % 3 {
                0 => Box::pin(upstream.fetch(round)),
                1 => Box::pin(async { Ok(upstream.fetch(round).await? + upstream.fetch(round + 1).await? % 10) }),
                _ => Box::pin(std::future::ready(Ok(u64::from(round)))),
            };
            digest = digest.rotate_left(1) ^ answer.await?;
        }
        Ok(digest)
    }

    /// It calls itself, through a box.
    async fn tree(counter: &mut Counter, depth: u32) -> u64 {
        let own = counter.next().await;
        if depth == 0 {
            return own;
        }
        let left = Box::pin(tree_boxed(counter, depth - 1)).await;
        let right = Box::pin(tree_boxed(counter, depth - 1)).await;
        own ^ left.rotate_left(1) ^ right.rotate_left(2)
    }
}

fn tree_boxed(counter: &mut Counter, depth: u32) -> Boxed<'_, u64> {
    Box::pin(tree(counter, depth))
}

cases! {
    pump => |world| {
        let source = Masked(Masked(world.reader(crate::corpus::world::noise(world.rounds() as usize * 61, 2)), 3), 5);
        world.drive(pump::<_, _, 64>(source, world.writer()))
    };
    printed => |world| world.drive(printed(0..world.rounds(), world.connection([])));
    handled => |world| {
        let mut upstream = world.upstream(0);
        world.drive(handled(async |key| upstream.fetch(key).await, world.rounds()))
    };
    routes => |world| world.drive(routes(world.upstream(0), world.rounds()));
    tree => |world| {
        let mut counter = Counter::new(world.pace());
        world.drive(tree(&mut counter, world.rounds().ilog2()))
    };
}
