//! The permits, and who waits for them.
//!
//! One word has the permits that are free and two bits:
//!
//! ```text
//! bit 0     CLOSED   no permits are given any more
//! bit 1     WAITERS  somebody is queued: what comes back belongs to the queue, which its lock guards
//! bits 2..  permits  that anybody may take
//! ```
//!
//! While somebody is queued no permits are free: who is queued first has taken them, and waits for the rest. So nobody overtakes, and where nobody
//! waits permits are taken and given back by one exchange, without the lock.
#![allow(unsafe_code)] // the queue links places within the futures that wait

use std::ptr::NonNull;
use std::task::Waker;

use crate::primitive::atomic::{AtomicUsize, Ordering};
use crate::primitive::{Mutex, MutexGuard};

const CLOSED: usize = 1 << 0;
const WAITERS: usize = 1 << 1;
const SHIFT: u32 = 2;

/// The most permits that a semaphore may have.
pub(super) const MAX_PERMITS: usize = usize::MAX >> 3;

/// The permits of a semaphore.
pub(super) struct Permits {
    word: AtomicUsize,
    queue: Mutex<Queue>,
}

/// Who waits, the first in front.
struct Queue {
    first: Option<NonNull<Waiter>>,
    last: Option<NonNull<Waiter>>,
}

// SAFETY: what it points to is only reached under the lock.
unsafe impl Send for Queue {}

/// A place in the queue: within a future that is pinned, and reached under the queue's lock alone.
#[derive(Default)]
pub(super) struct Waiter {
    /// How many permits it wants, and how many of them are missing.
    wanted: usize,
    missing: usize,
    waker: Option<Waker>,
    previous: Option<NonNull<Self>>,
    next: Option<NonNull<Self>>,
    stage: Stage,
}

/// Whom to wake when the lock is given back: as a rule one, for whom nothing is allocated.
#[derive(Default)]
struct Wakers {
    first: Option<Waker>,
    others: Vec<Waker>,
}

impl Wakers {
    fn extend(&mut self, wakers: impl IntoIterator<Item = Waker>) {
        for waker in wakers {
            match self.first {
                None => self.first = Some(waker),
                Some(_) => self.others.push(waker),
            }
        }
    }

    fn wake(self) {
        self.first.into_iter().chain(self.others).for_each(Waker::wake);
    }
}

#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Not in the queue, and has nothing.
    #[default]
    Out,
    /// In the queue.
    Queued,
    /// It has all it wanted, and has left the queue.
    Served,
    /// The semaphore was closed: what it had, it has given back.
    Refused,
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Taken {
    All,
    NotEnough,
    Closed,
}

impl Permits {
    #[cfg(not(loom))]
    pub(super) const fn new(permits: usize) -> Self {
        Self { word: AtomicUsize::new(permits << SHIFT), queue: Mutex::new(Queue { first: None, last: None }) }
    }

    #[cfg(loom)]
    pub(super) fn new(permits: usize) -> Self {
        Self { word: AtomicUsize::new(permits << SHIFT), queue: Mutex::new(Queue { first: None, last: None }) }
    }

    fn lock(&self) -> MutexGuard<'_, Queue> {
        // Poison says nothing: no code of others runs under the lock.
        self.queue.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// How many are free.
    pub(super) fn free(&self) -> usize {
        // Acquire: a snapshot not older than what the caller knows.
        self.word.load(Ordering::Acquire) >> SHIFT
    }

    pub(super) fn is_closed(&self) -> bool {
        // Acquire: as above.
        self.word.load(Ordering::Acquire) & CLOSED != 0
    }

    /// Takes so many if they are free.
    pub(super) fn try_take(&self, count: usize) -> Taken {
        // Relaxed: the starting value only.
        let mut word = self.word.load(Ordering::Relaxed);
        loop {
            if word & CLOSED != 0 {
                return Taken::Closed;
            }
            // Where somebody is queued, nothing is free.
            if word >> SHIFT < count {
                return Taken::NotEnough;
            }
            // Acquire: what was done by who gave them back comes before.
            match self.word.compare_exchange_weak(word, word - (count << SHIFT), Ordering::Acquire, Ordering::Relaxed) {
                Ok(_) => return Taken::All,
                Err(actual) => word = actual,
            }
        }
    }

