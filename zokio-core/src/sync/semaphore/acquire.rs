//! The future that waits for permits.
#![allow(unsafe_code)] // it has a place in the queue, which it leaves before it goes

use std::cell::UnsafeCell;
use std::future::Future;
use std::marker::PhantomPinned;
use std::pin::Pin;
use std::ptr::NonNull;
use std::task::{Context, Poll, ready};

use super::AcquireError;
use super::permits::{Permits, Taken, Waiter};
use crate::task::coop;

/// Waits for so many permits at once.
pub(super) struct Acquire<'s> {
    permits: &'s Permits,
    count: usize,
    /// Whether the place is, or was, in the queue, and has not left.
    queued: bool,
    place: UnsafeCell<Waiter>,
    /// The queue has the address of the place.
    _pinned: PhantomPinned,
}

// SAFETY: the place is reached under the queue's lock alone, and wakers are for all threads.
unsafe impl Send for Acquire<'_> {}
// SAFETY: through a shared reference nothing is reached.
unsafe impl Sync for Acquire<'_> {}

impl<'s> Acquire<'s> {
    pub(super) fn new(permits: &'s Permits, count: usize) -> Self {
        Self { permits, count, queued: false, place: UnsafeCell::default(), _pinned: PhantomPinned }
    }

    fn place(&self) -> NonNull<Waiter> {
        // SAFETY: a cell's address is not null.
        unsafe { NonNull::new_unchecked(self.place.get()) }
    }
}

impl Future for Acquire<'_> {
    type Output = Result<(), AcquireError>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let budget = ready!(coop::poll_proceed(context));
        // SAFETY: nothing is moved.
        let this = unsafe { self.get_unchecked_mut() };
        let place = this.place();
        let taken = if this.queued {
            // SAFETY: the place was queued below, and has not left.
            unsafe { this.permits.is_served(place, context.waker()) }
        } else {
            match this.permits.try_take(this.count) {
                // SAFETY: the future is pinned, and leaves the queue before it is dropped.
                Taken::NotEnough => unsafe { this.permits.take_or_queue(this.count, place, context.waker().clone()) },
                taken => taken,
            }
        };
        this.queued = taken == Taken::NotEnough;
        let result = match taken {
            Taken::NotEnough => return Poll::Pending,
            Taken::All => Ok(()),
            Taken::Closed => Err(AcquireError(())),
        };
        budget.made_progress();
        Poll::Ready(result)
    }
}

impl Drop for Acquire<'_> {
    fn drop(&mut self) {
        if self.queued {
            // SAFETY: it was queued by a poll, and nothing has been taken over of what it was given.
            unsafe { self.permits.leave(self.place()) };
        }
    }
}
