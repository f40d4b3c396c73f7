//! A task is ended from outside.

use std::thread;

use zokio::plumbing::Handle;
use zokio_tests::{Gate, Named, One, Trace, record, yield_now};

#[test]
fn a_task_that_was_never_polled_is_dropped() {
    let trace = Trace::begin();
    One::start().block_on(async {
        let task = Handle::current().spawn(Named::new("a", async {}));
        task.abort();
        record("aborted");
        assert!(task.await.unwrap_err().is_cancelled());
        record("joined");
    });
    trace.assert(&["aborted", "drop a", "joined", "the driver shuts down"]);
}

#[test]
fn a_task_that_waits_is_dropped_by_its_own_worker() {
    let trace = Trace::begin();
    One::start().block_on(async {
        let gate = Gate::new();
        let waiting = gate.clone();
        let worker = thread::current().id();
        let task = Handle::current().spawn(Named::new("a", async move {
            struct Bomb(thread::ThreadId);
            impl Drop for Bomb {
                fn drop(&mut self) {
                    assert_eq!(thread::current().id(), self.0, "dropped where it was polled");
                    record("its local is dropped");
                }
            }
            let _local = Bomb(worker);
            waiting.passed().await;
        }));
        yield_now().await;
        let abort = task.abort_handle();
        thread::spawn(move || abort.abort()).join().unwrap();
        record("aborted elsewhere");
        assert!(task.await.unwrap_err().is_cancelled());
        // The gate may call for a task that is gone.
        gate.open();
    });
    trace.assert_of(
        |event| !event.ends_with("park"),
        &["poll a", "aborted elsewhere", "drop a", "its local is dropped", "the driver shuts down"],
    );
}

#[test]
fn a_task_that_has_returned_stays_as_it_is() {
    let trace = Trace::begin();
    One::start().block_on(async {
        let task = Handle::current().spawn(Named::new("a", async { 7 }));
        yield_now().await;
        assert!(task.is_finished());
        task.abort();
        assert_eq!(task.await.unwrap(), 7);
    });
    trace.assert(&["poll a", "a is ready", "drop a", "the driver shuts down"]);
}
