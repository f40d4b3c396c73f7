//! What `.await` does.

use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::task::{Context, Poll};

/// What `.await` awaits.
#[inline(always)]
pub fn wait<F: IntoFuture>(future: F) -> F::IntoFuture {
    future.into_future()
}

/// Polls what a slot holds.
///
/// # Safety
/// `future` is the address of a slot that holds a value, in a pinned machine.
#[inline(always)]
pub unsafe fn poll<F: Future>(future: *mut F, cx: &mut Context<'_>) -> Poll<F::Output> {
    // SAFETY: the caller's promise: the machine is pinned, and slots never move.
    unsafe { Pin::new_unchecked(&mut *future) }.poll(cx)
}
