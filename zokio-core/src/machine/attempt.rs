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
pub fn passed<T>(value: Option<T>) -> T {
    match value {
        Some(value) => value,
        None => unreachable!("the block ends behind its macro"),
    }
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
