//! `select!`, also within machines.

use std::cell::RefCell;
use std::future::{pending, ready};
use std::time::Duration;

use zokio::sync::oneshot;
use zokio::task::yield_now;
use zokio::time::sleep;

thread_local! {
    static EVENTS: RefCell<Vec<&'static str>> = const { RefCell::new(Vec::new()) };
}

fn record(event: &'static str) {
    EVENTS.with_borrow_mut(|events| events.push(event));
}

fn events() -> Vec<&'static str> {
    EVENTS.take()
}

/// Records that it is made, and that it is dropped.
struct Recorded(&'static str);

impl Recorded {
    fn new(made: &'static str, dropped: &'static str) -> Self {
        record(made);
        Self(dropped)
    }
}

impl Drop for Recorded {
    fn drop(&mut self) {
        record(self.0);
    }
}

async fn after(yields: usize, value: u32) -> u32 {
    for _ in 0..yields {
        yield_now().await;
    }
    value
}

#[zokio::test]
async fn the_first_that_is_ready_is_selected() {
    let selected = zokio::select! {
        value = after(3, 1) => value,
        value = after(1, 2) => value + 10,
        _ = pending::<()>() => 0,
    };
    assert_eq!(selected, 12);
}

#[zokio::test]
async fn with_biased_they_are_polled_in_their_order() {
    for _ in 0..100 {
        let selected = zokio::select! {
            biased;
            value = ready(1) => value,
            value = ready(2) => value,
        };
        assert_eq!(selected, 1);
    }
}

#[zokio::test]
async fn without_it_each_gets_its_turn() {
    let mut counts = [0; 3];
    for _ in 0..3000 {
        zokio::select! {
            () = ready(()) => counts[0] += 1,
            () = ready(()) => counts[1] += 1,
            () = ready(()) => counts[2] += 1,
        }
    }
    assert!(counts.iter().all(|count| *count > 700), "{counts:?}");
}

#[zokio::test]
async fn what_does_not_match_is_out() {
    let selected = zokio::select! {
        Some(value) = ready(None::<u32>) => value,
        Ok(value) | Err(value) = async { after(2, 7).await; Err::<u32, u32>(8) } => value,
        else => 0,
    };
    assert_eq!(selected, 8);
    let selected = zokio::select! {
        Some(value) = ready(None::<u32>) => value,
        Ok::<u32, ()>(value) = ready(Err(())) => value,
        else => 9,
    };
    assert_eq!(selected, 9);
}

#[zokio::test]
async fn conditions_are_evaluated_before_all_futures() {
    fn condition(name: &'static str, value: bool) -> bool {
        record(name);
        value
    }
    async fn future(recorded: Recorded) {
        drop(recorded);
        record("polled");
    }
    zokio::select! {
        biased;
        () = future(Recorded::new("first made", "first dropped")), if condition("first", false) => unreachable!(),
        () = future(Recorded::new("second made", "second dropped")), if condition("second", true) => record("handler"),
    }
    let expected =
        ["first", "second", "first made", "second made", "second dropped", "polled", "first dropped", "handler"];
    assert_eq!(events(), expected);
    let nothing = zokio::select! {
        () = pending(), if false => 1,
        else => 2,
    };
    assert_eq!(nothing, 2);
    let alone = zokio::select! { else => 3 };
    assert_eq!(alone, 3);
}

#[zokio::test]
#[should_panic(expected = "all branches of a `select!` are disabled, and it has no `else`")]
async fn without_an_else_something_has_to_be_left() {
    zokio::select! {
        Some(()) = ready(None) => {}
    }
}

#[zokio::test]
async fn handlers_leave_loops_and_functions() {
    async fn sum(mut list: Vec<Result<u32, &'static str>>) -> Result<u32, &'static str> {
        let mut sum = 0;
        loop {
            let next = list.pop();
            zokio::select! {
                biased;
                Some(value) = ready(next) => {
                    let value = value?;
                    if value == 0 {
                        continue;
                    }
                    sum += after(1, value).await;
                }
                else => break,
            }
        }
        Ok(sum)
    }
    assert_eq!(sum(vec![Ok(1), Ok(0), Ok(2)]).await, Ok(3));
    assert_eq!(sum(vec![Ok(1), Err("two"), Ok(3)]).await, Err("two"));
}

#[zokio::test]
async fn handlers_may_use_what_the_futures_have_borrowed() {
    let mut value = String::from("a");
    async fn grow(value: &mut String) {
        value.push('b');
        yield_now().await;
    }
    zokio::select! {
        () = grow(&mut value) => value.push('c'),
        () = pending() => value.clear(),
    }
    assert_eq!(value, "abc");
}

#[zokio::test]
async fn a_pinned_future_goes_on_in_a_loop() {
    let mut work = std::pin::pin!(after(5, 3));
    let mut turns = 0;
    let value = loop {
        zokio::select! {
            biased;
            value = &mut work => break value,
            () = yield_now() => turns += 1,
        }
    };
    assert_eq!(value, 3);
    assert!(turns > 1, "it went on {turns} times");
}

#[zokio::test]
async fn one_that_is_late_is_dropped() {
    let (sender, receiver) = oneshot::channel::<u32>();
    zokio::select! {
        _ = receiver => unreachable!(),
        () = sleep(Duration::from_millis(1)) => {}
    }
    assert!(sender.is_closed());
}

#[zokio::test]
async fn a_loop_that_selects_what_is_ready_lets_others_run() {
    let other = zokio::spawn(async {});
    let mut rounds = 0;
    while !other.is_finished() {
        zokio::select! {
            () = zokio::task::consume_budget() => rounds += 1,
            () = pending() => {}
        }
    }
    assert_eq!(rounds, 129, "a poll has 128 units");
}

macro_rules! bodies {
    ($(#[$attribute:meta])* $name:ident) => {
        $(#[$attribute])*
        async fn $name(limit: u32) -> (u32, u32) {
            let (mut sum, mut turns) = (0, 0);
            let mut work = Box::pin(after(4, 100));
            loop {
                zokio::select! {
                    biased;
                    value = &mut work, if sum < limit => {
                        sum += value;
                        turns += after(1, 1).await;
                    }
                    value = after(2, turns + 1) => {
                        turns = value;
                        if turns > 6 {
                            return (sum, turns);
                        }
                    }
                }
                if sum >= limit && turns > 4 {
                    break (sum, turns);
                }
            }
        }
    };
}

bodies!(native);
bodies!(
    #[zokio::async_fn]
    machine
);

#[zokio::test]
async fn machines_select_alike() {
    for limit in [1, 100] {
        assert_eq!(native(limit).await, machine(limit).await);
    }
}
