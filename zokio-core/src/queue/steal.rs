//! The bounded queue of a worker, from which other workers steal half.
#![allow(unsafe_code)] // slots are uninitialised memory, handed from thread to thread by the two indices

use std::fmt;
use std::mem::MaybeUninit;

use crossbeam_utils::CachePadded;

use crate::primitive::UnsafeCell;
use crate::primitive::atomic::{AtomicU32, AtomicU64, Ordering};
use crate::task::Task;

/// A ring of `CAPACITY` slots (a power of two, 2..=65536): one owner pushes and pops, anyone steals half.
///
/// The algorithm is the one of Go's and tokio's schedulers with its two heads: `steal` is where a thief that is still
/// copying began, `real` is where the next item is taken; both are 32 bits of one word, so one compare-and-swap moves
/// them together. Slots between `steal` and `real` belong to that one thief. `steal == real` means that nobody copies.
/// The indices count on for ever and wrap; a slot is an index modulo the capacity.
pub struct StealQueue<T, const CAPACITY: usize> {
    /// `steal` in the upper half, `real` in the lower.
    heads: CachePadded<AtomicU64>,
    /// Where the owner pushes next; only the owner writes it.
    tail: CachePadded<AtomicU32>,
    slots: Box<[UnsafeCell<MaybeUninit<T>>]>,
}

// SAFETY: an item is written by one thread and read by exactly one other: the indices hand it over.
unsafe impl<T: Send, const CAPACITY: usize> Send for StealQueue<T, CAPACITY> {}
// SAFETY: as above; the owner's calls are `unsafe` and carry the condition that only one thread makes them.
unsafe impl<T: Send, const CAPACITY: usize> Sync for StealQueue<T, CAPACITY> {}

const fn pack(steal: u32, real: u32) -> u64 {
    (steal as u64) << 32 | real as u64
}

const fn unpack(heads: u64) -> (u32, u32) {
    ((heads >> 32) as u32, heads as u32)
}

impl<T, const CAPACITY: usize> StealQueue<T, CAPACITY> {
    const CHECKED: () = assert!(
        CAPACITY.is_power_of_two() && CAPACITY >= 2 && CAPACITY <= 65_536,
        "the capacity of a StealQueue is a power of two from 2 to 65536"
    );

    /// An empty queue.
    #[must_use]
    pub fn new() -> Self {
        let () = Self::CHECKED;
        Self {
            heads: CachePadded::new(AtomicU64::new(0)),
            tail: CachePadded::new(AtomicU32::new(0)),
            slots: (0..CAPACITY).map(|_| UnsafeCell::new(MaybeUninit::uninit())).collect(),
        }
    }

    fn slot(&self, index: u32) -> &UnsafeCell<MaybeUninit<T>> {
        &self.slots[index as usize & (CAPACITY - 1)]
    }

    /// # Safety
    /// The caller has the slot to itself, and it holds an item, which the caller takes over.
    unsafe fn read(&self, index: u32) -> T {
        // SAFETY: by the caller's promise.
        self.slot(index).with(|slot| unsafe { (*slot).assume_init_read() })
    }

    /// # Safety
    /// The caller has the slot to itself, and it holds no item.
    unsafe fn write(&self, index: u32, item: T) {
        // SAFETY: by the caller's promise.
        self.slot(index).with_mut(|slot| unsafe { slot.write(MaybeUninit::new(item)) });
    }

    /// How many items there are; exact for the owner while nobody steals, a snapshot for others.
    #[must_use]
    pub fn len(&self) -> usize {
        // Acquire on both: a snapshot not older than what the caller has already seen of this queue.
        let (_, real) = unpack(self.heads.load(Ordering::Acquire));
        let tail = self.tail.load(Ordering::Acquire);
        // A thief or the owner may move `real` past a `tail` read before it: that is an empty queue, not a huge one.
        let length = tail.wrapping_sub(real);
        if length as usize > CAPACITY { 0 } else { length as usize }
    }

