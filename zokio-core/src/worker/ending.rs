//! How a runtime with several workers ends: that it has begun to, and who waits for whom.

use std::sync::PoisonError;
use std::time::Instant;

use crate::primitive::atomic::{AtomicBool, Ordering, fence};
use crate::primitive::{Condvar, Mutex, MutexGuard};

/// The end of a runtime with several workers, which every worker takes part in: it drops the tasks that it can get hold of
/// and sleeps while the rest are in other hands.
#[derive(Debug)]
pub(crate) struct Ending {
    begun: AtomicBool,
    threads: Mutex<Threads>,
    /// Signalled when somebody who waits should look again.
    changed: Condvar,
}

#[derive(Debug)]
struct Threads {
    /// How many worker threads have not ended.
    running: usize,
    /// How many workers have not been lost.
    sound: usize,
}

impl Ending {
    pub(crate) fn new(workers: usize) -> Self {
        let threads = Threads { running: workers, sound: workers };
        Self { begun: AtomicBool::new(false), threads: Mutex::new(threads), changed: Condvar::new() }
    }

    fn threads(&self) -> MutexGuard<'_, Threads> {
        // Counters are never half written.
        self.threads.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The runtime is to end. The caller wakes those who sleep elsewhere.
    pub(crate) fn begin(&self) {
        // Release: whoever sees it sees what the caller did before, such as closing the lists of tasks.
        self.begun.store(true, Ordering::Release);
    }

    pub(crate) fn has_begun(&self) -> bool {
        // Acquire: see `begin`.
        self.begun.load(Ordering::Acquire)
    }

    /// For any thread, after it has queued something, or has ended the last task of a list: has those who wait look again.
    pub(crate) fn announce(&self) {
        // SeqCst: with the fence of `wait`, either this look sees that the end has begun, as the waiting thread has, or the
        // waiting thread's look sees what was queued before.
        fence(Ordering::SeqCst);
        // Relaxed: ordered by the fence.
        if self.begun.load(Ordering::Relaxed) {
            // A thread that has looked before us, and holds the lock until it sleeps, hears the call.
            drop(self.threads());
            self.changed.notify_all();
        }
    }

    /// For a thread that has seen that the end [has begun](Self::has_begun) and has nothing to do: sleeps until `look` has
    /// an answer.
    pub(crate) fn wait<R>(&self, look: impl Fn() -> Option<R>) -> R {
        // SeqCst: see `announce`.
        fence(Ordering::SeqCst);
        let mut threads = self.threads();
        loop {
            if let Some(answer) = look() {
                return answer;
            }
            threads = self.changed.wait(threads).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// For a worker that cannot go on; `true`: no other can either.
    pub(crate) fn lose_worker(&self) -> bool {
        let mut threads = self.threads();
        threads.sound -= 1;
        threads.sound == 0
    }

    /// For a worker thread, as the last thing it does.
    pub(crate) fn worker_ended(&self) {
        self.threads().running -= 1;
        self.changed.notify_all();
    }

    /// Waits until all worker threads have ended; `false`: the deadline came first.
    pub(crate) fn wait_for_workers(&self, deadline: Option<Instant>) -> bool {
        let mut threads = self.threads();
        while threads.running > 0 {
            threads = match deadline {
                None => self.changed.wait(threads).unwrap_or_else(PoisonError::into_inner),
                Some(deadline) => {
                    let left = deadline.saturating_duration_since(Instant::now());
                    if left.is_zero() {
                        return false;
                    }
                    self.changed.wait_timeout(threads, left).unwrap_or_else(PoisonError::into_inner).0
                }
            };
        }
        true
    }
}
