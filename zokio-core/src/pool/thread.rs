//! How a pool knows the thread that it belongs to.

use std::sync::atomic::{AtomicU64, Ordering};

static NEXT_THREAD: AtomicU64 = AtomicU64::new(1);

thread_local! {
    // Relaxed: the numbers differ, which is all that they are for.
    static THREAD: u64 = NEXT_THREAD.fetch_add(1, Ordering::Relaxed);
}

/// A number of this thread that no other thread ever has, also after this one has ended. `None` while the thread's
/// locals are being destroyed.
pub(super) fn number() -> Option<u64> {
    THREAD.try_with(|number| *number).ok()
}
