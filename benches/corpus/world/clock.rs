//! Time that passes with polls.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use pin_project_lite::pin_project;

use super::{Error, Pace, World};

/// Makes sleeps. They are over at once where nothing is ever pending.
#[derive(Debug, Clone)]
pub struct Clock {
    waits: bool,
}

impl World {
    /// The clock.
    pub fn clock(&self) -> Clock {
        Clock { waits: Pace::waits(&self.pace()) }
    }
}

impl Clock {
    /// Pending for so many polls.
    pub fn sleep(&self, ticks: u32) -> Sleep {
        Sleep { left: if self.waits { ticks } else { 0 } }
    }
}

/// See [`Clock::sleep`].
#[derive(Debug)]
pub struct Sleep {
    left: u32,
}

impl Future for Sleep {
    type Output = ();

    #[inline(never)]
    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        match self.left.checked_sub(1) {
            Some(left) => {
                self.left = left;
                Poll::Pending
            }
            None => Poll::Ready(()),
        }
    }
}

/// The future, as long as it is pending for less than so many polls.
pub fn timeout<F: Future>(ticks: u32, future: F) -> Timeout<F> {
    Timeout { future, left: ticks }
}

pin_project! {
    /// See [`timeout`].
    #[derive(Debug)]
    pub struct Timeout<F> {
        #[pin]
        future: F,
        left: u32,
    }
}

impl<F: Future> Future for Timeout<F> {
    type Output = Result<F::Output, Error>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        if let Poll::Ready(output) = this.future.poll(cx) {
            return Poll::Ready(Ok(output));
        }
        if *this.left == 0 {
            return Poll::Ready(Err(Error::TimedOut));
        }
        *this.left -= 1;
        Poll::Pending
    }
}
