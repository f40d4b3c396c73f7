//! Which workers sleep, how many search, and whom to wake when there is work.

use crate::primitive::Mutex;
use crate::primitive::atomic::{AtomicUsize, Ordering};

/// The sleepers of a runtime, after the scheme of Go's and tokio's schedulers: one worker is woken for new work, and only
/// if none is *searching* already; a searcher that finds work wakes the next before it begins.
#[derive(Debug)]
pub(crate) struct Idle {
    /// Searching workers in the lower half, workers that do not sleep in the upper.
    state: AtomicUsize,
    sleepers: Mutex<Vec<usize>>,
    workers: usize,
}

const SEARCHING: usize = 1;
const AWAKE: usize = 1 << 16;

const fn searching(state: usize) -> usize {
    state & (AWAKE - 1)
}

const fn awake(state: usize) -> usize {
    state / AWAKE
}

impl Idle {
    /// All workers awake, none searching.
    pub(crate) fn new(workers: usize) -> Self {
        Self { state: AtomicUsize::new(workers * AWAKE), sleepers: Mutex::new(Vec::with_capacity(workers)), workers }
    }

    /// For whoever has queued something: the worker to wake, which from now on counts as awake and searching.
    pub(crate) fn take_sleeper(&self) -> Option<usize> {
        if !self.wants_one() {
            return None;
        }
        let mut sleepers = self.sleepers.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        // Another thread may have woken one while we waited for the lock.
        if !self.wants_one() {
            return None;
        }
        let worker = sleepers.pop()?;
        // SeqCst: as in `wants_one`.
        self.state.fetch_add(AWAKE | SEARCHING, Ordering::SeqCst);
        Some(worker)
    }

    fn wants_one(&self) -> bool {
        // SeqCst, and a read-modify-write: what the caller has queued comes before this look, and a worker that goes to
        // sleep subtracts before it looks at the queues for the last time. One of the two sees the other.
        let state = self.state.fetch_add(0, Ordering::SeqCst);
        searching(state) == 0 && awake(state) < self.workers
    }

    /// For a worker without work: whether it may search. At most half of the workers do, so that they do not all contend
    /// for the same few tasks.
    pub(crate) fn begin_search(&self) -> bool {
        // SeqCst throughout this type: the counts take part in the argument of `wants_one`.
        let state = self.state.load(Ordering::SeqCst);
        if 2 * searching(state) >= self.workers {
            return false;
        }
        self.state.fetch_add(SEARCHING, Ordering::SeqCst);
        true
    }

    /// For a searcher that has found work; `true`: it was the last, and wakes another in its place.
    pub(crate) fn end_search(&self) -> bool {
        searching(self.state.fetch_sub(SEARCHING, Ordering::SeqCst)) == 1
    }

    /// For a worker that goes to sleep, which then looks at all queues once more, whether it was searching or not: until
    /// now whoever queued something may have counted on it, as one that is awake, and woken nobody.
    pub(crate) fn sleep(&self, worker: usize, was_searching: bool) {
        let mut sleepers = self.sleepers.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let delta = AWAKE + if was_searching { SEARCHING } else { 0 };
        self.state.fetch_sub(delta, Ordering::SeqCst);
        sleepers.push(worker);
    }

    /// For a worker that has woken up; `true`: somebody woke it for new work, and it counts as searching.
    pub(crate) fn wake(&self, worker: usize) -> bool {
        let mut sleepers = self.sleepers.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let Some(position) = sleepers.iter().position(|&sleeper| sleeper == worker) else {
            return true;
        };
        sleepers.swap_remove(position);
        self.state.fetch_add(AWAKE, Ordering::SeqCst);
        false
    }
}
