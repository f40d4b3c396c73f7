//! `join!`, `try_join!` and `pin!`.

use std::cell::RefCell;

use zokio::future::{pending, ready};
use zokio::task::yield_now;

/// Yields so many times and says so.
async fn steps(said: &RefCell<String>, name: char, count: usize) -> usize {
    for _ in 0..count {
        said.borrow_mut().push(name);
        yield_now().await;
    }
    count
}

#[zokio::test(io = none, report = off)]
async fn branches_are_polled_in_their_order_until_all_are_done() {
    let said = RefCell::default();
    let counts = zokio::join!(steps(&said, 'a', 1), steps(&said, 'b', 3), steps(&said, 'c', 2),);
    assert_eq!(counts, (1, 3, 2));
    assert_eq!(said.into_inner(), "abcbcb");
}

#[zokio::test(io = none, report = off)]
async fn any_number_of_branches() {
    zokio::join!();
    assert_eq!(zokio::join!(ready(1)), (1,));
    let all = zokio::join!(
        biased;
        ready(1), ready("2"), ready('3'), async { 4 }, ready(5), ready(6), ready(7), ready(8), ready(9), ready(10),
        ready(11), ready(12), ready(13), ready(14), ready(15), ready(16), ready(17), ready(18), ready(19), ready(20)
    );
    assert_eq!((all.0, all.1, all.2, all.3, all.19), (1, "2", '3', 4, 20));
}

#[zokio::test(io = none, report = off)]
async fn branches_borrow_and_may_await_while_they_are_written() {
    let mut count = 0;
    let text = String::from("borrowed");
    let (length, ()) = zokio::join!(async { text.len() + ready(1).await }, {
        yield_now().await;
        async { count += 1 }
    });
    assert_eq!((length, count), (9, 1));
}

#[zokio::test(io = none, report = off)]
async fn the_first_error_ends_all() {
    let said = RefCell::default();
    let result = zokio::try_join!(
        async { Ok(steps(&said, 'a', 1).await) },
        async {
            steps(&said, 'b', 2).await;
            Err::<(), _>("b")
        },
        pending::<Result<(), _>>(),
        async { Err::<(), _>(steps(&said, 'c', 5).await).map_err(|_| "c") },
    );
    assert_eq!(result, Err("b"));
    assert_eq!(said.into_inner(), "abcbc");
}

#[zokio::test(io = none, report = off)]
async fn successes_make_a_tuple() {
    let result: Result<_, String> = zokio::try_join!(ready(Ok(1)), async { Ok("two") });
    assert_eq!(result, Ok((1, "two")));
    let nothing: Result<(), String> = zokio::try_join!();
    assert_eq!(nothing, Ok(()));
}

#[zokio::test(io = none, report = off)]
async fn what_a_branch_owns_goes_when_it_is_done() {
    let held = std::rc::Rc::new(());
    let branch = {
        let held = std::rc::Rc::clone(&held);
        async move { drop(ready(held).await) }
    };
    let ((), count) = zokio::join!(branch, async {
        yield_now().await;
        std::rc::Rc::strong_count(&held)
    });
    assert_eq!(count, 1);
}

#[zokio::test(io = none, report = off)]
async fn pinned_variables() {
    let first = async { 1 };
    zokio::pin!(first);
    zokio::pin! {
        let second = async { 2 };
    }
    assert_eq!(first.as_mut().await + second.as_mut().await, 3);
}
