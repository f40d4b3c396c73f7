//! The words of a task's state: their bits, and verbs for every transition.
//!
//! A **pinned** task has two words, so that its owner's path needs no atomic read-modify-write: the *owner word*, which
//! only the owner writes, and the *remote word*, on which every other thread works with read-modify-writes. The count of
//! references is split over the two in the manner of biased reference counting (Choi, Shull and Torrellas, "Biased
//! Reference Counting", PACT 2018): the true count is the sum, and either part may be negative, since a reference may be
//! counted on one thread and dropped on another.
//!
//! A **shared** task has one word for everyone, which stands in the place of the remote word.

use crate::primitive::atomic::{AtomicU32, Ordering};

/// The owner's word of a pinned task: written by the owner alone, read by everyone.
pub(crate) struct OwnerWord(pub(super) AtomicU32);

/// The word of a pinned task on which all threads but the owner work; of a shared task, the only word.
pub(crate) struct RemoteWord(pub(super) AtomicU32);

/// Bits of the owner word.
pub(super) mod owner {
    /// In the run queue, or to be put there when the running poll ends.
    pub(in crate::task) const SCHEDULED: u32 = 1 << 0;
    /// Being polled.
    pub(in crate::task) const RUNNING: u32 = 1 << 1;
    /// The future is gone, the output is stored.
    pub(in crate::task) const COMPLETE: u32 = 1 << 2;
    /// The next run drops the future instead of polling it.
    pub(in crate::task) const CANCELLED: u32 = 1 << 3;
    /// A `JoinHandle` exists and has not told that it is gone.
    pub(in crate::task) const JOIN: u32 = 1 << 4;
    /// The slot `join_waker` is filled.
    pub(in crate::task) const JOIN_WAKER: u32 = 1 << 5;
    /// A `JoinHandle` on another thread waits: look at `remote_join` on completion.
    pub(in crate::task) const REMOTE_JOIN: u32 = 1 << 6;
    /// The owner's count has been added to the remote one: the owner works like any other thread from here on.
    pub(in crate::task) const MERGED: u32 = 1 << 7;
    /// This is a shared task: the rest of the word is its shard, and never changes.
    pub(in crate::task) const SHARED: u32 = 1 << 8;
    /// One reference. The count above is signed.
    pub(in crate::task) const ONE: u32 = 1 << 9;

    /// The signed count in an owner word.
    pub(in crate::task) const fn count(word: u32) -> i32 {
        word.cast_signed() >> 9
    }

    /// Where the shard of a shared task begins.
    pub(in crate::task) const SHARD_SHIFT: u32 = 9;
}

/// Bits of the remote word of a pinned task.
pub(super) mod remote {
    /// In the owner's inbox, or about to be pushed there. While set and not merged, the owner's seat cannot go away.
    pub(in crate::task) const QUEUED: u32 = 1 << 0;
    /// Wake the task.
    pub(in crate::task) const WAKE: u32 = 1 << 1;
    /// Cancel the task.
    pub(in crate::task) const ABORT: u32 = 1 << 2;
    /// Look at `remote_join`.
    pub(in crate::task) const JOIN: u32 = 1 << 3;
    /// The `JoinHandle` is gone.
    pub(in crate::task) const DETACH: u32 = 1 << 4;
    /// Spawned from another thread: the owner has not seen the task yet.
    pub(in crate::task) const NEW: u32 = 1 << 5;
    /// The owner's count is in here too: whoever takes the count to zero frees the task.
    pub(in crate::task) const MERGED: u32 = 1 << 6;
    /// What the owner answers when it takes the task out of its inbox.
    pub(in crate::task) const REQUESTS: u32 = QUEUED | WAKE | ABORT | JOIN | DETACH | NEW;
    /// One reference. The count above is signed.
    pub(in crate::task) const ONE: u32 = 1 << 7;
    /// Everything but the count.
    pub(in crate::task) const FLAGS: u32 = ONE - 1;

    /// The signed count in a remote word.
    pub(in crate::task) const fn count(word: u32) -> i32 {
        word.cast_signed() >> 7
    }
}

