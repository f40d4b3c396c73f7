//! One body over all drivers, with one worker and with two: what a program sees is the same.

mod drops;
mod elsewhere;
mod files;
mod streams;
mod time;

/// Runs one body over every runtime.
macro_rules! on_all {
    ($name:ident, $body:expr) => {
        mod $name {
            #[allow(unused_imports, reason = "bodies differ in what they use")]
            use super::*;

            #[cfg(target_os = "linux")]
            #[zokio::test(io = uring, report = off)]
            async fn io_uring_and_one_worker() {
                $body.await
            }

            #[cfg(target_os = "linux")]
            #[zokio::test(io = uring, workers = 2, ring_entries = 8, report = off)]
            async fn io_uring_and_two_workers() {
                $body.await
            }

            #[zokio::test(io = mio, report = off)]
            async fn mio_and_one_worker() {
                $body.await
            }

            #[zokio::test(io = mio, workers = 2, strategy = round_robin, report = off)]
            async fn mio_and_two_workers() {
                $body.await
            }

            #[zokio::test(workers = 2, stealing = false, strategy = global_first, report = off)]
            async fn auto_without_stealing() {
                $body.await
            }
        }
    };
}
use on_all;
