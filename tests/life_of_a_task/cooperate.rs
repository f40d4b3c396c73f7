//! A task that is always ready lets others run.

use std::future::poll_fn;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use zokio::plumbing::Handle;
use zokio::task::{consume_budget, coop, unconstrained};
use zokio_tests::{Named, One, Trace, record};

/// Takes one unit and says how many polls that took.
async fn polls_of_a_unit() -> u32 {
    let mut polls = 0;
    poll_fn(|context| {
        polls += 1;
        coop::poll_proceed(context).map(|budget| budget.made_progress())
    })
    .await;
    polls
}

#[test]
fn a_poll_has_128_units() {
    let _turn = Trace::begin();
    One::start().block_on(async {
        for _ in 0..2 {
            for unit in 0..128 {
                assert!(coop::has_budget_remaining());
                assert_eq!(polls_of_a_unit().await, 1, "unit {unit}");
            }
            assert!(!coop::has_budget_remaining());
            assert_eq!(polls_of_a_unit().await, 2, "the task is polled anew");
            for _ in 0..127 {
                polls_of_a_unit().await;
            }
            poll_fn(|_| Poll::Ready(())).await;
            assert!(!coop::has_budget_remaining());
            zokio::task::yield_now().await;
        }
    });
}

#[test]
fn who_has_used_the_budget_up_is_polled_behind_others() {
    let trace = Trace::begin();
    One::start().block_on(async {
        let busy = Handle::current().spawn(Named::new("busy", async {
            for _ in 0..200 {
                consume_budget().await;
            }
        }));
        let other = Handle::current().spawn(Named::new("other", async { record("other runs") }));
        busy.await.unwrap();
        other.await.unwrap();
    });
    trace.assert(&[
        "poll busy",
        "poll other",
        "other runs",
        "other is ready",
        "drop other",
        "poll busy",
        "busy is ready",
        "drop busy",
        "the driver shuts down",
    ]);
}

#[test]
fn what_is_pending_gives_its_unit_back() {
    let _turn = Trace::begin();
    One::start().block_on(async {
        poll_fn(|context| {
            for _ in 0..1000 {
                assert!(coop::poll_proceed(context).is_ready());
            }
            Poll::Ready(())
        })
        .await;
        assert_eq!(polls_of_a_unit().await, 1);
    });
}

#[test]
fn handles_and_timers_take_units() {
    let _turn = Trace::begin();
    One::start().block_on(async {
        let done: Vec<_> = (0..200).map(|_| Handle::current().spawn(async {})).collect();
        zokio::task::yield_now().await;
        let mut left = done.into_iter().peekable();
        for handle in left.by_ref().take(128) {
            handle.await.unwrap();
        }
        assert!(!coop::has_budget_remaining());
        let mut due = std::pin::pin!(zokio::time::sleep(Duration::ZERO));
        let first = poll_fn(|context| Poll::Ready(due.as_mut().poll(context))).await;
        assert!(first.is_pending(), "it is due, and has to wait for its turn");
        due.await;
        for handle in left {
            handle.await.unwrap();
        }
        assert!(coop::has_budget_remaining());
    });
}

#[test]
fn cooperative_futures_take_units_that_know_of_none() {
    let _turn = Trace::begin();
    One::start().block_on(async {
        for _ in 0..128 {
            coop::cooperative(async {}).await;
        }
        assert!(!coop::has_budget_remaining());
    });
}

#[test]
fn what_is_unconstrained_is_polled_without_a_budget() {
    let _turn = Trace::begin();
    One::start().block_on(async {
        let polls = unconstrained(async {
            let mut polls = 0;
            for _ in 0..1000 {
                polls += polls_of_a_unit().await;
            }
            polls
        });
        assert_eq!(polls.await, 1000);
        assert!(coop::has_budget_remaining());
    });
}

#[test]
fn a_deadline_is_seen_though_what_is_in_time_uses_the_budget_up() {
    let _turn = Trace::begin();
    One::start().block_on(async {
        let busy = async {
            loop {
                consume_budget().await;
            }
        };
        zokio::time::timeout(Duration::from_millis(1), busy).await.unwrap_err();
    });
}

#[test]
fn outside_of_tasks_there_is_no_limit() {
    let _turn = Trace::begin();
    One::start().block_on(async {
        for _ in 0..128 {
            consume_budget().await;
        }
    });
    let context = Context::from_waker(Waker::noop());
    for _ in 0..1000 {
        assert!(coop::has_budget_remaining());
        match coop::poll_proceed(&context) {
            Poll::Ready(budget) => budget.made_progress(),
            Poll::Pending => panic!("nobody would poll this thread again"),
        }
    }
}

#[test]
fn closures_that_block_have_no_limit() {
    let _turn = Trace::begin();
    One::start().block_on(async {
        let closure = zokio::task::spawn_blocking(|| {
            let context = Context::from_waker(Waker::noop());
            (0..1000).filter(|_| coop::poll_proceed(&context).map(|budget| budget.made_progress()).is_ready()).count()
        });
        assert_eq!(closure.await.unwrap(), 1000);
    });
}

#[test]
fn a_runtime_that_ends_within_a_task_leaves_that_its_own() {
    let _turn = Trace::begin();
    One::start().block_on(async {
        let own = zokio::task::id();
        for _ in 0..128 {
            consume_budget().await;
        }
        let other = One::start();
        drop(other.handle().spawn(std::future::pending::<()>()));
        drop(other);
        assert_eq!(zokio::task::try_id(), Some(own));
        assert!(!coop::has_budget_remaining());
    });
}
