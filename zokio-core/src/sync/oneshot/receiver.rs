//! The half that receives.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use super::error::{RecvError, TryRecvError};
use super::shared::Rx;
use crate::sync::blocking;
use crate::task::coop;

/// A future of the value that a [`Sender`](super::Sender) sends.
///
/// # Errors
/// When the sender is dropped without sending, or the receiver was closed before it has sent.
///
/// # Cancel safety
/// Awaiting a `&mut Receiver` loses nothing when it is dropped: await it again. Dropping the receiver drops a value that was sent.
///
/// # Panics
/// When it is polled again after it was ready.
pub struct Receiver<T> {
    /// None: the value has been received, or there is none.
    half: Option<Rx<T>>,
}

impl<T> Receiver<T> {
    pub(super) const fn new(half: Rx<T>) -> Self {
        Self { half: Some(half) }
    }

    /// From now on the sender can send no value. One that was sent before can still be received.
    pub fn close(&mut self) {
        if let Some(half) = &mut self.half {
            half.close();
        }
    }

    /// Whether there is nothing more to receive: the value was received, or it was found that there is none.
    #[must_use]
    pub const fn is_terminated(&self) -> bool {
        self.half.is_none()
    }

    /// Whether there is no value that could be received now.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.half.as_ref().is_none_or(Rx::is_empty)
    }

    /// The value, if it has been sent.
    ///
    /// # Errors
    /// When it has not been sent yet, or will never be.
    pub fn try_recv(&mut self) -> Result<T, TryRecvError> {
        let half = self.half.as_mut().ok_or(TryRecvError::Closed)?;
        let received = half.try_recv().ok_or(TryRecvError::Empty)?;
        self.half = None;
        received.ok_or(TryRecvError::Closed)
    }

    /// Waits for the value on this thread, which is no worker's.
    ///
    /// # Errors
    /// As awaiting it.
    ///
    /// # Panics
    /// On a thread that drives tasks: those would wait too.
    #[track_caller]
    pub fn blocking_recv(self) -> Result<T, RecvError> {
        blocking::wait(self)
    }
}

impl<T> Future for Receiver<T> {
    type Output = Result<T, RecvError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let Some(half) = &mut self.half else { panic!("a oneshot receiver was polled after it had been ready") };
        let budget = ready!(coop::poll_proceed(context));
        let received = ready!(half.poll_recv(context));
        budget.made_progress();
        self.half = None;
        Poll::Ready(received.ok_or(RecvError(())))
    }
}

impl<T> Unpin for Receiver<T> {}

impl<T> fmt::Debug for Receiver<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Receiver").field("terminated", &self.is_terminated()).finish_non_exhaustive()
    }
}
