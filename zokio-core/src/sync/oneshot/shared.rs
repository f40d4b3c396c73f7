//! What both halves share: one allocation, and a word that says who may touch what of it.
//!
//! ```text
//! bit 0  RX_WAITS  the receiver's waker is in its slot, which is the sender's to take
//! bit 1  TAKING    the sender takes it: the receiver leaves the slot alone, DONE is about to follow
//! bit 2  DONE      the sender has finished, with a value or without one, and touches nothing any more
//! bit 3  TX_WAITS  the sender's waker is in its slot, which is the receiver's to take
//! bit 4  CLOSED    the receiver takes no value that is not there yet
//! bit 5  RX_GONE   the receiver is dropped, and touches nothing any more
//! ```
//!
//! - `value`: the sender's until DONE, then the receiver's.
//! - `rx_waker`: the receiver's while neither RX_WAITS nor TAKING is set, and after DONE.
//! - `tx_waker`: the sender's while TX_WAITS is clear, and after RX_GONE. The receiver takes it where it sets CLOSED and finds TX_WAITS, once.
//! - Of DONE and RX_GONE, whoever sets the second frees the allocation. So neither half counts references, and a value that is sent before it is
//!   awaited costs one exchange.
#![allow(unsafe_code)] // a value and two wakers are handed from thread to thread by the bits of a word

use std::ptr::NonNull;
use std::task::{Context, Poll, Waker};

use crate::primitive::atomic::{AtomicU8, Ordering};
use crate::primitive::{UnsafeCell, thread};

const RX_WAITS: u8 = 1 << 0;
const TAKING: u8 = 1 << 1;
const DONE: u8 = 1 << 2;
const TX_WAITS: u8 = 1 << 3;
const CLOSED: u8 = 1 << 4;
const RX_GONE: u8 = 1 << 5;

struct Shared<T> {
    state: AtomicU8,
    value: UnsafeCell<Option<T>>,
    rx_waker: UnsafeCell<Option<Waker>>,
    tx_waker: UnsafeCell<Option<Waker>>,
}

/// Allocates what both share.
pub(super) fn pair<T>() -> (Tx<T>, Rx<T>) {
    let shared = Box::new(Shared {
        state: AtomicU8::new(0),
        value: UnsafeCell::new(None),
        rx_waker: UnsafeCell::new(None),
        tx_waker: UnsafeCell::new(None),
    });
    let shared = NonNull::from(Box::leak(shared));
    (Tx { shared }, Rx { shared })
}

/// The sender's half: it has not set DONE.
pub(super) struct Tx<T> {
    shared: NonNull<Shared<T>>,
}

// SAFETY: the value may be received on another thread than it was sent from; wakers may be used on any.
unsafe impl<T: Send> Send for Tx<T> {}
// SAFETY: through a shared reference only the word is read.
unsafe impl<T: Send> Sync for Tx<T> {}

/// The receiver's half: it has not set RX_GONE.
pub(super) struct Rx<T> {
    shared: NonNull<Shared<T>>,
}

// SAFETY: as for `Tx`.
unsafe impl<T: Send> Send for Rx<T> {}
// SAFETY: as for `Tx`.
unsafe impl<T: Send> Sync for Rx<T> {}

/// How the sender ended.
struct End {
    /// Who waits for it.
    waker: Option<Waker>,
    /// Whether the receiver is gone already, so that the allocation is left to the sender.
    last: bool,
}

impl<T> Tx<T> {
    fn shared(&self) -> &Shared<T> {
        // SAFETY: freed by whoever sets the second of DONE and RX_GONE; this half has not set DONE.
        unsafe { self.shared.as_ref() }
    }

    /// Whether the receiver takes no value any more.
    pub(super) fn is_closed(&self) -> bool {
        // Acquire: what the receiver did before it closed is seen by who acts on that.
        self.shared().state.load(Ordering::Acquire) & CLOSED != 0
    }

