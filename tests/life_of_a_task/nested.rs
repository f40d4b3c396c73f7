//! A runtime within a runtime.

use std::panic::{AssertUnwindSafe, catch_unwind};

use zokio::plumbing::Handle;
use zokio_tests::{Named, One, Trace, Two, record};

#[test]
fn a_runtime_does_not_run_within_another_but_ends_there() {
    let trace = Trace::begin();
    One::start().block_on(async {
        let inner = Two::start();
        let refused = catch_unwind(AssertUnwindSafe(|| inner.block_on(async {}))).unwrap_err();
        let text = refused.downcast_ref::<&str>().unwrap();
        assert!(text.starts_with("cannot start a runtime within a runtime"), "{text}");
        // Its workers run nevertheless.
        let task = inner.handle().spawn(async { 7 });
        record(format!("inner task {}", task.await.unwrap()));
        drop(inner);
        record("the inner runtime has ended");
        Handle::current().spawn(Named::new("outer", async {})).await.unwrap();
    });
    trace.assert_of(
        |event| !event.contains("park") && event != "the driver shuts down",
        &["inner task 7", "the inner runtime has ended", "poll outer", "outer is ready", "drop outer"],
    );
}
