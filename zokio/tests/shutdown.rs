//! A runtime that is ended with a timeout, as the macro writes it.

use std::sync::mpsc;
use std::time::Duration;

use zokio::task::JoinHandle;

#[zokio::runtime(workers = 1, io = none, report = off)]
struct One;

#[zokio::runtime(workers = 2, io = none, report = off)]
struct Two;

/// What blocks returns only after `shutdown_timeout` has: a runtime that waited would wait for ever.
macro_rules! outlives {
    ($name:ident, $runtime:ident, $spawn:expr) => {
        #[test]
        fn $name() {
            let (release, released) = mpsc::channel::<()>();
            let (begun, begin) = mpsc::channel::<()>();
            let runtime = $runtime::new().unwrap();
            let block = move || {
                begun.send(()).unwrap();
                released.recv().unwrap();
                7
            };
            let blocked = $spawn(&runtime, block);
            begin.recv().unwrap();
            runtime.shutdown_timeout(Duration::from_millis(1));
            assert!(!blocked.is_finished());
            release.send(()).unwrap();
            assert_eq!(One::new().unwrap().block_on(blocked).unwrap(), 7);
        }
    };
}

outlives!(a_closure_outlives_one_worker, One, One::spawn_blocking);
outlives!(a_closure_outlives_two_workers, Two, Two::spawn_blocking);
outlives!(a_poll_outlives_two_workers, Two, spawn_blocking_the_worker);

fn spawn_blocking_the_worker(runtime: &Two, block: impl FnOnce() -> i32 + Send + 'static) -> JoinHandle<i32> {
    runtime.spawn(async { block() })
}