    /// Gives permits back, or new ones.
    ///
    /// # Panics
    /// When there would be more than [`MAX_PERMITS`].
    #[track_caller]
    pub(super) fn give(&self, count: usize) {
        if count == 0 {
            return;
        }
        // Relaxed: the starting value only.
        let mut word = self.word.load(Ordering::Relaxed);
        while word & WAITERS == 0 {
            assert_room(word >> SHIFT, count);
            // Release: pairs with the acquire of who takes them.
            match self.word.compare_exchange_weak(word, word + (count << SHIFT), Ordering::Release, Ordering::Relaxed) {
                Ok(_) => return,
                Err(actual) => word = actual,
            }
        }
        let mut queue = self.lock();
        let wakers = self.serve(&mut queue, count);
        drop(queue);
        wakers.wake();
    }

    /// Gives permits to those who wait, and what is left to everybody.
    fn serve(&self, queue: &mut Queue, mut count: usize) -> Wakers {
        let mut wakers = Wakers::default();
        while count > 0
            && let Some(first) = queue.first
        {
            // SAFETY: who is queued is alive, and the lock is held.
            let waiter = unsafe { &mut *first.as_ptr() };
            let given = waiter.missing.min(count);
            waiter.missing -= given;
            count -= given;
            if waiter.missing == 0 {
                // SAFETY: as above.
                wakers.extend(unsafe { queue.leave(first, Stage::Served) });
            }
        }
        if queue.first.is_none() {
            // AcqRel: as in `give` and `try_take`. WAITERS is changed under the lock alone, and others change nothing while it is set.
            let before = self.word.fetch_and(!WAITERS, Ordering::AcqRel);
            if count > 0 {
                assert_room(before >> SHIFT, count);
                // Release: as in `give`.
                self.word.fetch_add(count << SHIFT, Ordering::Release);
            }
        }
        wakers
    }

    /// Takes so many, or queues for what is missing, by a place that is in no queue.
    ///
    /// # Safety
    /// The place stays where it is, and is not touched but by these methods, until it has [left](Self::leave).
    pub(super) unsafe fn take_or_queue(&self, count: usize, place: NonNull<Waiter>, waker: Waker) -> Taken {
        let mut queue = self.lock();
        // Relaxed: the starting value only.
        let mut word = self.word.load(Ordering::Relaxed);
        let missing = loop {
            if word & CLOSED != 0 {
                return Taken::Closed;
            }
            let taken = (word >> SHIFT).min(count);
            let missing = count - taken;
            let queues = missing > 0;
            let next = (word - (taken << SHIFT)) | if queues { WAITERS } else { 0 };
            // AcqRel: acquires as in `try_take`; WAITERS orders this before what is given later.
            match self.word.compare_exchange_weak(word, next, Ordering::AcqRel, Ordering::Relaxed) {
                Ok(_) if !queues => return Taken::All,
                Ok(_) => break missing,
                Err(actual) => word = actual,
            }
        };
        // SAFETY: by the caller's promise nobody else touches the place, which is in no queue.
        let waiter = unsafe { &mut *place.as_ptr() };
        *waiter = Waiter { wanted: count, missing, waker: Some(waker), stage: Stage::Queued, ..Waiter::default() };
        // SAFETY: as above; the lock is held.
        unsafe { queue.push(place) };
        Taken::NotEnough
    }

    /// Asks whether a queued place has been served. If not, the waker is that which will be woken.
    ///
    /// # Safety
    /// The place was queued here, and has not left.
    pub(super) unsafe fn is_served(&self, place: NonNull<Waiter>, waker: &Waker) -> Taken {
        // Cloning and dropping wakers runs their code: not under the lock.
        let mut new = None;
        loop {
            let queue = self.lock();
            // SAFETY: by the caller's promise; the lock is held.
            let waiter = unsafe { &mut *place.as_ptr() };
            match waiter.stage {
                Stage::Served => return Taken::All,
                Stage::Refused | Stage::Out => return Taken::Closed,
                Stage::Queued if waiter.waker.as_ref().is_some_and(|own| own.will_wake(waker)) => {
                    return Taken::NotEnough;
                }
                Stage::Queued => match new.take() {
                    None => {
                        drop(queue);
                        new = Some(waker.clone());
                    }
                    Some(new) => {
                        let old = waiter.waker.replace(new);
                        drop(queue);
                        drop(old);
                        return Taken::NotEnough;
                    }
                },
            }
        }
    }

