//! The runtime ends: every task is dropped, and handles that are left say so.

use std::future::pending;
use std::sync::mpsc;

use zokio::plumbing::Handle;
use zokio_tests::{Named, One, Trace, Two, record, yield_now};

#[test]
fn tasks_that_wait_are_dropped_then_the_driver_ends() {
    let trace = Trace::begin();
    let runtime = One::start();
    let task = runtime.handle().spawn(Named::new("a", pending::<()>()));
    runtime.block_on(async {
        Handle::current().spawn(Named::new("b", pending::<()>()));
        yield_now().await;
    });
    record("the runtime ends");
    drop(runtime);
    // A handle is usable after its runtime.
    assert!(task.is_finished());
    let error = One::start().block_on(task).unwrap_err();
    assert!(error.is_cancelled());
    trace.assert_of(
        |event| event != "unpark",
        &[
            "poll a",
            "poll b",
            "the runtime ends",
            "drop b", // the newest first
            "drop a",
            "the driver shuts down",
            "the driver shuts down", // of the second runtime
        ],
    );
}

#[test]
fn a_task_spawned_after_the_end_is_cancelled_at_once() {
    let trace = Trace::begin();
    let runtime = Two::start();
    let handle = runtime.handle();
    drop(runtime);
    let late = handle.spawn(Named::new("late", async {}));
    assert!(late.is_finished());
    trace.assert_of(|event| event.contains("late"), &["drop late"]);
}

#[test]
fn what_a_dropped_task_spawns_is_dropped_too() {
    struct Spawns;
    impl Drop for Spawns {
        fn drop(&mut self) {
            drop(Handle::current().spawn(Named::new("from a drop", async {})));
            record("spawned while the runtime ends");
        }
    }
    let trace = Trace::begin();
    One::start().block_on(async {
        Handle::current().spawn(async {
            let _spawns = Spawns;
            pending::<()>().await;
        });
        yield_now().await;
    });
    trace.assert(&["spawned while the runtime ends", "drop from a drop", "the driver shuts down"]);
}

#[test]
fn a_closure_that_blocks_is_waited_for() {
    let trace = Trace::begin();
    let (begun, wait) = mpsc::channel();
    let (proceed, may_proceed) = mpsc::channel();
    let runtime = Two::start();
    runtime.handle().spawn_blocking(move || {
        begun.send(()).unwrap();
        may_proceed.recv().unwrap();
        record("the closure returns");
    });
    wait.recv().unwrap();
    proceed.send(()).unwrap();
    drop(runtime);
    record("the runtime has ended");
    trace.assert_of(
        |event| event == "the closure returns" || event == "the runtime has ended",
        &["the closure returns", "the runtime has ended"],
    );
}
