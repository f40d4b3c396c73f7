//! Futures that wait in slots.

use std::future::Future;
use std::mem::{ManuallyDrop, needs_drop, transmute};
use std::pin::Pin;
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
    let waited = Waited { future: future as *mut (), drop: const { erased::<F>() } };
    // SAFETY: the caller's promise.
    let polled = F::poll(unsafe { transmute::<*mut F, Pin<&mut F>>(future) }, cx);
    if matches!(polled, Poll::Pending) {
        // It goes on. Not `forget`, which is a call in debug builds.
        let _ = ManuallyDrop::new(waited);
    }
    polled
}

/// What has been waited for: it has returned, or panicked. One type for all futures, so that its destructor is compiled once.
struct Waited {
    future: *mut (),
    drop: unsafe fn(*mut ()),
}

impl Drop for Waited {
    #[inline(always)]
    fn drop(&mut self) {
        // SAFETY: the slot holds a value of the type of which this is the destructor, for the last time.
        unsafe { (self.drop)(self.future) };
    }
}
