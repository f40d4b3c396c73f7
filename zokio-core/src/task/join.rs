//! Handles of tasks: to await one, or only to cancel it.
#![allow(unsafe_code)] // a handle is a counted reference to an erased task

use std::fmt;
use std::future::Future;
use std::marker::PhantomData;
use std::mem::MaybeUninit;
use std::panic::{RefUnwindSafe, UnwindSafe};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use super::coop;
use super::error::JoinError;
use super::header::Task;
use super::id::Id;
use crate::dump::TaskDump;

/// A handle of a spawned task: a future of what the task returns.
///
/// Dropping the handle lets the task run on, *detached*: its output is dropped when it completes.
///
/// # Cancel safety
/// Awaiting a `&mut JoinHandle` loses nothing when it is dropped: await it again.
pub struct JoinHandle<T> {
    task: Task,
    output: PhantomData<T>,
}

// SAFETY: another thread may take the output out through the handle, so it has to be `Send`; all else is made for it.
unsafe impl<T: Send> Send for JoinHandle<T> {}
// SAFETY: through `&JoinHandle` only `abort`, `is_finished` and `dump` can be reached, which work from any thread.
unsafe impl<T: Send> Sync for JoinHandle<T> {}

impl<T> UnwindSafe for JoinHandle<T> {}
impl<T> RefUnwindSafe for JoinHandle<T> {}
impl<T> Unpin for JoinHandle<T> {}

impl<T> JoinHandle<T> {
    /// # Safety
    /// The caller passes one reference on, which was counted for the handle of this task, and its output is a `T`.
    pub(crate) const unsafe fn new(task: Task) -> Self {
        Self { task, output: PhantomData }
    }

    /// Cancels the task: its future is dropped the next time that it would be polled, and awaiting the handle returns a
    /// [`JoinError`] that [is cancelled](JoinError::is_cancelled). A task that has completed is left as it is. A task of
    /// `spawn_blocking` is cancelled only if its closure has not begun.
    pub fn abort(&self) {
        // SAFETY: the handle holds a reference.
        unsafe { self.task.abort() };
    }

    /// Whether the task has completed, by returning, panicking or being cancelled. After an [`abort`](Self::abort) it
    /// takes until the future has been dropped.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        // SAFETY: the handle holds a reference.
        unsafe { self.task.is_finished() }
    }

    /// Which task it is: see [`task::id`](super::id()).
    #[must_use]
    pub fn id(&self) -> Id {
        Id::of(self.task)
    }

    /// What the task waits for, or `None` if it has completed: the chain of awaits at which its machines stand.
    ///
    /// The task is neither polled nor held up. One that belongs to another thread is read by that thread, which is waited for, a
    /// second at most; where it does not answer, the awaits are missing.
    ///
    /// ```
    /// # mod zokio { pub mod task { pub use zokio_core::task::JoinHandle; } }
    /// fn print<T>(handle: &zokio::task::JoinHandle<T>) {
    ///     if let Some(task) = handle.dump() {
    ///         println!("{task}");
    ///     }
    /// }
    /// ```
    #[must_use]
    pub fn dump(&self) -> Option<TaskDump> {
        // SAFETY: the handle holds a reference.
        unsafe { self.task.dump() }
    }

    /// A handle that can only cancel the task, and that other threads may hold as well.
    #[must_use]
    pub fn abort_handle(&self) -> AbortHandle {
        // SAFETY: the handle holds a reference.
        unsafe { self.task.retain() };
        AbortHandle { task: self.task }
    }
}

impl<T> Future for JoinHandle<T> {
    type Output = Result<T, JoinError>;

    /// # Panics
    /// When it is polled again after it has returned the output.
    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let budget = ready!(coop::poll_proceed(context));
        let mut result = MaybeUninit::<Self::Output>::uninit();
        // SAFETY: this is the handle, and the place has the output's type.
        match unsafe { self.task.poll_join(context, result.as_mut_ptr().cast()) } {
            Poll::Ready(()) => {
                budget.made_progress();
                // SAFETY: `Ready` says that the place has been filled.
                Poll::Ready(unsafe { result.assume_init() })
            }
            Poll::Pending => Poll::Pending,
        }
    }
}

impl<T> Drop for JoinHandle<T> {
    fn drop(&mut self) {
        // SAFETY: this is the handle, and it gives its reference up.
        unsafe { self.task.drop_join() };
    }
}

impl<T> fmt::Debug for JoinHandle<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JoinHandle").field("finished", &self.is_finished()).finish_non_exhaustive()
    }
}

/// A handle that can cancel a task but not await it.
pub struct AbortHandle {
    task: Task,
}

// SAFETY: all that can be reached through it works from any thread, and it never touches future or output.
unsafe impl Send for AbortHandle {}
// SAFETY: as above.
unsafe impl Sync for AbortHandle {}

impl UnwindSafe for AbortHandle {}
impl RefUnwindSafe for AbortHandle {}

impl AbortHandle {
    /// # Safety
    /// The caller passes a reference on.
    pub(super) const unsafe fn of(task: Task) -> Self {
        Self { task }
    }

    /// Cancels the task: see [`JoinHandle::abort`].
    pub fn abort(&self) {
        // SAFETY: the handle holds a reference.
        unsafe { self.task.abort() };
    }

    /// Whether the task has completed: see [`JoinHandle::is_finished`].
    #[must_use]
    pub fn is_finished(&self) -> bool {
        // SAFETY: the handle holds a reference.
        unsafe { self.task.is_finished() }
    }

    /// Which task it is: see [`task::id`](super::id()).
    #[must_use]
    pub fn id(&self) -> Id {
        Id::of(self.task)
    }

    /// What the task waits for: see [`JoinHandle::dump`].
    #[must_use]
    pub fn dump(&self) -> Option<TaskDump> {
        // SAFETY: the handle holds a reference.
        unsafe { self.task.dump() }
    }
}

impl Clone for AbortHandle {
    fn clone(&self) -> Self {
        // SAFETY: the handle holds a reference.
        unsafe { self.task.retain() };
        Self { task: self.task }
    }
}

impl Drop for AbortHandle {
    fn drop(&mut self) {
        // SAFETY: the handle gives its reference up.
        unsafe { self.task.release() };
    }
}

impl fmt::Debug for AbortHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AbortHandle").field("finished", &self.is_finished()).finish_non_exhaustive()
    }
}
