//! The half that sends.

use std::fmt;
use std::future::poll_fn;
use std::task::{Context, Poll, ready};

use super::shared::Tx;
use crate::task::coop;

/// Sends one value to a [`Receiver`](super::Receiver). Dropping it without sending tells the receiver that there will be none.
pub struct Sender<T> {
    half: Tx<T>,
}

impl<T> Sender<T> {
    pub(super) const fn new(half: Tx<T>) -> Self {
        Self { half }
    }

    /// Sends the value. It never waits, and may be called from any thread.
    ///
    /// # Errors
    /// Gives the value back when the receiver is closed or dropped. That it was sent does not mean that it is received: the receiver may be dropped
    /// right afterwards, and the value with it.
    pub fn send(self, value: T) -> Result<(), T> {
        self.half.send(value)
    }

    /// Waits until the receiver is closed or dropped: what the value is for has become pointless then.
    ///
    /// # Cancel safety
    /// Dropping the future loses nothing.
    pub async fn closed(&mut self) {
        poll_fn(|context| self.poll_closed(context)).await;
    }

    /// Polls for that the receiver is closed or dropped: see [`closed`](Self::closed).
    pub fn poll_closed(&mut self, context: &mut Context<'_>) -> Poll<()> {
        let budget = ready!(coop::poll_proceed(context));
        ready!(self.half.poll_closed(context));
        budget.made_progress();
        Poll::Ready(())
    }

    /// Whether the receiver is closed or dropped.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.half.is_closed()
    }
}

impl<T> fmt::Debug for Sender<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sender").field("closed", &self.is_closed()).finish_non_exhaustive()
    }
}
