//! The side that receives.
#![allow(unsafe_code)] // there is one receiver, which is borrowed uniquely

use std::fmt;
use std::future::poll_fn;
use std::task::{Context, Poll, ready};

use super::error::TryRecvError;
use super::ring::Ring;
use crate::primitive::Arc;
use crate::sync::blocking;
use crate::task::coop;

/// Receives the values of a [`Sender`](super::Sender), in their order.
pub struct Receiver<T, const N: usize> {
    ring: Arc<Ring<T, N>>,
}

impl<T, const N: usize> Receiver<T, N> {
    pub(super) const fn new(ring: Arc<Ring<T, N>>) -> Self {
        Self { ring }
    }

    /// Waits for the next value; `None`: there is none any more, and the sender is dropped.
    ///
    /// # Cancel safety
    /// Dropping the future loses no value.
    pub async fn recv(&mut self) -> Option<T> {
        poll_fn(|context| self.poll_recv(context)).await
    }

    /// Polls for the next value: see [`recv`](Self::recv).
    pub fn poll_recv(&mut self, context: &mut Context<'_>) -> Poll<Option<T>> {
        let budget = ready!(coop::poll_proceed(context));
        let mut received = self.try_recv();
        if matches!(received, Err(TryRecvError::Empty)) {
            // SAFETY: this is the receiver.
            if !unsafe { self.ring.receiver_waits(context.waker()) } {
                context.waker().wake_by_ref();
                return Poll::Pending;
            }
            // What came before the waker was there.
            received = self.try_recv();
        }
        match received {
            Err(TryRecvError::Empty) => Poll::Pending,
            received => {
                budget.made_progress();
                Poll::Ready(received.ok())
            }
        }
    }

    /// The next value, if there is one.
    ///
    /// # Errors
    /// When there is none now, or will never be one.
    #[inline]
    pub fn try_recv(&mut self) -> Result<T, TryRecvError> {
        // SAFETY: this is the receiver, and it is borrowed uniquely.
        let mut popped = unsafe { self.ring.pop() };
        if popped.is_none() {
            if !self.ring.sender_is_gone() {
                return Err(TryRecvError::Empty);
            }
            // What it has sent before it went.
            // SAFETY: as above.
            popped = unsafe { self.ring.pop() };
        }
        let (value, waker) = popped.ok_or(TryRecvError::Disconnected)?;
        if let Some(waker) = waker {
            waker.wake();
        }
        Ok(value)
    }

    /// Waits for the next value on this thread, which is no worker's.
    ///
    /// # Panics
    /// On a thread that drives tasks: those would wait too.
    #[track_caller]
    pub fn blocking_recv(&mut self) -> Option<T> {
        blocking::wait(self.recv())
    }

    /// Whether the sender is dropped; there may still be values.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.ring.sender_is_gone()
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

impl<T, const N: usize> Drop for Receiver<T, N> {
    fn drop(&mut self) {
        // SAFETY: this is the receiver.
        let waker = unsafe { self.ring.receiver_goes() };
        if let Some(waker) = waker {
            waker.wake();
        }
        // The sender may put one more in that has not seen it: that goes with the ring.
        while self.try_recv().is_ok() {}
    }
}

impl<T, const N: usize> fmt::Debug for Receiver<T, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Receiver").field("len", &self.len()).field("closed", &self.is_closed()).finish()
    }
}
