//! Futures that wait in slots.

use std::future::{Future, IntoFuture};
use std::marker::PhantomData;
use std::mem::{needs_drop, transmute};
use std::pin::Pin;
use std::ptr;
use std::task::{Context, Poll};

use super::layout::erased;

/// Polls what a slot holds.
///
/// # Safety
/// `future` is the address of a slot that holds a value, in a pinned machine.
#[inline(always)]
pub unsafe fn poll<F: Future>(future: *mut F, cx: &mut Context<'_>) -> Poll<F::Output> {
    // SAFETY: the caller's promise: the machine is pinned, and slots never move.
    F::poll(unsafe { transmute::<*mut F, Pin<&mut F>>(future) }, cx)
}

/// Puts what is awaited into its slot.
///
/// That an operand is no future, the compiler says of the call rather than of the operand, since something else is of its type too: so it
/// says it of the place that the call is written at, which is that of the `await`.
///
/// # Safety
/// `place` is the address of memory for the future, in which there is nothing that is still to be dropped.
#[inline(always)]
pub unsafe fn put<F: IntoFuture>(place: *mut F::IntoFuture, operand: F, _as_well: PhantomData<F>) {
    // SAFETY: the caller's promise.
    unsafe { ptr::write(place, operand.into_future()) };
}

/// Polls what is awaited, and drops it once it has returned, or has panicked.
///
/// As natively, the result is lost where the destructor panics: so nobody has to be ready to drop it.
///
/// # Safety
/// As for [`poll`]; where that does not say `Pending`, the slot is empty afterwards.
#[inline(always)]
pub unsafe fn run<F: Future>(future: *mut F, cx: &mut Context<'_>) -> Poll<F::Output> {
    if !const { needs_drop::<F>() } {
        // SAFETY: the caller's promise.
        return F::poll(unsafe { transmute::<*mut F, Pin<&mut F>>(future) }, cx);
    }
    let mut waited = Waited { future: future as *mut (), drop: const { erased::<F>() } };
    // SAFETY: the caller's promise.
    let polled = F::poll(unsafe { transmute::<*mut F, Pin<&mut F>>(future) }, cx);
    #[expect(clippy::redundant_pattern_matching, reason = "`is_pending` is a call in debug builds")]
    if let Poll::Pending = polled {
        // It goes on. Not forgotten: whether that was done would be noted for each await, and asked where it ends and where it unwinds.
        waited.future = ptr::null_mut();
    }
    polled
}

/// What has been waited for: it has returned, or panicked; or nothing, if it goes on. One type for all futures, so that its destructor is
/// compiled once.
struct Waited {
    future: *mut (),
    drop: unsafe fn(*mut ()),
}

impl Drop for Waited {
    #[inline(always)]
    fn drop(&mut self) {
        // Not `is_null`, which is a call in debug builds.
        if self.future as usize != 0 {
            // SAFETY: the slot holds a value of the type of which this is the destructor, for the last time.
            unsafe { (self.drop)(self.future) };
        }
    }
}
