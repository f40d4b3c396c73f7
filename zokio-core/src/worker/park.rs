//! Sleeping and being woken without losing a wake.

use crate::driver::Unpark;
use crate::primitive::atomic::{AtomicU32, Ordering, fence};

/// The seat runs, or is about to look at its queues again.
const AWAKE: u32 = 0;
/// The seat sleeps in its driver, or is about to.
const PARKED: u32 = 1;
/// Somebody has called since the seat last looked.
const NOTIFIED: u32 = 2;

/// The parking protocol of one seat.
///
/// The seat announces that it will sleep ([`prepare`](Self::prepare)), then looks at its queues once more, and only then
/// sleeps. Whoever queues something looks at the announcement afterwards ([`notify`](Self::notify)). Both steps are
/// sequentially consistent, so at least one of the two sees the other: the argument of Dekker's algorithm. A call to the
/// kernel is made only when the seat really sleeps.
#[derive(Debug)]
pub(crate) struct Parker<U> {
    state: AtomicU32,
    unpark: U,
}

impl<U: Unpark> Parker<U> {
    pub(crate) fn new(unpark: U) -> Self {
        Self { state: AtomicU32::new(AWAKE), unpark }
    }

    /// For the seat: announces that it will sleep. `false`: it was notified meanwhile and must look at its queues first.
    pub(crate) fn prepare(&self) -> bool {
        // SeqCst: the announcement comes before the seat's last look at its queues, see above. The failure acquires what
        // the notifier queued.
        let prepared = self.state.compare_exchange(AWAKE, PARKED, Ordering::SeqCst, Ordering::Acquire).is_ok();
        if !prepared {
            self.awake();
        }
        // SeqCst: keeps the queue's loads, which need not be SeqCst themselves, behind the announcement.
        fence(Ordering::SeqCst);
        prepared
    }

    /// For the seat: it looks at its queues again.
    pub(crate) fn awake(&self) {
        // Acquire: what a notifier queued before its call is seen by the look that follows.
        self.state.swap(AWAKE, Ordering::Acquire);
    }

    /// For any thread, after it has queued something for the seat: wakes it if it sleeps.
    pub(crate) fn notify(&self) {
        // SeqCst: keeps what was queued before in front of the look at the announcement.
        fence(Ordering::SeqCst);
        // SeqCst: the other half of `prepare`; releases what was queued to the seat's `awake`.
        if self.state.swap(NOTIFIED, Ordering::SeqCst) == PARKED {
            self.unpark.unpark();
        }
    }
}