    /// Sends the value, which comes back where the receiver takes none.
    pub(super) fn send(self, value: T) -> Result<(), T> {
        // SAFETY: the value is the sender's until DONE.
        self.shared().value.with_mut(|slot| unsafe { *slot = Some(value) });
        let Some(End { waker, last }) = self.end(true) else {
            // SAFETY: as above.
            let value = self.shared().value.with_mut(|slot| unsafe { (*slot).take() });
            return value.map_or(Ok(()), Err);
        };
        let shared = std::mem::ManuallyDrop::new(self).shared;
        // SAFETY: the receiver has finished, and this half last; nobody else is there.
        let unsent = last.then(|| unsafe { Box::from_raw(shared.as_ptr()) }).and_then(|shared| {
            // SAFETY: as above.
            shared.value.with_mut(|slot| unsafe { (*slot).take() })
        });
        if let Some(waker) = waker {
            waker.wake();
        }
        unsent.map_or(Ok(()), Err)
    }

    /// Sets DONE; with `unless_closed` only where the receiver has not closed.
    fn end(&self, unless_closed: bool) -> Option<End> {
        let shared = self.shared();
        // Relaxed: the starting value only.
        let mut state = shared.state.load(Ordering::Relaxed);
        loop {
            if unless_closed && state & CLOSED != 0 {
                // Acquire: as in `is_closed`.
                let _ = shared.state.load(Ordering::Acquire);
                return None;
            }
            let waits = state & RX_WAITS != 0;
            let next = if waits { state ^ (RX_WAITS | TAKING) } else { state | DONE };
            // AcqRel: publishes the value; acquires the waker that the receiver left, or its last use.
            match shared.state.compare_exchange_weak(state, next, Ordering::AcqRel, Ordering::Relaxed) {
                Ok(_) if waits => break,
                Ok(_) => return Some(End { waker: None, last: state & RX_GONE != 0 }),
                Err(actual) => state = actual,
            }
        }
        // SAFETY: RX_WAITS was set, and TAKING keeps the receiver away.
        let waker = shared.rx_waker.with_mut(|slot| unsafe { (*slot).take() });
        // AcqRel: as above.
        let before = shared.state.fetch_xor(TAKING | DONE, Ordering::AcqRel);
        Some(End { waker, last: before & RX_GONE != 0 })
    }

    /// Ready when the receiver takes no value any more.
    pub(super) fn poll_closed(&mut self, context: &Context<'_>) -> Poll<()> {
        let shared = self.shared();
        // AcqRel: takes the slot back, unless the receiver has closed meanwhile, and has taken it; acquires as in `is_closed`.
        if shared.state.fetch_and(!TX_WAITS, Ordering::AcqRel) & CLOSED != 0 {
            return Poll::Ready(());
        }
        // Cloning and dropping wakers runs their code: not with the slot borrowed.
        let waker = context.waker().clone();
        // SAFETY: TX_WAITS is clear, so the slot is this half's.
        let old = shared.tx_waker.with_mut(|slot| unsafe { (*slot).replace(waker) });
        drop(old);
        // AcqRel: publishes the waker; acquires as in `is_closed`.
        match shared.state.fetch_or(TX_WAITS, Ordering::AcqRel) & CLOSED {
            0 => Poll::Pending,
            _ => Poll::Ready(()),
        }
    }
}

impl<T> Drop for Tx<T> {
    fn drop(&mut self) {
        let Some(End { waker, last }) = self.end(false) else { return };
        if last {
            // SAFETY: the receiver has finished, and this half last.
            drop(unsafe { Box::from_raw(self.shared.as_ptr()) });
        }
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}

impl<T> Rx<T> {
    fn shared(&self) -> &Shared<T> {
        // SAFETY: as in `Tx::shared`; this half has not set RX_GONE.
        unsafe { self.shared.as_ref() }
    }

    /// The value, or that there will be none, if that is known.
    fn received(&self, state: u8) -> Option<Option<T>> {
        if state & DONE != 0 {
            // SAFETY: the value is the receiver's after DONE, which the caller has acquired.
            return Some(self.shared().value.with_mut(|slot| unsafe { (*slot).take() }));
        }
        (state & CLOSED != 0).then_some(None)
    }

    /// Without waiting: see [`received`](Self::received).
    pub(super) fn try_recv(&mut self) -> Option<Option<T>> {
        // Acquire: pairs with the release of DONE.
        self.received(self.shared().state.load(Ordering::Acquire))
    }

    /// Whether there is no value to receive now.
    pub(super) fn is_empty(&self) -> bool {
        let shared = self.shared();
        // Acquire: as above.
        let done = shared.state.load(Ordering::Acquire) & DONE != 0;
        // SAFETY: the value is the receiver's after DONE, and this half is not borrowed for more than a look elsewhere.
        !(done && shared.value.with(|slot| unsafe { (*slot).is_some() }))
    }

