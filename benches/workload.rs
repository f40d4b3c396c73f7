//! What is measured, written once and generic over who is measured.
//!
//! A [`Contestant`] says how its runtime starts, spawns and yields; an [`EchoServer`] says how it serves. The work itself
//! is [`Workload::run`], the same source for everybody, so a figure differs only by the runtime below it.

use std::{
    future::Future,
    hint::black_box,
    io,
    net::SocketAddr,
    task::Poll,
    time::{Duration, Instant},
};

/// A runtime that takes part in the task workloads.
pub trait Contestant: Sized {
    /// The name in the tables, that of the crate.
    const NAME: &'static str;

    /// The threads that poll tasks.
    const WORKERS: usize;

    /// What spawning gives, as it is: nothing is wrapped around a peer's own handle.
    type Handle: Future;

    /// Starts the runtime.
    ///
    /// # Errors
    ///
    /// What the runtime itself answers when it cannot start.
    fn start() -> io::Result<Self>;

    /// Runs `workload` to its end, on a worker: as the root of the runtime's `block_on` where that polls on the only
    /// worker, as a spawned task where `block_on` has a thread of its own.
    fn run(&mut self, workload: Workload) -> Duration;

    /// Spawns `task` on the runtime that runs the caller, through the call that its users write.
    fn spawn(task: impl Future<Output = usize> + Send + 'static) -> Self::Handle;

    /// What the task returned.
    ///
    /// # Panics
    ///
    /// If the task did not run to its end.
    fn joined(output: <Self::Handle as Future>::Output) -> usize;

    /// Lets the other tasks run first: the runtime's own call where it has one.
    fn yield_now() -> impl Future<Output = ()> + Send {
        wake_and_return()
    }
}

/// A TCP echo server, with a runtime or without.
pub trait EchoServer {
    /// The name in the tables, that of the crate.
    const NAME: &'static str;

    /// Binds a port of the loopback address, tells `announce` which one, accepts `connections` connections, sends what
    /// arrives on each back until its peer closes it, and returns the number of bytes echoed.
    ///
    /// # Errors
    ///
    /// The first error of the runtime or of a socket.
    fn serve(connections: usize, announce: impl FnOnce(SocketAddr)) -> io::Result<u64>;
}

/// What every echo server reads into, per connection.
pub const ECHO_BUFFER: usize = 16 * 1024;

/// One task workload: batches of the same work, one after the other.
#[derive(Clone, Copy, Debug)]
pub struct Workload {
    /// What a batch does.
    pub shape: Shape,
    /// Tasks per batch.
    pub tasks: usize,
    /// How often.
    pub batches: u64,
}

/// What a batch does with its tasks.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// Spawn one task and await it, then the next.
    OneByOne,
    /// Spawn all tasks, then await all handles.
    AllAtOnce,
    /// Spawn all tasks, each of which yields this often, then await all handles.
    Yielding {
        /// Yields per task.
        yields: usize,
    },
}

impl Workload {
    /// The operations of one batch: tasks, or yields where the tasks yield.
    pub fn operations(&self) -> u64 {
        let yields = match self.shape {
            Shape::OneByOne | Shape::AllAtOnce => 1,
            Shape::Yielding { yields } => yields,
        };
        (self.tasks * yields) as u64
    }

    /// Runs the batches on the runtime that polls this future, and returns how long they took.
    ///
    /// # Panics
    ///
    /// If a batch did not do all of its work.
    pub async fn run<C: Contestant>(self) -> Duration {
        let mut handles = Vec::with_capacity(self.tasks);
        let start = Instant::now();
        for _ in 0..self.batches {
            let sum = match self.shape {
                Shape::OneByOne => one_by_one::<C>(self.tasks).await,
                Shape::AllAtOnce => all_at_once::<C>(self.tasks, &mut handles).await,
                Shape::Yielding { yields } => yielding::<C>(self.tasks, yields, &mut handles).await,
            };
            assert_eq!(sum, self.expected(), "{} lost work", C::NAME);
        }
        start.elapsed()
    }

    /// What the outputs of a batch's tasks add up to: their indices, or the yields they have counted.
    fn expected(&self) -> usize {
        match self.shape {
            Shape::OneByOne | Shape::AllAtOnce => self.tasks * (self.tasks - 1) / 2,
            Shape::Yielding { yields } => self.tasks * yields,
        }
    }
}

async fn one_by_one<C: Contestant>(tasks: usize) -> usize {
    let mut sum = 0;
    for index in 0..tasks {
        sum += C::joined(C::spawn(async move { black_box(index) }).await);
    }
    sum
}

async fn all_at_once<C: Contestant>(tasks: usize, handles: &mut Vec<C::Handle>) -> usize {
    for index in 0..tasks {
        handles.push(C::spawn(async move { black_box(index) }));
    }
    join_all::<C>(handles).await
}

async fn yielding<C: Contestant>(tasks: usize, yields: usize, handles: &mut Vec<C::Handle>) -> usize {
    for _ in 0..tasks {
        handles.push(C::spawn(async move {
            let mut counted = 0;
            while black_box(counted) < yields {
                C::yield_now().await;
                counted += 1;
            }
            counted
        }));
    }
    join_all::<C>(handles).await
}

async fn join_all<C: Contestant>(handles: &mut Vec<C::Handle>) -> usize {
    let mut sum = 0;
    for handle in handles.drain(..) {
        sum += C::joined(handle.await);
    }
    sum
}

/// The yield of runtimes that have none: wakes its own task and returns pending once.
async fn wake_and_return() {
    let mut yielded = false;
    std::future::poll_fn(|context| {
        if yielded {
            return Poll::Ready(());
        }
        yielded = true;
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{
        pin::{Pin, pin},
        task::{Context, Waker},
    };

    /// Runs every spawned future where it is awaited: what a workload must give with no runtime at all.
    struct Inline;

    impl Contestant for Inline {
        const NAME: &'static str = "inline";
        const WORKERS: usize = 1;
        type Handle = Pin<Box<dyn Future<Output = usize> + Send>>;

        fn start() -> io::Result<Self> {
            Ok(Self)
        }

        fn run(&mut self, workload: Workload) -> Duration {
            let mut future = pin!(workload.run::<Self>());
            let mut context = Context::from_waker(Waker::noop());
            loop {
                if let Poll::Ready(duration) = future.as_mut().poll(&mut context) {
                    return duration;
                }
            }
        }

        fn spawn(task: impl Future<Output = usize> + Send + 'static) -> Self::Handle {
            Box::pin(task)
        }

        fn joined(output: usize) -> usize {
            output
        }
    }

    #[test]
    fn every_shape_does_its_work() {
        let mut inline = Inline::start().unwrap();
        for (shape, operations) in [(Shape::OneByOne, 10), (Shape::AllAtOnce, 10), (Shape::Yielding { yields: 7 }, 70)]
        {
            let workload = Workload { shape, tasks: 10, batches: 3 };
            assert_eq!(workload.operations(), operations);
            assert!(inline.run(workload) > Duration::ZERO);
        }
    }

    #[test]
    fn the_plain_yield_is_pending_once_and_wakes() {
        let mut yielded = pin!(wake_and_return());
        let mut context = Context::from_waker(Waker::noop());
        assert_eq!(yielded.as_mut().poll(&mut context), Poll::Pending);
        assert_eq!(yielded.as_mut().poll(&mut context), Poll::Ready(()));
    }
}
