//! A place for the waker of one who waits, which one other takes out.
//!
//! Who waits fills it and then looks again for what it waits for; who brings that makes it visible and then looks here. A fence on each side sees to it
//! that one of the two finds the other's.
#![allow(unsafe_code)] // a waker is handed from thread to thread by a word

use std::task::Waker;

use crate::primitive::atomic::{AtomicU8, Ordering, fence};
use crate::primitive::{UnsafeCell, thread};

/// The waker belongs to who waits.
const OWN: u8 = 0;
/// There is a waker, and who brings may take it.
const FILLED: u8 = 1;
/// Who brings takes it.
const TAKING: u8 = 2;

/// The place.
pub(super) struct Slot {
    state: AtomicU8,
    waker: UnsafeCell<Option<Waker>>,
}

// SAFETY: the waker is reached by one thread at a time, which the word says; the methods carry the conditions.
unsafe impl Sync for Slot {}

impl Slot {
    pub(super) fn new() -> Self {
        Self { state: AtomicU8::new(OWN), waker: UnsafeCell::new(None) }
    }

    /// Leaves a waker. `false`: an earlier one is being taken just now, so what was waited for is there.
    ///
    /// # Safety
    /// Only one at a time, who waits, calls this.
    pub(super) unsafe fn fill(&self, waker: &Waker) -> bool {
        // Acquire: what the taker did with the waker comes before.
        if let Err(TAKING) = self.state.compare_exchange(FILLED, OWN, Ordering::Acquire, Ordering::Acquire) {
            // At hand, but for a taker that was interrupted just there.
            thread::yield_now();
            return false;
        }
        // SAFETY: the word is OWN, and nobody else makes it anything else; no code of wakers runs inside.
        let same = self.waker.with(|slot| unsafe { (*slot).as_ref() }.is_some_and(|own| own.will_wake(waker)));
        if !same {
            // Cloning and dropping wakers runs their code: not with the place borrowed.
            let waker = waker.clone();
            // SAFETY: as above.
            let old = self.waker.with_mut(|slot| unsafe { (*slot).replace(waker) });
            drop(old);
        }
        // Release: publishes the waker.
        self.state.store(FILLED, Ordering::Release);
        // Pairs with the fence of `take`.
        fence(Ordering::SeqCst);
        true
    }

    /// Takes the waker of who waits, if there is one. What that waits for was made visible before.
    ///
    /// # Safety
    /// Only one at a time, who brings, calls this.
    #[inline]
    pub(super) unsafe fn take(&self) -> Option<Waker> {
        // Pairs with the fence of `fill`: either that sees what was made visible, or this sees FILLED.
        fence(Ordering::SeqCst);
        // Relaxed: the exchange acquires.
        if self.state.load(Ordering::Relaxed) != FILLED {
            return None;
        }
        // Acquire: pairs with the release of `fill`.
        self.state.compare_exchange(FILLED, TAKING, Ordering::Acquire, Ordering::Relaxed).ok()?;
        // SAFETY: TAKING keeps who waits away.
        let waker = self.waker.with_mut(|slot| unsafe { (*slot).take() });
        // Release: gives the place back.
        self.state.store(OWN, Ordering::Release);
        waker
    }
}
