//! A worker thread: looks for a task, polls it, and sleeps in its driver when there is none anywhere.
#![allow(unsafe_code)] // runs erased tasks, and is the one owner of its queue

mod end;

use std::cell::Cell;
use std::sync::Arc;
use std::time::Duration;

use super::home::Home;
use super::park::Parker;
use super::plan::Plan;
use super::seat::Seat;
use super::stealing::{OwnQueue, Shared};
use super::turns::{Turn, Turns};
use crate::driver::Driver;
use crate::queue::steal::WorkerQueue;
use crate::task::{Task, shared};

/// After so many polls the worker looks at its driver, timer and mailbox. tokio's value.
pub(super) const POLLS_PER_TURN: u32 = 61;

/// After so many tasks in a row from the run-next slot, the queue gets its turn. tokio's value.
pub(super) const MOST_NEXT_IN_A_ROW: u32 = 3;

/// One worker, on its own thread.
pub(super) struct Worker<P: Plan> {
    shared: Arc<Shared<P>>,
    index: usize,
    /// The task that was woken last: what it was woken for is still in the cache. Others cannot steal it.
    next: Cell<Option<Task>>,
    next_in_a_row: Cell<u32>,
    /// Counts looks for a task, up to the next look around.
    tick: Cell<u32>,
    turns: Turns,
    /// Counts as searching in [`super::idle::Idle`].
    searching: Cell<bool>,
    /// In the driver or the timer: tasks woken there are announced together afterwards.
    collecting: Cell<bool>,
    /// More than one task was woken there.
    collected: Cell<bool>,
    /// Where the next search begins: xorshift, so that searchers do not all knock at the same door.
    random: Cell<u32>,
}

impl<P: Plan<Queue: WorkerQueue>> Worker<P> {
    pub(super) fn new(shared: Arc<Shared<P>>, index: usize) -> Self {
        let seed = 0x9E37_79B9_u32.wrapping_mul(u32::try_from(index).unwrap_or(0) + 1);
        Self {
            shared,
            index,
            next: Cell::new(None),
            next_in_a_row: Cell::new(0),
            tick: Cell::new(0),
            turns: Turns::default(),
            searching: Cell::new(false),
            collecting: Cell::new(false),
            collected: Cell::new(false),
            random: Cell::new(seed),
        }
    }

    fn queue(&self) -> &P::Queue {
        &self.shared.workers[self.index].queue
    }

    /// Runs tasks until the runtime shuts down, then ends those that are shared. The thread has entered the seat.
    pub(super) fn run(&self, seat: &Seat<'_, P::Driver, P::Timer>) {
        while !self.shared.ending.has_begun() {
            let tick = self.tick.get().wrapping_add(1);
            self.tick.set(tick);
            if tick.is_multiple_of(POLLS_PER_TURN) {
                self.look_around(seat, Some(Duration::ZERO));
            }
            if self.run_one(seat) {
                continue;
            }
            match self.search() {
                Some(task) => self.poll(task),
                None => self.park(seat),
            }
        }
        self.end();
    }

    /// Runs one pinned or one shared task that is at hand.
    fn run_one(&self, seat: &Seat<'_, P::Driver, P::Timer>) -> bool {
        let pinned = || seat.local.queue.pop();
        match self.turns.next::<P::Strategy, _>(pinned, || self.pop(), || self.shared.inbox.pop()) {
            Some(Turn::Pinned(task)) => {
                self.end_search();
                seat.local.run(task);
            }
            Some(Turn::Shared(task)) => self.poll(task),
            None => return false,
        }
        true
    }

    /// The next task of the worker's own slot and queue.
    fn pop(&self) -> Option<Task> {
        if let Some(task) = self.next.take() {
            if self.next_in_a_row.get() < MOST_NEXT_IN_A_ROW {
                self.next_in_a_row.set(self.next_in_a_row.get() + 1);
                return Some(task);
            }
            self.push_back(task);
        }
        self.next_in_a_row.set(0);
        // SAFETY: this thread is the owner of its queue.
        unsafe { self.queue().pop() }
    }

    /// Adds a task behind all others; when the queue is full, half of it moves to the inbox.
    fn push_back(&self, task: Task) {
        // SAFETY: this thread is the owner of its queue.
        if let Err(task) = unsafe { self.queue().push(task) } {
            for _ in 0..P::Queue::CAPACITY / 2 {
                // SAFETY: as above.
                match unsafe { self.queue().pop() } {
                    Some(older) => self.shared.inbox.push(older),
                    // Thieves took the rest.
                    None => break,
                }
            }
            self.shared.inbox.push(task);
        }
    }

