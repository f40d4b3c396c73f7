//! A future becomes a task.

use zokio_tests::{Named, One, Trace, Two, record, yield_now};

#[test]
fn tasks_are_polled_in_the_order_of_their_spawning() {
    let trace = Trace::begin();
    One::start().block_on(async {
        let a = zokio::plumbing::Handle::current().spawn(Named::new("a", async { 1 }));
        let b = zokio::plumbing::Handle::current().spawn(Named::new("b", async { 2 }));
        record("spawned");
        record(format!("joined {}", a.await.unwrap() + b.await.unwrap()));
    });
    trace.assert(&[
        "spawned", // spawning polls nothing
        "poll a",
        "a is ready",
        "drop a", // the future goes when it is ready, not when the handle does
        "poll b",
        "b is ready",
        "drop b",
        "joined 3",
        "the driver shuts down",
    ]);
}

#[test]
fn a_detached_task_runs_on() {
    let trace = Trace::begin();
    One::start().block_on(async {
        drop(zokio::plumbing::Handle::current().spawn(Named::new("a", yield_now())));
        record("detached");
        yield_now().await;
        yield_now().await;
    });
    trace.assert(&["detached", "poll a", "poll a", "a is ready", "drop a", "the driver shuts down"]);
}

#[test]
fn what_is_spawned_between_runs_waits_for_the_next_one() {
    let trace = Trace::begin();
    let runtime = One::start();
    let handle = runtime.handle().spawn(Named::new("a", async {}));
    record("spawned");
    runtime.block_on(handle).unwrap();
    drop(runtime);
    trace.assert_of(|event| event != "unpark", &["spawned", "poll a", "a is ready", "drop a", "the driver shuts down"]);
}

#[test]
fn with_several_workers_the_thread_in_block_on_runs_no_tasks() {
    let trace = Trace::begin();
    Two::start().block_on(async {
        let here = std::thread::current().id();
        let worker = zokio::plumbing::Handle::current().spawn(async { std::thread::current() }).await.unwrap();
        assert_ne!(worker.id(), here);
        record(worker.name().unwrap().trim_end_matches(['0', '1']));
    });
    trace.assert_of(|event| event.starts_with("worker"), &["worker-"]);
}
