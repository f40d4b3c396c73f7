//! When a leaf is pending.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

/// Counts polls: every k-th is pending.
#[derive(Debug, Clone)]
pub struct Pace {
    every: u32,
    left: u32,
}

impl Pace {
    /// Pending `every` so many polls; 0 is never.
    pub fn new(every: u32) -> Self {
        Self { every, left: every }
    }

    /// Whether this poll may go on.
    #[inline]
    pub fn ready(&mut self) -> bool {
        if self.every == 0 {
            return true;
        }
        self.left -= 1;
        if self.left == 0 {
            self.left = self.every;
        }
        self.left != self.every
    }

    /// Whether anything is ever pending.
    pub fn waits(&self) -> bool {
        self.every != 0
    }
}

/// A counter whose next number is awaited: the smallest leaf, which is inlined.
#[derive(Debug)]
pub struct Counter {
    number: u64,
    pace: Pace,
}

impl Counter {
    /// Begins at 0.
    pub fn new(pace: Pace) -> Self {
        Self { number: 0, pace }
    }

    /// The next number.
    #[inline]
    pub fn next(&mut self) -> Next<'_> {
        Next(self)
    }
}

/// See [`Counter::next`].
#[derive(Debug)]
pub struct Next<'c>(&'c mut Counter);

impl Future for Next<'_> {
    type Output = u64;

    #[inline]
    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<u64> {
        if !self.0.pace.ready() {
            return Poll::Pending;
        }
        self.0.number += 1;
        Poll::Ready(self.0.number)
    }
}