    /// Waits for the value, or for that there will be none.
    pub(super) fn poll_recv(&mut self, context: &Context<'_>) -> Poll<Option<T>> {
        let shared = self.shared();
        // Acquire: as above.
        let mut state = shared.state.load(Ordering::Acquire);
        loop {
            if let Some(received) = self.received(state) {
                return Poll::Ready(received);
            }
            if state & TAKING != 0 {
                // The waker that the sender is about to wake may be another: this one is woken for DONE, which is at hand, but for a sender
                // that was interrupted just there.
                thread::yield_now();
                context.waker().wake_by_ref();
                return Poll::Pending;
            }
            if state & RX_WAITS == 0 {
                break;
            }
            // Acquire: takes the slot back; in failure, as above.
            match shared.state.compare_exchange_weak(state, state & !RX_WAITS, Ordering::Acquire, Ordering::Acquire) {
                Ok(_) => state &= !RX_WAITS,
                Err(actual) => state = actual,
            }
        }
        // SAFETY: neither RX_WAITS nor TAKING is set, so the slot is this half's, and no code of wakers runs inside.
        let same =
            shared.rx_waker.with(|slot| unsafe { (*slot).as_ref() }.is_some_and(|own| own.will_wake(context.waker())));
        if !same {
            // Cloning and dropping wakers runs their code: not with the slot borrowed.
            let waker = context.waker().clone();
            // SAFETY: as above.
            let old = shared.rx_waker.with_mut(|slot| unsafe { (*slot).replace(waker) });
            drop(old);
        }
        // AcqRel: publishes the waker; acquires as above.
        let before = shared.state.fetch_or(RX_WAITS, Ordering::AcqRel);
        match self.received(before) {
            Some(received) => Poll::Ready(received),
            None => Poll::Pending,
        }
    }

    /// From now on no value is taken that is not there yet.
    pub(super) fn close(&mut self) {
        let shared = self.shared();
        // AcqRel: publishes what this half did before; acquires the sender's waker.
        let before = shared.state.fetch_or(CLOSED, Ordering::AcqRel);
        if let Some(waker) = self.sender_to_wake(before) {
            waker.wake();
        }
    }

    /// The sender's waker, where CLOSED has just been set on a state.
    fn sender_to_wake(&self, before: u8) -> Option<Waker> {
        let waits = before & (TX_WAITS | CLOSED | DONE) == TX_WAITS;
        // SAFETY: TX_WAITS was set when CLOSED came: the sender sees that, and leaves the slot alone.
        waits.then(|| self.shared().tx_waker.with_mut(|slot| unsafe { (*slot).take() })).flatten()
    }
}

impl<T> Drop for Rx<T> {
    fn drop(&mut self) {
        let shared = self.shared();
        // Acquire: pairs with the release of DONE.
        let mut state = shared.state.load(Ordering::Acquire);
        while state & DONE == 0 {
            // Wakers are not kept for as long as the sender lives.
            let keeps = state & (RX_WAITS | TX_WAITS) != 0;
            let next = if keeps { state & !RX_WAITS | CLOSED } else { state | CLOSED | RX_GONE };
            // AcqRel: publishes this half's last use; acquires the sender's waker, or its last use.
            match shared.state.compare_exchange_weak(state, next, Ordering::AcqRel, Ordering::Acquire) {
                Ok(_) if keeps => {
                    if state & RX_WAITS != 0 {
                        // SAFETY: RX_WAITS was set, so the sender was not taking it, and is clear now.
                        drop(shared.rx_waker.with_mut(|slot| unsafe { (*slot).take() }));
                    }
                    if let Some(waker) = self.sender_to_wake(state) {
                        waker.wake();
                    }
                    // AcqRel: as above.
                    if shared.state.fetch_or(RX_GONE, Ordering::AcqRel) & DONE == 0 {
                        return;
                    }
                    break;
                }
                Ok(_) => return,
                Err(actual) => state = actual,
            }
        }
        // SAFETY: the sender has finished, and this half last.
        drop(unsafe { Box::from_raw(self.shared.as_ptr()) });
    }
}