    /// Whether there is no item: as exact as [`len`](Self::len).
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Adds an item at the back.
    ///
    /// # Errors
    /// Gives the item back when all slots are taken, those that a thief is still copying from included.
    ///
    /// # Safety
    /// Only one thread at a time, the owner, calls `push` and [`pop`](Self::pop).
    pub unsafe fn push(&self, item: T) -> Result<(), T> {
        // Acquire: pairs with the release of a thief's last step, whose reads of the freed slots come before our write.
        let (steal, _) = unpack(self.heads.load(Ordering::Acquire));
        // Relaxed: only the owner writes `tail`.
        let tail = self.tail.load(Ordering::Relaxed);
        if tail.wrapping_sub(steal) as usize >= CAPACITY {
            return Err(item);
        }
        // SAFETY: the slot at `tail` is outside of steal..tail, so nobody else looks at it and it holds nothing.
        unsafe { self.write(tail, item) };
        // Release: publishes the item to thieves, which acquire `tail`.
        self.tail.store(tail.wrapping_add(1), Ordering::Release);
        Ok(())
    }

    /// Takes the item at the front.
    ///
    /// # Safety
    /// Only one thread at a time, the owner, calls [`push`](Self::push) and `pop`.
    pub unsafe fn pop(&self) -> Option<T> {
        // Acquire: see `push`; also the starting value of the loop below.
        let mut heads = self.heads.load(Ordering::Acquire);
        loop {
            let (steal, real) = unpack(heads);
            // Relaxed: only the owner writes `tail`.
            if real == self.tail.load(Ordering::Relaxed) {
                return None;
            }
            let taken = real.wrapping_add(1);
            // With no thief at work both heads move; otherwise `steal` stays for the thief to move when it is done.
            let next = if steal == real { pack(taken, taken) } else { pack(steal, taken) };
            // AcqRel: takes the slot from the thieves, who claim through the same word.
            match self.heads.compare_exchange_weak(heads, next, Ordering::AcqRel, Ordering::Acquire) {
                // SAFETY: the exchange made the slot at `real` ours; it was filled, `real` being before `tail`.
                Ok(_) => return Some(unsafe { self.read(real) }),
                Err(actual) => heads = actual,
            }
        }
    }

    /// Moves half of this queue's items, rounded up, to the empty-enough `destination` and returns one of them.
    ///
    /// `None`: there was nothing to steal, another thief is at work, or `destination` has no room for half a queue.
    ///
    /// # Safety
    /// The caller is the owner of `destination`, which is not `self`.
    pub unsafe fn steal_into(&self, destination: &Self) -> Option<T> {
        // Relaxed: the caller is the owner of `destination`.
        let to = destination.tail.load(Ordering::Relaxed);
        // Acquire: as in `push`, before the freed slots are written again.
        let (to_steal, _) = unpack(destination.heads.load(Ordering::Acquire));
        // A steal brings at most half a queue: with less room than that, the caller has enough work of its own.
        if to.wrapping_sub(to_steal) as usize > CAPACITY / 2 {
            return None;
        }
        let (first, count) = self.claim_half()?;
        // The first item is returned, the others are copied.
        for offset in 1..count {
            // SAFETY: first..first + count are ours between claim and release, and filled.
            let item = unsafe { self.read(first.wrapping_add(offset)) };
            // SAFETY: the slot is beyond `destination`'s tail and, by the check above, outside of its steal..tail.
            unsafe { destination.write(to.wrapping_add(offset - 1), item) };
        }
        // SAFETY: as above; read before the slots are given back.
        let item = unsafe { self.read(first) };
        self.release_claim();
        if count > 1 {
            // Release: publishes the copied items to those who steal from `destination`.
            destination.tail.store(to.wrapping_add(count - 1), Ordering::Release);
        }
        Some(item)
    }