/// Bits of the one word of a shared task.
pub(super) mod shared {
    /// In a queue, or to be put there when the running poll ends.
    pub(in crate::task) const SCHEDULED: u32 = 1 << 0;
    /// Being polled. Whoever sets it has the future to itself.
    pub(in crate::task) const RUNNING: u32 = 1 << 1;
    /// The future is gone, the output is stored.
    pub(in crate::task) const COMPLETE: u32 = 1 << 2;
    /// The next run drops the future instead of polling it.
    pub(in crate::task) const CANCELLED: u32 = 1 << 3;
    /// A `JoinHandle` exists: the output is its to take.
    pub(in crate::task) const JOIN: u32 = 1 << 4;
    /// The slot `join_waker` is filled and belongs to whoever completes the task; clear: it belongs to the handle.
    pub(in crate::task) const JOIN_WAKER: u32 = 1 << 5;
    /// One reference.
    pub(in crate::task) const ONE: u32 = 1 << 6;
}

/// References that one word may count; beyond it (two million wakers of one task) the process stops, as `Arc` does.
const MOST_REFERENCES: i32 = 1 << 21;

impl OwnerWord {
    /// For the owner: its own last value.
    #[inline(always)]
    pub(super) fn get(&self) -> u32 {
        // Relaxed: the owner reads what it wrote itself.
        self.0.load(Ordering::Relaxed)
    }

    /// For the owner.
    #[inline(always)]
    pub(super) fn set(&self, word: u32) {
        // Release: COMPLETE publishes the output to a handle on another thread, which acquires it in `is_complete`. That
        // thread may read this store or any later one with the bit still in it, so each of them has to publish. It is a
        // plain store on x86.
        self.0.store(word, Ordering::Release);
    }

    /// For any thread.
    #[inline]
    pub(super) fn is_complete(&self) -> bool {
        // Acquire: pairs with `set`, makes the output readable.
        self.0.load(Ordering::Acquire) & owner::COMPLETE != 0
    }

    /// The kind of the task never changes, so any thread may ask at any time.
    #[inline(always)]
    pub(super) fn is_shared(&self) -> bool {
        self.0.load(Ordering::Relaxed) & owner::SHARED != 0
    }

    /// For the owner: one more reference.
    #[inline(always)]
    pub(super) fn retain(&self) {
        self.add(1);
    }

    /// For the owner: as many more references.
    #[inline(always)]
    pub(super) fn add(&self, count: i32) {
        let word = self.get();
        if owner::count(word) + count > MOST_REFERENCES {
            std::process::abort();
        }
        self.set(word.wrapping_add(count.cast_unsigned().wrapping_mul(owner::ONE)));
    }

    /// For the owner: its count. Below zero when it has dropped references that other threads have counted.
    #[inline(always)]
    pub(super) fn count(&self) -> i32 {
        owner::count(self.get())
    }
}

impl RemoteWord {
    /// Sets `requests` together with QUEUED and returns the word before. If neither QUEUED nor MERGED was set, the
    /// caller has to push the task into the inbox.
    #[inline]
    pub(super) fn request(&self, requests: u32) -> u32 {
        // AcqRel: publishes what the caller did before (a woken task must see it) to the owner, which acquires in
        // `take_requests`; acquires the MERGED of an owner that has finished, and with it the output.
        self.0.fetch_or(requests | remote::QUEUED, Ordering::AcqRel)
    }

    /// For the owner, with the task in hand from the inbox: what was asked for.
    #[inline]
    pub(super) fn take_requests(&self) -> u32 {
        // AcqRel: acquires what the requesters did before asking; releases nothing that matters but keeps the chain.
        self.0.fetch_and(!remote::REQUESTS, Ordering::AcqRel)
    }

    /// One more reference, taken by a thread that holds one.
    #[inline]
    pub(super) fn retain(&self) {
        // Relaxed: the caller's own reference keeps the task alive.
        let before = self.0.fetch_add(remote::ONE, Ordering::Relaxed);
        if remote::count(before) >= MOST_REFERENCES {
            std::process::abort();
        }
    }

    /// For the owner: takes the count over, and leaves zero.
    pub(super) fn take_count(&self) -> i32 {
        // AcqRel: acquires the uses of those who dropped references, as `load` does; releases nothing that matters.
        remote::count(self.0.fetch_and(remote::FLAGS, Ordering::AcqRel))
    }

    #[inline(always)]
    pub(super) fn load(&self) -> u32 {
        // Acquire: pairs with the releases of those who dropped their references, before the owner frees.
        self.0.load(Ordering::Acquire)
    }
}
