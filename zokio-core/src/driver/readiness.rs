//! Whether a descriptor is ready, and who waits for that.
//!
//! Each direction of a descriptor has one word of state:
//!
//! ```text
//! bit 0     READY   the next attempt may succeed; starts set, so that the first attempt asks the kernel directly
//! bit 1     CLOSED  the peer has closed or the descriptor has failed: a short read must not clear READY
//! bits 2..  tick    counts announcements, so that an attempt clears only what it has seen before it began
//! ```
//!
//! The tick is what edge-triggered drivers need: between the attempt that says `WouldBlock` and the clearing, the driver
//! of another thread may announce, and that announcement will not be repeated.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::Waker;

use super::Direction;
use crate::contained::contained;

const READY: u32 = 1;
const CLOSED: u32 = 2;
const TICK: u32 = 4;

/// The readiness of one descriptor in both directions, and the wakers of those who wait for it.
///
/// It is apart from the descriptor, since drivers hold on to it while the descriptor may be closed already.
#[derive(Debug)]
#[repr(align(8))] // the io_uring driver marks the direction in the low bits of its address
pub struct Readiness {
    sides: [Side; 2],
}

#[derive(Debug)]
struct Side {
    word: AtomicU32,
    /// A driver will announce this direction without being asked again.
    armed: AtomicBool,
    waiters: Mutex<Waiters>,
}

/// A state of the word in which it was ready.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seen(u32);

impl Readiness {
    pub(super) fn new() -> Self {
        let side = || Side {
            word: AtomicU32::new(READY),
            armed: AtomicBool::new(false),
            waiters: Mutex::new(Waiters::default()),
        };
        Self { sides: [side(), side()] }
    }

    const fn side(&self, direction: Direction) -> &Side {
        &self.sides[direction as usize]
    }

    /// The present state, if it is ready.
    pub(super) fn seen(&self, direction: Direction) -> Option<Seen> {
        // Acquire: pairs with the release of `announce`, so that the attempt comes after what was announced.
        let word = self.side(direction).word.load(Ordering::Acquire);
        (word & READY != 0).then_some(Seen(word))
    }

    /// An attempt that began after `seen` found nothing: not ready, unless something was announced meanwhile.
    pub(super) fn clear(&self, direction: Direction, seen: Seen) {
        let word = &self.side(direction).word;
        // Relaxed: it publishes nothing. Where it fails, the new state is loaded by the next `seen`.
        let _ = word.compare_exchange(seen.0, seen.0 & !(READY | CLOSED), Ordering::Relaxed, Ordering::Relaxed);
    }

    /// An attempt that began after `seen` transferred less than was wanted: the next would find nothing, unless what
    /// follows is the end of the stream.
    pub(super) fn clear_after_short_transfer(&self, direction: Direction, seen: Seen) {
        if seen.0 & CLOSED == 0 {
            self.clear(direction, seen);
        }
    }

    /// Sets the direction ready and wakes everybody who waits for it.
    ///
    /// To be called with no borrow held: a waker may run anything.
    pub(super) fn announce(&self, direction: Direction, closed: bool) {
        let side = self.side(direction);
        let set = READY | if closed { CLOSED } else { 0 };
        // Release: publishes to the `seen` of the thread that attempts next what this thread knows. It is a read-modify-
        // write, so that no tick is lost between two drivers.
        let _ =
            side.word.fetch_update(Ordering::Release, Ordering::Relaxed, |word| Some((word | set).wrapping_add(TICK)));
        // After the word: who stored a waker before this lock is woken, who stores one after it finds the word set.
        let (poller, queued) = self.waiters(direction).take();
        if let Some(waker) = poller {
            contained(|| waker.wake());
        }
        for waker in queued {
            contained(|| waker.wake());
        }
    }

    pub(super) fn waiters(&self, direction: Direction) -> MutexGuard<'_, Waiters> {
        // Poison says nothing here: no waker is cloned to a panic half way through a change of the list.
        self.side(direction).waiters.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether a driver will announce the direction.
    pub(super) fn is_armed(&self, direction: Direction) -> bool {
        // Relaxed: who reads it has just held the lock of the waiters and has found the word not ready. A driver disarms
        // before it announces, and takes the waiters under that lock after both: either it takes the reader's waker, or
        // the lock has shown the reader the word, and it did not come here.
        self.side(direction).armed.load(Ordering::Relaxed)
    }

    /// A driver will announce the direction.
    pub(super) fn set_armed(&self, direction: Direction) {
        self.side(direction).armed.store(true, Ordering::Relaxed);
    }

    /// The driver that was to announce the direction is about to do it for the last time.
    pub(super) fn set_disarmed(&self, direction: Direction) {
        // Relaxed: see `is_armed`.
        self.side(direction).armed.store(false, Ordering::Relaxed);
    }
}

/// Who waits for one direction.
#[derive(Debug, Default)]
pub(super) struct Waiters {
    /// Whoever polled last by one of the `poll_` functions.
    poller: Option<Waker>,
    /// Futures of their own, each with a key. An empty place belongs to a future that has been woken.
    queued: Vec<Place>,
}

#[derive(Debug)]
enum Place {
    Free,
    Woken,
    Waits(Waker),
}

/// A future's place among the waiters.
pub(super) type Key = usize;

impl Waiters {
    /// Returns the waker that was there before, to be dropped after the lock.
    pub(super) fn set_poller(&mut self, waker: &Waker) -> Option<Waker> {
        match &self.poller {
            Some(present) if present.will_wake(waker) => None,
            _ => self.poller.replace(waker.clone()),
        }
    }

    /// Stores the waker at the key's place, or at a new one. Returns what [`set_poller`](Self::set_poller) returns.
    pub(super) fn set_queued(&mut self, key: &mut Option<Key>, waker: &Waker) -> Option<Waker> {
        let place = *key.get_or_insert_with(|| {
            let free = self.queued.iter().position(|place| matches!(place, Place::Free));
            free.unwrap_or_else(|| {
                self.queued.push(Place::Woken);
                self.queued.len() - 1
            })
        });
        match &self.queued[place] {
            Place::Waits(present) if present.will_wake(waker) => None,
            _ => match std::mem::replace(&mut self.queued[place], Place::Waits(waker.clone())) {
                Place::Waits(previous) => Some(previous),
                Place::Woken | Place::Free => None,
            },
        }
    }

    /// Gives the key's place back. Returns what [`set_poller`](Self::set_poller) returns.
    pub(super) fn remove(&mut self, key: Key) -> Option<Waker> {
        let place = std::mem::replace(&mut self.queued[key], Place::Free);
        while matches!(self.queued.last(), Some(Place::Free)) {
            self.queued.pop();
        }
        match place {
            Place::Waits(waker) => Some(waker),
            Place::Woken | Place::Free => None,
        }
    }

    /// Takes all wakers. Allocates only where several futures wait.
    fn take(&mut self) -> (Option<Waker>, Vec<Waker>) {
        let queued = self.queued.iter_mut().filter_map(|place| match place {
            Place::Waits(_) => match std::mem::replace(place, Place::Woken) {
                Place::Waits(waker) => Some(waker),
                Place::Woken | Place::Free => None,
            },
            Place::Woken | Place::Free => None,
        });
        let queued = queued.collect();
        (self.poller.take(), queued)
    }
}
