//! What a task waits for has happened.

use zokio::plumbing::Handle;
use zokio_tests::{Gate, Named, One, Trace, record, yield_now};

#[test]
fn tasks_woken_by_one_poll_run_in_the_order_of_their_wakes() {
    let trace = Trace::begin();
    One::start().block_on(async {
        let gate = Gate::new();
        let tasks: Vec<_> = ["a", "b", "c"]
            .map(|name| {
                let gate = gate.clone();
                Handle::current().spawn(Named::new(name, async move { gate.passed().await }))
            })
            .into();
        yield_now().await;
        record("open");
        gate.open();
        for task in tasks {
            task.await.unwrap();
        }
    });
    trace.assert(&[
        "poll a",
        "poll b",
        "poll c",
        "open",
        "poll a", // first by the run-next slot
        "a is ready",
        "drop a",
        "poll b", // then the queue
        "b is ready",
        "drop b",
        "poll c",
        "c is ready",
        "drop c",
        "the driver shuts down",
    ]);
}

#[test]
fn a_woken_task_runs_before_those_that_wait_for_their_turn() {
    let trace = Trace::begin();
    One::start().block_on(async {
        let gate = Gate::new();
        let waiting = gate.clone();
        let woken = Handle::current().spawn(Named::new("woken", async move { waiting.passed().await }));
        yield_now().await;
        let spawned = Handle::current().spawn(Named::new("spawned", async {}));
        gate.open();
        woken.await.unwrap();
        spawned.await.unwrap();
    });
    trace.assert(&[
        "poll woken",
        "poll woken", // ahead of the queue: what it was woken for is still in the cache
        "woken is ready",
        "drop woken",
        "poll spawned",
        "spawned is ready",
        "drop spawned",
        "the driver shuts down",
    ]);
}

#[test]
fn two_tasks_that_wake_each_other_do_not_starve_a_third() {
    let trace = Trace::begin();
    One::start().block_on(async {
        let gates: [Gate; 6] = std::array::from_fn(|_| Gate::new());
        let player = |name, first: usize| {
            let gates = gates.clone();
            Named::new(name, async move {
                for gate in (first..6).step_by(2) {
                    gates[gate].passed().await;
                    if let Some(next) = gates.get(gate + 1) {
                        next.open();
                    }
                }
            })
        };
        let ping = Handle::current().spawn(player("ping", 0));
        let pong = Handle::current().spawn(player("pong", 1));
        yield_now().await;
        let third = Handle::current().spawn(Named::new("third", async {}));
        gates[0].open();
        for player in [ping, pong, third] {
            player.await.unwrap();
        }
    });
    let polls = |event: &str| event.starts_with("poll");
    trace.assert_of(
        polls,
        &[
            "poll ping",
            "poll pong",
            "poll ping", // three from the run-next slot
            "poll pong",
            "poll ping",
            "poll third", // then the queue
            "poll pong",
            "poll ping",
            "poll pong",
        ],
    );
}

#[test]
fn wakes_before_the_poll_are_one_wake() {
    let trace = Trace::begin();
    One::start().block_on(async {
        let mut polls = 0;
        let task = std::future::poll_fn(move |cx| {
            polls += 1;
            if polls == 1 {
                cx.waker().wake_by_ref();
                let again = cx.waker().clone();
                again.wake_by_ref();
                return std::task::Poll::Pending;
            }
            std::task::Poll::Ready(polls)
        });
        assert_eq!(Handle::current().spawn(Named::new("a", task)).await.unwrap(), 2);
    });
    trace.assert(&["poll a", "poll a", "a is ready", "drop a", "the driver shuts down"]);
}
