//! Other people's code that the runtime's own loops call: wakers that may be of another runtime, and what is dropped.
//!
//! Its panics are nobody's there. The hook has printed them, and the loop has others to see to.

use std::any::Any;
use std::mem;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::task::Waker;

/// Calls `f`, and goes on if it panics.
pub(crate) fn contained(f: impl FnOnce()) {
    if let Err(payload) = catch_unwind(AssertUnwindSafe(f)) {
        discard(payload);
    }
}

/// Drops a waker, and goes on if that panics.
#[cold]
#[inline(never)]
pub(crate) fn drop_contained(waker: Waker) {
    contained(|| drop(waker));
}

/// Drops the payload of a panic that nobody can be told of.
#[cold]
#[inline(never)]
pub(crate) fn discard(payload: Box<dyn Any + Send>) {
    if let Err(again) = catch_unwind(AssertUnwindSafe(|| drop(payload))) {
        // The payload's own `Drop` has panicked. This one's might, too: it stays where it is.
        mem::forget(again);
    }
}
