//! Tasks of a set.

use std::rc::Rc;

use zokio::plumbing::Handle;
use zokio::task::JoinSet;
use zokio_tests::{Gate, Named, One, Trace, Two, record, yield_now};

#[test]
fn outputs_come_in_the_order_of_their_ends() {
    let _turn = Trace::begin();
    One::start().block_on(async {
        let gates: [Gate; 3] = std::array::from_fn(|_| Gate::new());
        let mut set = JoinSet::new();
        assert!(set.join_next().await.is_none());
        for (number, gate) in gates.iter().cloned().enumerate() {
            set.spawn(async move {
                gate.passed().await;
                number
            });
        }
        yield_now().await;
        assert!(set.try_join_next().is_none());
        assert_eq!(set.len(), 3);
        for number in [1, 2, 0] {
            gates[number].open();
            assert_eq!(set.join_next().await.unwrap().unwrap(), number);
        }
        assert!(set.is_empty() && set.join_next().await.is_none());
    });
}

#[test]
fn who_waits_is_woken_by_what_ends_later() {
    let _turn = Trace::begin();
    Two::start().block_on(async {
        let mut set: JoinSet<u32> = (0..500)
            .map(|number| async move {
                yield_now().await;
                number
            })
            .collect();
        let mut sum = 0;
        while let Some(number) = set.join_next().await {
            sum += number.unwrap();
        }
        assert_eq!(sum, 500 * 499 / 2);
        set.extend((0..3).map(|number| async move { number }));
        assert_eq!(set.join_all().await.into_iter().sum::<u32>(), 3);
    });
}

#[test]
fn a_set_that_is_dropped_aborts_its_tasks() {
    let trace = Trace::begin();
    One::start().block_on(async {
        let mut set = JoinSet::new();
        set.spawn(Named::new("waits", std::future::pending::<()>()));
        yield_now().await;
        drop(set);
        record("set dropped");
        yield_now().await;
    });
    trace.assert(&["poll waits", "set dropped", "drop waits", "the driver shuts down"]);
}

#[test]
fn detached_tasks_run_on() {
    let trace = Trace::begin();
    One::start().block_on(async {
        let mut set = JoinSet::new();
        set.spawn(Named::new("detached", yield_now()));
        yield_now().await;
        set.detach_all();
        assert!(set.is_empty());
        drop(set);
        yield_now().await;
    });
    trace.assert(&["poll detached", "poll detached", "detached is ready", "drop detached", "the driver shuts down"]);
}

#[test]
fn errors_say_which_task_it_is() {
    let _turn = Trace::begin();
    One::start().block_on(async {
        let mut set = JoinSet::new();
        let panics = set.spawn(async { panic!("told by the set") });
        let waits = set.spawn(std::future::pending::<u32>());
        let error = set.join_next_with_id().await.unwrap().unwrap_err();
        assert!(error.is_panic() && error.id() == panics.id());
        waits.abort();
        let error = set.join_next_with_id().await.unwrap().unwrap_err();
        assert!(error.is_cancelled() && error.id() == waits.id());
        let blocks = set.spawn_blocking(|| 2);
        assert_eq!(set.join_next_with_id().await.unwrap().unwrap(), (blocks.id(), 2));
        let returns = set.spawn_on(async { 1 }, &Handle::current());
        assert_eq!(set.join_next_with_id().await.unwrap().unwrap(), (returns.id(), 1));
        assert!(set.is_empty());
    });
}

#[test]
fn a_shutdown_waits_for_all() {
    let trace = Trace::begin();
    One::start().block_on(async {
        let mut set = JoinSet::new();
        set.spawn_local(Named::new("waits", async {
            let _here = Rc::new(());
            std::future::pending::<u32>().await
        }));
        yield_now().await;
        set.shutdown().await;
        assert!(set.is_empty());
        record("shut down");
    });
    trace.assert(&["poll waits", "drop waits", "shut down", "the driver shuts down"]);
}

#[test]
fn what_has_ended_is_found_without_waiting_whatever_the_budget() {
    let _turn = Trace::begin();
    One::start().block_on(async {
        let mut set: JoinSet<usize> = (0..300).map(|number| async move { number }).collect();
        yield_now().await;
        let found = std::iter::from_fn(|| set.try_join_next()).count();
        assert_eq!(found, 300);
    });
}

#[test]
#[should_panic(expected = "told by the task")]
fn a_panic_goes_on_where_all_are_waited_for() {
    let _turn = Trace::begin();
    One::start().block_on(async {
        let mut set = JoinSet::new();
        set.spawn(async { panic!("told by the task") });
        set.spawn(std::future::pending::<()>());
        set.join_all().await;
    });
}
