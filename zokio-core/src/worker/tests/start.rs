//! Runtimes that cannot start.

use std::io;
use std::sync::atomic::AtomicUsize;

use super::scripted::{Script, Scripted};
use super::*;

/// The driver of the last worker cannot be made.
struct TheLastFails;

static ALIVE: AtomicUsize = AtomicUsize::new(0);

impl Script for TheLastFails {
    fn start() -> io::Result<()> {
        if std::thread::current().name() == Some("test-2") {
            return Err(io::Error::other("so the test says"));
        }
        ALIVE.fetch_add(1, Ordering::SeqCst);
        Ok(())
    }

    fn end() {
        ALIVE.fetch_sub(1, Ordering::SeqCst);
    }
}

runtime!(Three, WorkStealing, StealQueue<Task, 4>, 3, stealing = true, Scripted<TheLastFails>);

#[test]
fn a_runtime_that_cannot_start_stops_what_it_had_started() {
    let error = plan::build::<Three>().map(drop).unwrap_err();
    assert_eq!(error.to_string(), "so the test says");
    assert_eq!(ALIVE.load(Ordering::SeqCst), 0, "the threads have ended, and their drivers with them");
}
