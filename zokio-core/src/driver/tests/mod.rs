//! One body over all drivers, on runtimes assembled by hand: with one worker and with two.

mod drops;
mod file;
mod stream;

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::os::fd::OwnedFd;
use std::sync::Arc;

use super::{Driver, Source};
use crate::queue::{LocalQueue, StealQueue};
use crate::report::OptimizationReport;
use crate::task::Task;
use crate::testing::{REPORT, TestTimer, Unit};
use crate::worker::plan::{self, Assembled, Parts, Plan, Workers};
use crate::worker::strategy::LocalFirst;
use crate::worker::{OneWorker, WorkStealing};

macro_rules! runtime {
    ($name:ident, $scheduler:ident, $queue:ty, $workers:expr) => {
        pub(super) struct $name<D: Driver> {
            scheduler: $scheduler<Self>,
            driver: D,
            allocator: Unit,
            timer: TestTimer,
        }

        impl<D: Driver> Plan for $name<D> {
            type Scheduler = $scheduler<Self>;
            type Driver = D;
            type Allocator = Unit;
            type Timer = TestTimer;
            type Queue = $queue;
            type Strategy = LocalFirst;
            const NAME: &'static str = stringify!($name);
            const WORKERS: Workers = Workers::Exactly($workers);
            const STEALING: bool = true;
            const BLOCKING_THREADS: usize = 4;
            const THREAD_NAME: &'static str = "test";
            const REPORT: &'static OptimizationReport = &REPORT;

            fn assemble(parts: Assembled<Self>) -> Self {
                let Assembled { scheduler, driver, allocator, timer } = parts;
                Self { scheduler, driver, allocator, timer }
            }

            fn parts(&self) -> Parts<'_, Self> {
                let Self { scheduler, driver, allocator, timer } = self;
                Parts { scheduler, driver, allocator, timer }
            }
        }

        impl<D: Driver> $name<D> {
            pub(super) fn run<F: Future>(body: F) -> F::Output {
                plan::block_on(&plan::build::<Self>().unwrap(), body)
            }
        }

        impl<D: Driver> Drop for $name<D> {
            fn drop(&mut self) {
                plan::shutdown(self);
            }
        }
    };
}

runtime!(One, OneWorker, LocalQueue, 1);
runtime!(Two, WorkStealing, StealQueue<Task, 4>, 2);

/// Runs one body over all drivers. The ring is small, so that it is full now and then.
macro_rules! on_all {
    ($name:ident, $body:expr) => {
        mod $name {
            #[allow(unused_imports, reason = "bodies differ in what they use")]
            use super::*;
            use crate::driver::tests::{One, Two};
            use crate::driver::{Auto, Mio};

            #[cfg(target_os = "linux")]
            #[test]
            fn io_uring_and_one_worker() {
                One::<crate::driver::Uring<8>>::run($body);
            }

            #[cfg(target_os = "linux")]
            #[test]
            fn io_uring_and_two_workers() {
                Two::<crate::driver::Uring<8>>::run($body);
            }

            #[test]
            fn mio_and_one_worker() {
                One::<Mio>::run($body);
            }

            #[test]
            fn mio_and_two_workers() {
                Two::<Mio>::run($body);
            }

            #[test]
            fn auto_and_two_workers() {
                Two::<Auto<8>>::run($body);
            }
        }
    };
}
pub(super) use on_all;

/// A listening socket and its address.
pub(super) fn listener() -> (Arc<Source>, SocketAddr) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    listener.set_nonblocking(true).unwrap();
    let address = listener.local_addr().unwrap();
    (Arc::new(Source::new(OwnedFd::from(listener))), address)
}

/// A socket that is not connected.
pub(super) fn socket() -> Arc<Source> {
    let socket = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None).unwrap();
    socket.set_nonblocking(true).unwrap();
    Arc::new(Source::new(OwnedFd::from(socket)))
}

/// A connection: the end under test, and std's end, which blocks.
pub(super) fn pair() -> (Arc<Source>, TcpStream) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let near = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    near.set_nonblocking(true).unwrap();
    let (far, _) = listener.accept().unwrap();
    (Arc::new(Source::new(OwnedFd::from(near))), far)
}

/// A borrowed read, as the facade does it.
pub(super) async fn read(source: &Source, buffer: &mut [u8]) -> io::Result<usize> {
    use std::io::Read;
    std::future::poll_fn(|cx| {
        let wanted = buffer.len();
        source.poll_transfer(cx, super::Direction::Read, wanted, || (&*socket2::SockRef::from(source)).read(buffer))
    })
    .await
}
