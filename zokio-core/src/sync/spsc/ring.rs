//! The ring between one who sends and one who receives: neither ever waits for the other's step.
//!
//! Lamport's queue ("Proving the Correctness of Multiprocess Programs", 1977), with the other side's index remembered on each side (Giacomoni et al.,
//! "FastForward", PPoPP 2008, has the reason: as long as it is not needed, the other's cache line is left alone).
#![allow(unsafe_code)] // slots are uninitialised memory, handed over by the two indices

use std::cell::Cell;
use std::mem::MaybeUninit;
use std::task::Waker;

use crossbeam_utils::CachePadded;

use super::super::slot::Slot;
use crate::primitive::UnsafeCell;
use crate::primitive::atomic::{AtomicBool, AtomicUsize, Ordering};

/// One side: where it is, and what it knows of the other.
struct Side {
    /// Counts what it has put in, or taken out; wraps.
    index: AtomicUsize,
    /// The other's index as it was last seen, for this side alone.
    other: Cell<usize>,
    /// This side is dropped.
    gone: AtomicBool,
    /// Who waits on this side.
    waits: Slot,
}

impl Side {
    fn new() -> CachePadded<Self> {
        CachePadded::new(Self {
            index: AtomicUsize::new(0),
            other: Cell::new(0),
            gone: AtomicBool::new(false),
            waits: Slot::new(),
        })
    }
}

/// `N` slots, a power of two.
pub(super) struct Ring<T, const N: usize> {
    sender: CachePadded<Side>,
    receiver: CachePadded<Side>,
    slots: [UnsafeCell<MaybeUninit<T>>; N],
}

// SAFETY: a value is written by one thread and read by one other, to which the indices hand it over; the methods carry the conditions.
unsafe impl<T: Send, const N: usize> Sync for Ring<T, N> {}
// SAFETY: as above.
unsafe impl<T: Send, const N: usize> Send for Ring<T, N> {}

impl<T, const N: usize> Ring<T, N> {
    const CHECKED: () =
        assert!(N.is_power_of_two(), "the capacity of a channel of `spsc` is a power of two: 1, 2, 4, 8, ..");

    pub(super) fn new() -> Self {
        let () = Self::CHECKED;
        Self {
            sender: Side::new(),
            receiver: Side::new(),
            slots: std::array::from_fn(|_| UnsafeCell::new(MaybeUninit::uninit())),
        }
    }

    fn slot(&self, index: usize) -> &UnsafeCell<MaybeUninit<T>> {
        &self.slots[index & (N - 1)]
    }

    /// Puts a value in, if there is room.
    ///
    /// # Safety
    /// Only one at a time, the sender, calls this.
    #[inline]
    pub(super) unsafe fn push(&self, value: T) -> Result<Option<Waker>, T> {
        let side = &*self.sender;
        // Relaxed: only the sender writes it.
        let index = side.index.load(Ordering::Relaxed);
        if index.wrapping_sub(side.other.get()) == N {
            // Acquire: the receiver's reads of what it has taken out come before the next write there.
            side.other.set(self.receiver.index.load(Ordering::Acquire));
            if index.wrapping_sub(side.other.get()) == N {
                return Err(value);
            }
        }
        // SAFETY: the slot is behind all that is in the ring, so it is the sender's, and holds nothing.
        self.slot(index).with_mut(|slot| unsafe { slot.write(MaybeUninit::new(value)) });
        // Release: publishes the value.
        side.index.store(index.wrapping_add(1), Ordering::Release);
        // SAFETY: the sender alone takes who waits on the other side.
        Ok(unsafe { self.receiver.waits.take() })
    }

    /// Takes the first value out, if there is one, and with it who waits for room.
    ///
    /// # Safety
    /// Only one at a time, the receiver, calls this.
    #[inline]
    pub(super) unsafe fn pop(&self) -> Option<(T, Option<Waker>)> {
        let side = &*self.receiver;
        // Relaxed: only the receiver writes it.
        let index = side.index.load(Ordering::Relaxed);
        if index == side.other.get() {
            // Acquire: pairs with the release of `push`.
            side.other.set(self.sender.index.load(Ordering::Acquire));
            if index == side.other.get() {
                return None;
            }
        }
        // SAFETY: the slot is before what the sender has published, and this takes the value over.
        let value = self.slot(index).with(|slot| unsafe { (*slot).assume_init_read() });
        // Release: the read comes before the sender's next write there.
        side.index.store(index.wrapping_add(1), Ordering::Release);
        // SAFETY: the receiver alone takes who waits on the other side.
        Some((value, unsafe { self.sender.waits.take() }))
    }

    /// How many values are in it: a snapshot.
    pub(super) fn len(&self) -> usize {
        // Acquire: a snapshot not older than what the caller knows. In this order, so that it is not negative.
        let taken = self.receiver.index.load(Ordering::Acquire);
        self.sender.index.load(Ordering::Acquire).wrapping_sub(taken).min(N)
    }

    pub(super) fn receiver_is_gone(&self) -> bool {
        // Acquire: what the receiver did before is seen by who acts on that.
        self.receiver.gone.load(Ordering::Acquire)
    }

    pub(super) fn sender_is_gone(&self) -> bool {
        // Acquire: what it has sent is seen.
        self.sender.gone.load(Ordering::Acquire)
    }

    /// The sender goes: who waits for values is to be woken.
    ///
    /// # Safety
    /// The sender calls this.
    pub(super) unsafe fn sender_goes(&self) -> Option<Waker> {
        // Release: publishes what was sent.
        self.sender.gone.store(true, Ordering::Release);
        // SAFETY: as in `push`.
        unsafe { self.receiver.waits.take() }
    }

    /// The receiver goes: who waits for room is to be woken.
    ///
    /// # Safety
    /// The receiver calls this.
    pub(super) unsafe fn receiver_goes(&self) -> Option<Waker> {
        // Release: as in `sender_goes`.
        self.receiver.gone.store(true, Ordering::Release);
        // SAFETY: as in `pop`.
        unsafe { self.sender.waits.take() }
    }

    /// Leaves the waker of the sender, which waits for room.
    ///
    /// # Safety
    /// The sender calls this.
    pub(super) unsafe fn sender_waits(&self, waker: &Waker) -> bool {
        // SAFETY: the sender alone waits here.
        unsafe { self.sender.waits.fill(waker) }
    }

    /// Leaves the waker of the receiver, which waits for values.
    ///
    /// # Safety
    /// The receiver calls this.
    pub(super) unsafe fn receiver_waits(&self, waker: &Waker) -> bool {
        // SAFETY: the receiver alone waits here.
        unsafe { self.receiver.waits.fill(waker) }
    }
}

impl<T, const N: usize> Drop for Ring<T, N> {
    fn drop(&mut self) {
        // SAFETY: nobody else is there.
        while let Some((value, _)) = unsafe { self.pop() } {
            drop(value);
        }
    }
}
