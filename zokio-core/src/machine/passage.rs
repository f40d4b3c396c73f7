//! Macros that await and may return from the function that they are in, or leave its loop.
//!
//! What such a macro stands in is an `async` block, which returns what the function returns. A value of the macro's does not end it: it is
//! passed out, and the block waits for what never comes.

use std::cell::Cell;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::ptr;
use std::task::{Context, Poll};

/// How a macro has ended.
#[derive(Debug)]
pub enum Passed<T, R> {
    /// With a value.
    Value(T),
    /// With a `return`.
    Returned(R),
    /// With a `continue`.
    Continue,
    /// With a `break`.
    Break,
}

/// What a block returns that has a value and nothing else: a `return` or `?` in it, which would be the block's, is of another type.
#[derive(Debug)]
pub struct NotReturned<T>(T);

impl<T> NotReturned<T> {
    /// The value.
    #[inline(always)]
    pub fn value(self) -> T {
        self.0
    }
}

/// Says that a block has this value.
#[inline(always)]
pub const fn not_returned<T>(value: T) -> NotReturned<T> {
    NotReturned(value)
}

/// Where a value is put on its way out of the block: there is a place for it while the block is polled.
pub struct Passage<T>(Cell<*mut Option<Passed<T, ()>>>);

// SAFETY: its address is one of the poll that is running: nobody else reads it, and no value stays behind it.
unsafe impl<T> Send for Passage<T> {}
// SAFETY: as above.
unsafe impl<T> Sync for Passage<T> {}

impl<T> Passage<T> {
    /// One of which no block is polled.
    #[inline(always)]
    #[must_use]
    pub const fn new() -> Self {
        Self(Cell::new(ptr::null_mut()))
    }

    /// Passes something out.
    ///
    /// # Safety
    /// This is called in a block that [`Passing`] polls.
    #[inline(always)]
    pub unsafe fn pass(&self, passed: Passed<T, ()>) {
        // SAFETY: the caller's promise: the poll that is running has a place for it.
        unsafe { *self.0.get() = Some(passed) };
    }
}

impl<T> Default for Passage<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> fmt::Debug for Passage<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passage")
    }
}

/// Waits for what a block passes out, or returns.
#[derive(Debug)]
#[must_use = "futures do nothing unless awaited"]
pub struct Passing<'p, T, F> {
    passage: &'p Passage<T>,
    block: F,
}

/// Makes a [`Passing`].
#[inline(always)]
pub const fn passing<T, F: Future>(passage: &Passage<T>, block: F) -> Passing<'_, T, F> {
    Passing { passage, block }
}

impl<T, F: Future> Future for Passing<'_, T, F> {
    type Output = Passed<T, F::Output>;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        // SAFETY: the block is not moved out of what is pinned, and dropped where it is.
        let Self { passage, block } = unsafe { self.get_unchecked_mut() };
        let mut passed = None;
        passage.0.set(&raw mut passed);
        // SAFETY: as above.
        let polled = unsafe { Pin::new_unchecked(block) }.poll(cx);
        passage.0.set(ptr::null_mut());
        match polled {
            Poll::Ready(returned) => Poll::Ready(Passed::Returned(returned)),
            Poll::Pending => match passed {
                Some(Passed::Value(value)) => Poll::Ready(Passed::Value(value)),
                Some(Passed::Continue) => Poll::Ready(Passed::Continue),
                Some(Passed::Break) => Poll::Ready(Passed::Break),
                Some(Passed::Returned(())) | None => Poll::Pending,
            },
        }
    }
}