    /// This worker has something to do: as long as it counts as searching, nobody else is woken.
    fn end_search(&self) {
        if self.searching.replace(false) && self.shared.idle.end_search() {
            // The last searcher has found work: somebody should look for more.
            self.shared.notify_one();
        }
    }

    /// Polls a shared task.
    fn poll(&self, task: Task) {
        self.end_search();
        // SAFETY: the task came out of a queue, and only this worker got it.
        match unsafe { shared::run(task) } {
            shared::Ran::Waits => {}
            shared::Ran::Again => self.push_back(task),
            shared::Ran::Completed => self.shared.forget(task),
        }
    }

    /// Looks at the other workers' queues, then at the inbox once more.
    fn search(&self) -> Option<Task> {
        if P::STEALING && !self.searching.get() {
            self.searching.set(self.shared.idle.begin_search());
        }
        if P::STEALING
            && self.searching.get()
            && let Some(task) = self.steal()
        {
            return Some(task);
        }
        self.shared.inbox.pop()
    }

    /// Takes half of another worker's queue: the first of it is returned.
    fn steal(&self) -> Option<Task> {
        let count = self.shared.workers.len();
        let start = self.random(count);
        let victims = (0..count).map(|offset| (start + offset) % count).filter(|&victim| victim != self.index);
        for victim in victims {
            // SAFETY: this thread is the owner of its own queue, which is not the victim's.
            let stolen = unsafe { self.shared.workers[victim].queue.steal_into(self.queue()) };
            if stolen.is_some() {
                return stolen;
            }
        }
        None
    }

    fn random(&self, below: usize) -> usize {
        let mut x = self.random.get();
        x ^= x << 13;
        x ^= x >> 17;
        x ^= x << 5;
        self.random.set(x);
        x as usize % below
    }

    /// Sleeps until there is something to do for this worker.
    fn park(&self, seat: &Seat<'_, P::Driver, P::Timer>) {
        let parker = &seat.mailbox.parker;
        self.shared.idle.sleep(self.index, self.searching.replace(false));
        let _asleep = Asleep { worker: self, parker };
        if self.shared.has_work() {
            // Perhaps this worker itself, which then does not sleep.
            self.shared.notify_one();
        }
        if parker.prepare() && seat.mailbox.is_empty() && !self.shared.ending.has_begun() {
            self.look_around(seat, None);
        } else {
            self.look_around(seat, Some(Duration::ZERO));
        }
    }

    /// Lets mailbox, timer and driver do their work; `None`: sleeps until the next timer at most.
    fn look_around(&self, seat: &Seat<'_, P::Driver, P::Timer>, timeout: Option<Duration>) {
        self.collecting.set(true);
        seat.mailbox.receive(seat.local);
        let until_timer = seat.fire_timers();
        let idle = self.next.get().is_none() && self.queue().is_empty() && seat.local.queue.is_empty();
        seat.drive(match timeout {
            None if idle => until_timer,
            _ => Some(Duration::ZERO),
        });
        self.collecting.set(false);
        if self.collected.replace(false) {
            // They should not all wait for this worker.
            self.shared.notify_one();
        }
    }
}

/// A worker in its sleep. It is woken also when its driver panics: nobody else may count on it then.
struct Asleep<'a, P: Plan> {
    worker: &'a Worker<P>,
    parker: &'a Parker<<P::Driver as Driver>::Unpark>,
}

impl<P: Plan> Drop for Asleep<'_, P> {
    fn drop(&mut self) {
        self.parker.awake();
        self.worker.searching.set(self.worker.shared.idle.wake(self.worker.index));
    }
}

impl<P: Plan<Queue: WorkerQueue>> OwnQueue for Worker<P> {
    fn home(&self) -> *const Home {
        self.shared.home()
    }

    fn index(&self) -> usize {
        self.index
    }

    fn schedule(&self, task: Task) {
        if let Some(older) = self.next.replace(Some(task)) {
            self.push_back(older);
            if self.collecting.get() {
                self.collected.set(true);
            } else {
                self.shared.notify_one();
            }
        }
    }
}
