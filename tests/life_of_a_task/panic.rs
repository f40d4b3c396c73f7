//! A task panics.

use zokio::plumbing::Handle;
use zokio_tests::{Named, One, Trace, Two, record, yield_now};

#[test]
fn a_panic_ends_its_own_task_alone() {
    let trace = Trace::begin();
    One::start().block_on(async {
        let bad = Handle::current().spawn(Named::new("bad", async {
            yield_now().await;
            panic!("by intent");
        }));
        let good = Handle::current().spawn(Named::new("good", async {
            yield_now().await;
            yield_now().await;
        }));
        let error = bad.await.unwrap_err();
        assert!(error.is_panic());
        let payload = error.into_panic();
        record(format!("caught: {}", payload.downcast_ref::<&str>().unwrap()));
        good.await.unwrap();
    });
    trace.assert(&[
        "poll bad",
        "poll good",
        "poll bad",
        "drop bad",          // its locals are dropped with it
        "caught: by intent", // who awaits it is woken into the run-next slot
        "poll good",
        "poll good",
        "good is ready",
        "drop good",
        "the driver shuts down",
    ]);
}

#[test]
fn a_panic_does_not_take_its_worker_along() {
    let trace = Trace::begin();
    Two::start().block_on(async {
        for _ in 0..10 {
            let bad = Handle::current().spawn(async { panic!("by intent") });
            assert!(bad.await.unwrap_err().is_panic());
        }
        // Both workers still poll: the two tasks wait for each other.
        let both = std::sync::Arc::new(std::sync::Barrier::new(2));
        let tasks = [0, 1].map(|_| {
            let both = both.clone();
            Handle::current().spawn(async move { both.wait().is_leader() })
        });
        let mut leaders = 0;
        for task in tasks {
            leaders += usize::from(task.await.unwrap());
        }
        record(format!("leaders: {leaders}"));
    });
    trace.assert_of(|event| event.starts_with("leaders"), &["leaders: 1"]);
}
