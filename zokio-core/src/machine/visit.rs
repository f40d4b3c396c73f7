//! A visit of the poll function: to go on, or to leave.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::task::{Context, Poll};

/// Why the poll function is called.
pub struct Visit<'v, 'c> {
    /// Of the poll; none where the machine is dropped.
    context: Option<&'v mut Context<'c>>,
    /// Whether the body was left through `?` or `return Err(..)`.
    pub failed: bool,
}

impl<'v, 'c> Visit<'v, 'c> {
    /// To go on.
    #[inline(always)]
    pub(super) fn poll(context: &'v mut Context<'c>) -> Self {
        Self { context: Some(context), failed: false }
    }

    /// To leave, dropping what the machine holds.
    #[inline(always)]
    pub(super) fn leave() -> Self {
        Self { context: None, failed: false }
    }

    /// Whether the machine is dropped.
    #[inline(always)]
    pub fn leaves(&self) -> bool {
        self.context.is_none()
    }

    /// The context of the poll.
    ///
    /// # Panics
    /// When the machine is dropped: the body asks only after it has looked.
    #[inline(always)]
    pub fn context(&mut self) -> &mut Context<'c> {
        match &mut self.context {
            Some(context) => context,
            None => unreachable!("a machine that is dropped polls nothing"),
        }
    }

    /// Polls what a slot awaits. `None`: the body has to leave.
    ///
    /// # Safety
    /// `future` is the address of a slot that holds a value, in a pinned machine.
    #[inline(always)]
    pub unsafe fn wait<F: Future>(&mut self, future: *mut F) -> Option<Poll<F::Output>> {
        let context = self.context.as_mut()?;
        // SAFETY: the machine is pinned, and slots never move.
        Some(unsafe { Pin::new_unchecked(&mut *future) }.poll(context))
    }
}

impl fmt::Debug for Visit<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Visit").field("leaves", &self.leaves()).finish_non_exhaustive()
    }
}

/// What `.await` awaits.
#[inline(always)]
pub fn wait<F: IntoFuture>(future: F) -> F::IntoFuture {
    future.into_future()
}
