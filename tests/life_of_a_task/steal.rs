//! A worker without work takes it from another.

use std::sync::mpsc;
use std::thread;

use zokio::plumbing::Handle;
use zokio_tests::{Trace, Two, record};

fn worker() -> String {
    thread::current().name().expect("workers have names").to_owned()
}

#[test]
fn a_task_behind_one_that_blocks_is_stolen() {
    let trace = Trace::begin();
    Two::start().block_on(async {
        let blocks = Handle::current().spawn(async {
            let (send, receive) = mpsc::channel();
            // Told before there is something to steal: a thief may be quicker than what follows.
            record("a worker blocks in a poll");
            // The first goes to this worker's run-next slot, the second pushes it out into the queue, where the other
            // worker can reach it.
            let stolen = Handle::current().spawn(async move {
                record("the other worker polls it");
                send.send(worker()).unwrap();
            });
            let kept = Handle::current().spawn(async {});
            let other = receive.recv().unwrap();
            assert_ne!(other, worker(), "a task runs while the worker that spawned it blocks");
            record("and goes on");
            (stolen, kept)
        });
        let (stolen, kept) = blocks.await.unwrap();
        stolen.await.unwrap();
        kept.await.unwrap();
    });
    trace.assert_of(
        |event| !event.contains("park") && !event.starts_with("the driver"),
        &["a worker blocks in a poll", "the other worker polls it", "and goes on"],
    );
}

#[test]
fn a_full_queue_spills_into_the_inbox_and_nothing_is_lost() {
    let trace = Trace::begin();
    Two::start().block_on(async {
        // The queues hold four.
        let spawner = Handle::current().spawn(async {
            let tasks: Vec<_> = (0..1000_u32).map(|n| Handle::current().spawn(async move { n })).collect();
            let mut sum = 0;
            for task in tasks {
                sum += task.await.unwrap();
            }
            sum
        });
        record(format!("sum {}", spawner.await.unwrap()));
    });
    trace.assert_of(|event| event.starts_with("sum"), &["sum 499500"]);
}