    /// Takes a place out of the queue, if it is in it, and gives back what it has got.
    ///
    /// # Safety
    /// The place was queued here, and was not asked any more after it had been served.
    pub(super) unsafe fn leave(&self, place: NonNull<Waiter>) {
        let mut queue = self.lock();
        // SAFETY: by the caller's promise; the lock is held.
        let waiter = unsafe { &mut *place.as_ptr() };
        let (has, own) = match waiter.stage {
            Stage::Queued => {
                let has = waiter.wanted - waiter.missing;
                // SAFETY: as above.
                (has, unsafe { queue.leave(place, Stage::Out) })
            }
            Stage::Served => (waiter.wanted, None),
            Stage::Refused | Stage::Out => (0, None),
        };
        let wakers = self.serve_queued(&mut queue, has);
        drop(queue);
        drop(own);
        wakers.wake();
    }

    /// As [`serve`](Self::serve), also where nothing is given: the queue may be empty now.
    fn serve_queued(&self, queue: &mut Queue, count: usize) -> Wakers {
        // Relaxed: changed under the lock.
        if self.word.load(Ordering::Relaxed) & WAITERS != 0 || count > 0 {
            return self.serve(queue, count);
        }
        Wakers::default()
    }

    /// Takes away so many that are free, or all, and says how many.
    pub(super) fn forget(&self, count: usize) -> usize {
        // Relaxed: the starting value only.
        let mut word = self.word.load(Ordering::Relaxed);
        loop {
            let taken = (word >> SHIFT).min(count);
            // Acquire: as in `try_take`.
            match self.word.compare_exchange_weak(word, word - (taken << SHIFT), Ordering::Acquire, Ordering::Relaxed) {
                Ok(_) => return taken,
                Err(actual) => word = actual,
            }
        }
    }

    /// Gives no permits any more, and refuses those who wait.
    pub(super) fn close(&self) {
        let mut queue = self.lock();
        // AcqRel: publishes what the caller did to who finds it closed.
        self.word.fetch_or(CLOSED, Ordering::AcqRel);
        let mut wakers = Wakers::default();
        let mut had = 0;
        while let Some(first) = queue.first {
            // SAFETY: who is queued is alive, and the lock is held.
            let waiter = unsafe { &*first.as_ptr() };
            had += waiter.wanted - waiter.missing;
            // SAFETY: as above.
            wakers.extend(unsafe { queue.leave(first, Stage::Refused) });
        }
        let Wakers { first, others } = self.serve_queued(&mut queue, had);
        wakers.extend(first.into_iter().chain(others));
        drop(queue);
        wakers.wake();
    }
}

#[track_caller]
fn assert_room(free: usize, count: usize) {
    assert!(
        count <= MAX_PERMITS && free <= MAX_PERMITS - count,
        "a semaphore has at most `MAX_PERMITS` ({MAX_PERMITS}) permits"
    );
}

impl Queue {
    /// # Safety
    /// The place stays where it is until it leaves, and its links are not used.
    unsafe fn push(&mut self, place: NonNull<Waiter>) {
        // SAFETY: by the caller's promise; whoever reaches this queue holds its lock.
        unsafe { (*place.as_ptr()).previous = self.last };
        match self.last.replace(place) {
            // SAFETY: who is queued is alive.
            Some(last) => unsafe { (*last.as_ptr()).next = Some(place) },
            None => self.first = Some(place),
        }
    }

    /// Takes a place out, which is left in another stage, and returns its waker.
    ///
    /// # Safety
    /// The place is in this queue.
    unsafe fn leave(&mut self, place: NonNull<Waiter>, stage: Stage) -> Option<Waker> {
        // SAFETY: who is queued is alive; whoever reaches this queue holds its lock.
        let waiter = unsafe { &mut *place.as_ptr() };
        let (previous, next) = (waiter.previous.take(), waiter.next.take());
        waiter.stage = stage;
        let waker = waiter.waker.take();
        match previous {
            // SAFETY: as above.
            Some(previous) => unsafe { (*previous.as_ptr()).next = next },
            None => self.first = next,
        }
        match next {
            // SAFETY: as above.
            Some(next) => unsafe { (*next.as_ptr()).previous = previous },
            None => self.last = previous,
        }
        waker
    }
}
