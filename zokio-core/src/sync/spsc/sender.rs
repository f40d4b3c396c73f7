//! The side that sends.
#![allow(unsafe_code)] // there is one sender, which is borrowed uniquely

use std::fmt;
use std::future::poll_fn;
use std::task::{Context, Poll, ready};

use super::error::{SendError, TrySendError};
use super::ring::Ring;
use crate::primitive::Arc;
use crate::sync::blocking;
use crate::task::coop;

/// Sends values to a [`Receiver`](super::Receiver). When it is dropped, the receiver gets what is in the channel, and then nothing more.
pub struct Sender<T, const N: usize> {
    ring: Arc<Ring<T, N>>,
}

impl<T, const N: usize> Sender<T, N> {
    pub(super) const fn new(ring: Arc<Ring<T, N>>) -> Self {
        Self { ring }
    }

    /// Sends a value, waiting for room.
    ///
    /// # Errors
    /// Gives the value back when the receiver is dropped, before or while this waits. That it was sent does not mean that it is received.
    ///
    /// # Cancel safety
    /// Dropping the future drops the value unsent: [`ready`](Self::ready) and [`try_send`](Self::try_send) keep it.
    pub async fn send(&mut self, value: T) -> Result<(), SendError<T>> {
        if self.ready().await.is_err() {
            return Err(SendError(value));
        }
        // Nobody else sends, so the room is there still.
        self.try_send(value).map_err(|error| SendError(error.into_inner()))
    }

    /// Waits for room: [`try_send`](Self::try_send) finds it then.
    ///
    /// # Errors
    /// When the receiver is dropped, before or while this waits.
    ///
    /// # Cancel safety
    /// Dropping the future loses nothing.
    pub async fn ready(&mut self) -> Result<(), SendError<()>> {
        poll_fn(|context| self.poll_ready(context)).await
    }

    /// Polls for room: see [`ready`](Self::ready).
    ///
    /// # Errors
    /// As there.
    pub fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), SendError<()>>> {
        let budget = ready!(coop::poll_proceed(context));
        let mut known = self.room();
        if known.is_pending() {
            // SAFETY: this is the sender.
            if !unsafe { self.ring.sender_waits(context.waker()) } {
                context.waker().wake_by_ref();
                return Poll::Pending;
            }
            // What came before the waker was there.
            known = self.room();
        }
        let known = ready!(known);
        budget.made_progress();
        Poll::Ready(known)
    }

    fn room(&self) -> Poll<Result<(), SendError<()>>> {
        if self.ring.receiver_is_gone() {
            return Poll::Ready(Err(SendError(())));
        }
        if self.ring.len() < N { Poll::Ready(Ok(())) } else { Poll::Pending }
    }

    /// Sends a value if there is room.
    ///
    /// # Errors
    /// Gives the value back when there is none, or the receiver is dropped.
    #[inline]
    pub fn try_send(&mut self, value: T) -> Result<(), TrySendError<T>> {
        if self.ring.receiver_is_gone() {
            return Err(TrySendError::Closed(value));
        }
        // SAFETY: this is the sender, and it is borrowed uniquely.
        let waker = unsafe { self.ring.push(value) }.map_err(TrySendError::Full)?;
        if let Some(waker) = waker {
            waker.wake();
        }
        Ok(())
    }

    /// Sends a value, waiting for room on this thread, which is no worker's.
    ///
    /// # Errors
    /// As [`send`](Self::send).
    ///
    /// # Panics
    /// On a thread that drives tasks: those would wait too.
    #[track_caller]
    pub fn blocking_send(&mut self, value: T) -> Result<(), SendError<T>> {
        blocking::wait(self.send(value))
    }

    /// Whether the receiver is dropped.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.ring.receiver_is_gone()
    }

    /// How many values are in the channel.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ring.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl<T, const N: usize> Drop for Sender<T, N> {
    fn drop(&mut self) {
        // SAFETY: this is the sender.
        let waker = unsafe { self.ring.sender_goes() };
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}

impl<T, const N: usize> fmt::Debug for Sender<T, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sender").field("len", &self.len()).field("closed", &self.is_closed()).finish()
    }
}
