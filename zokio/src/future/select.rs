//! What `select!` stands on: the turns of its branches.

use std::cell::Cell;
use std::future::Future;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

use crate::task::coop;

/// Polls one branch: `Some` where it is pending, or has selected; `None` where it is out of the game, by its condition or by its pattern.
pub fn select_branch<F: Future, S>(
    enabled: &mut bool,
    future: Pin<&mut F>,
    context: &mut Context<'_>,
    matches: impl FnOnce(&F::Output) -> bool,
    select: impl FnOnce(F::Output) -> S,
) -> Option<Poll<S>> {
    if !*enabled {
        return None;
    }
    let Poll::Ready(output) = future.poll(context) else { return Some(Poll::Pending) };
    // It is not polled again.
    *enabled = false;
    matches(&output).then(|| Poll::Ready(select(output)))
}

/// Polls `count` branches, from the first on, or from one that is chosen at random, until one selects, or none is left: then that behind the last.
pub async fn select<S>(
    count: usize,
    biased: bool,
    mut poll: impl FnMut(usize, &mut Context<'_>) -> Option<Poll<S>>,
) -> S {
    poll_fn(|context| {
        if !coop::has_budget_remaining() {
            // One that is ready at once and takes no budget would be polled for ever.
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        let first = if biased || count == 0 { 0 } else { random(count) };
        let mut waits = false;
        for index in (first..count).chain(0..first) {
            match poll(index, context) {
                Some(Poll::Pending) => waits = true,
                Some(selected) => return selected,
                None => {}
            }
        }
        if waits {
            return Poll::Pending;
        }
        poll(count, context).unwrap_or(Poll::Pending)
    })
    .await
}

/// No branch is left, and there is no `else`.
///
/// # Panics
/// Always.
#[cold]
#[track_caller]
pub fn nothing_selected() -> ! {
    panic!("all branches of a `select!` are disabled, and it has no `else`");
}

/// A number below `count`: xorshift, for turns that are fair in the mean.
fn random(count: usize) -> usize {
    thread_local! {
        static STATE: Cell<u32> = const { Cell::new(0x9E37_79B9) };
    }
    let next = STATE.try_with(|state| {
        let mut x = state.get();
        x ^= x << 13;
        x ^= x >> 17;
        x ^= x << 5;
        state.set(x);
        x
    });
    next.unwrap_or(0) as usize % count
}
