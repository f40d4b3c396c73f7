//! Macros that may return from the function that they are in.

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use super::Tries;

/// Polls once: what the block returns, or nothing where it has come to its end, which is a wait for what never comes.
#[inline(always)]
pub fn attempt<F: Future>(block: F) -> Option<F::Output> {
    match pin!(block).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(returned) => Some(returned),
        Poll::Pending => None,
    }
}

/// The value of a macro that has not returned.
#[inline(always)]
#[track_caller]
pub fn passed<T>(value: Option<T>) -> T {
    match value {
        Some(value) => value,
        None => has_awaited(),
    }
}

/// The block has not come to its end: it waits within.
#[cold]
#[inline(never)]
#[track_caller]
fn has_awaited() -> ! {
    panic!(
        "a macro of this body awaits, and the state machine could not see it: write `let value = future.await;` before the macro, or \
         `#[async_fn(machine = rustc)]`"
    )
}

/// What is returned.
#[derive(Debug)]
pub struct Returned<'r, T>(pub &'r T);

/// Whether it is a failure: of types that `?` knows.
pub trait Failure {
    /// Whether it is.
    fn __zokio_fails(&self) -> bool;
}

impl<T: Tries> Failure for &Returned<'_, T> {
    #[inline(always)]
    fn __zokio_fails(&self) -> bool {
        self.0.fails()
    }
}

/// Whether it is a failure: not of other types.
pub trait NoFailure {
    /// It is not.
    fn __zokio_fails(&self) -> bool {
        false
    }
}

impl<T> NoFailure for Returned<'_, T> {}