    /// Moves `real` over half of the items while `steal` stays: the slots between are the caller's.
    fn claim_half(&self) -> Option<(u32, u32)> {
        // Acquire: the starting value, and pairs with other thieves' releases.
        let mut heads = self.heads.load(Ordering::Acquire);
        loop {
            let (steal, real) = unpack(heads);
            // Acquire: pairs with the owner's release in `push`, makes the items readable.
            let tail = self.tail.load(Ordering::Acquire);
            let available = tail.wrapping_sub(real);
            // A stale `real` against a fresh `tail` can claim to hold more than fits: look again.
            if steal != real || available == 0 {
                return None;
            }
            if available as usize > CAPACITY {
                heads = self.heads.load(Ordering::Acquire);
                continue;
            }
            let count = available - available / 2;
            let next = pack(steal, real.wrapping_add(count));
            // AcqRel: takes the slots from the owner and other thieves, who move the same word.
            match self.heads.compare_exchange_weak(heads, next, Ordering::AcqRel, Ordering::Acquire) {
                Ok(_) => return Some((real, count)),
                Err(actual) => heads = actual,
            }
        }
    }

    /// Ends the claim: `steal` catches up with `real`, wherever the owner has moved it meanwhile.
    fn release_claim(&self) {
        // Relaxed: the starting value only.
        let mut heads = self.heads.load(Ordering::Relaxed);
        loop {
            let (_, real) = unpack(heads);
            // AcqRel: our reads of the slots come before the owner's next writes to them, which acquire `heads`.
            match self.heads.compare_exchange_weak(heads, pack(real, real), Ordering::AcqRel, Ordering::Relaxed) {
                Ok(_) => return,
                Err(actual) => heads = actual,
            }
        }
    }
}

/// A worker's queue of tasks, of whatever capacity: how the scheduler sees a [`StealQueue`].
pub trait WorkerQueue: Default + Send + Sync + 'static {
    /// How many tasks fit.
    const CAPACITY: usize;

    /// See [`StealQueue::push`].
    ///
    /// # Errors
    /// As there.
    ///
    /// # Safety
    /// As there.
    unsafe fn push(&self, task: Task) -> Result<(), Task>;

    /// See [`StealQueue::pop`].
    ///
    /// # Safety
    /// As there.
    unsafe fn pop(&self) -> Option<Task>;

    /// See [`StealQueue::steal_into`].
    ///
    /// # Safety
    /// As there.
    unsafe fn steal_into(&self, destination: &Self) -> Option<Task>;

    /// See [`StealQueue::len`].
    fn len(&self) -> usize;

    /// See [`StealQueue::is_empty`].
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl<const CAPACITY: usize> WorkerQueue for StealQueue<Task, CAPACITY> {
    const CAPACITY: usize = CAPACITY;

    unsafe fn push(&self, task: Task) -> Result<(), Task> {
        // SAFETY: forwarded.
        unsafe { Self::push(self, task) }
    }

    unsafe fn pop(&self) -> Option<Task> {
        // SAFETY: forwarded.
        unsafe { Self::pop(self) }
    }

    unsafe fn steal_into(&self, destination: &Self) -> Option<Task> {
        // SAFETY: forwarded.
        unsafe { Self::steal_into(self, destination) }
    }

    fn len(&self) -> usize {
        Self::len(self)
    }
}

impl<T, const CAPACITY: usize> Default for StealQueue<T, CAPACITY> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T, const CAPACITY: usize> Drop for StealQueue<T, CAPACITY> {
    fn drop(&mut self) {
        // SAFETY: `&mut self`: no owner and no thief is left.
        while let Some(item) = unsafe { self.pop() } {
            drop(item);
        }
    }
}

impl<T, const CAPACITY: usize> fmt::Debug for StealQueue<T, CAPACITY> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StealQueue").field("capacity", &CAPACITY).field("len", &self.len()).finish()
    }
}
