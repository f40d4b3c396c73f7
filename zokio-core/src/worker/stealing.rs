//! The scheduler of a runtime with several workers, which take tasks from each other: what the workers share.
#![allow(unsafe_code)] // goes from the erased home back to the scheduler, and handles erased tasks

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::ending::Ending;
use super::home::Home;
use super::idle::Idle;
use super::mailbox::MailboxRef;
use super::plan::Plan;
use crate::context;
use crate::driver::Driver;
use crate::driver::blocking::BlockingPool;
use crate::dump::{Dump, TaskDump, seat::Seats};
use crate::handle::{Scheduler, SchedulerKind};
use crate::queue::inbox::Inbox;
use crate::queue::steal::WorkerQueue;
use crate::report::OptimizationReport;
use crate::task::{OwnedList, Task, inspect, shared};

/// What the workers of a runtime share. Tasks point at it as their home.
#[repr(C)]
pub(super) struct Shared<P: Plan> {
    home: Home,
    /// Tasks from outside, and what did not fit into a worker's queue.
    pub(super) inbox: Inbox,
    /// What a worker shows to the others.
    pub(super) workers: Box<[Peer<P>]>,
    /// The mailbox of the seat that `block_on` runs on.
    entry: MailboxRef<<P::Driver as Driver>::Unpark>,
    pub(super) idle: Idle,
    /// All tasks that are not complete, in one list for each worker and one for other threads.
    lists: Box<[Mutex<Shard>]>,
    pub(super) ending: Ending,
    blocking: Arc<BlockingPool>,
}

/// What a worker shows to the others.
pub(super) struct Peer<P: Plan> {
    /// Its queue, to steal from.
    pub(super) queue: P::Queue,
    /// The mailbox of its seat; its parker wakes the worker.
    pub(super) mailbox: MailboxRef<<P::Driver as Driver>::Unpark>,
}

#[derive(Default)]
struct Shard {
    tasks: OwnedList,
    closed: bool,
}

// SAFETY: the lists' links are touched under their locks only; tasks go from thread to thread.
unsafe impl Send for Shard {}

/// The queue of the worker whose thread asks: how a task gets there without the detour through the inbox.
pub(crate) trait OwnQueue {
    /// Which scheduler the worker belongs to.
    fn home(&self) -> *const Home;
    /// The worker's number.
    fn index(&self) -> usize;
    /// Queues a task that was woken or spawned by what this worker runs.
    fn schedule(&self, task: Task);
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<P: Plan<Queue: WorkerQueue>> Shared<P> {
    pub(super) fn new(
        mailboxes: Vec<MailboxRef<<P::Driver as Driver>::Unpark>>,
        entry: MailboxRef<<P::Driver as Driver>::Unpark>,
    ) -> Arc<Self> {
        let count = mailboxes.len();
        Arc::new(Self {
            home: Home { push: Self::push },
            inbox: Inbox::default(),
            workers: mailboxes.into_iter().map(|mailbox| Peer { queue: P::Queue::default(), mailbox }).collect(),
            entry,
            idle: Idle::new(count),
            lists: (0..=count).map(|_| Mutex::default()).collect(),
            ending: Ending::new(count),
            blocking: BlockingPool::new(P::BLOCKING_THREADS, P::THREAD_NAME),
        })
    }

    pub(super) fn home(self: &Arc<Self>) -> *const Home {
        Arc::as_ptr(self).cast()
    }

    unsafe fn push(home: *const Home, task: Task) {
        let queued = context::try_with(|context| match context.own_queue(home) {
            Some(queue) => {
                // The worker whose thread this is holds the scheduler.
                queue.schedule(task);
                true
            }
            None => false,
        });
        if queued == Some(true) {
            return;
        }
        let shared: *const Self = home.cast();
        // SAFETY: the scheduler waits for each of its tasks to complete, and this one has not run yet. Our own count
        // keeps it alive after the push.
        unsafe { Arc::increment_strong_count(shared) };
        // SAFETY: takes over the count from the line above; `home` is the first field of a `Shared` in an `Arc`.
        let shared = unsafe { Arc::from_raw(shared) };
        shared.inject(task);
    }

    /// Queues a task for whichever worker comes first.
    pub(super) fn inject(&self, task: Task) {
        self.inbox.push(task);
        self.notify_one();
        self.ending.announce();
    }

    /// Wakes a sleeping worker for new work, if none is searching already.
    pub(super) fn notify_one(&self) {
        if let Some(worker) = self.idle.take_sleeper() {
            self.workers[worker].mailbox.parker.notify();
        }
    }

    /// Whether there is work in any place that a worker takes from.
    pub(super) fn has_work(&self) -> bool {
        !self.inbox.is_empty() || (P::STEALING && self.workers.iter().any(|worker| !worker.queue.is_empty()))
    }

    /// Takes a completed task off its list and drops the scheduler's reference.
    pub(super) fn forget(&self, task: Task) {
        // SAFETY: complete, but the scheduler's reference is dropped only below.
        let shard = unsafe { shared::shard(task) };
        let mut list = lock(&self.lists[shard]);
        // SAFETY: alive, in this list or none (it was closed), and the lock is held.
        unsafe { list.tasks.unlink(task) };
        let was_last = list.tasks.len() == 0;
        drop(list);
        // SAFETY: the scheduler's reference, dropped once.
        unsafe { shared::release(task) };
        // A worker that waits for this list, and has seen it not empty, had it locked before us: so that the end has begun,
        // which it knew, is known here.
        if was_last && self.ending.has_begun() {
            self.ending.announce();
        }
    }

    /// Begins the shutdown: no list takes a new task, and every worker is woken to end what it has.
    pub(super) fn close(&self) {
        for list in &self.lists {
            lock(list).closed = true;
        }
        self.ending.begin();
        for worker in &self.workers {
            worker.mailbox.parker.notify();
        }
    }

    /// Cancels every task of every list; those that nobody has queued yet are put into the inbox. The lists are closed.
    pub(super) fn cancel_all(&self) {
        for list in &self.lists {
            let list = lock(list);
            let mut next = list.tasks.first();
            while let Some(task) = next {
                // SAFETY: tasks in a list are alive, and its lock is held.
                next = unsafe { OwnedList::next(task) };
                // SAFETY: alive, see above.
                if unsafe { shared::cancel(task) } {
                    self.inbox.push(task);
                }
            }
        }
    }

    /// Reads all shared tasks. No list is locked meanwhile: who spawns does not wait for it.
    fn inspect_all(&self) -> Vec<TaskDump> {
        let mut read = Vec::new();
        for list in &self.lists {
            let mut tasks = Vec::new();
            let list = lock(list);
            let mut next = list.tasks.first();
            while let Some(task) = next {
                // SAFETY: tasks in a list are alive, and its lock is held.
                next = unsafe { OwnedList::next(task) };
                // SAFETY: alive: the scheduler's reference is dropped behind the lock.
                unsafe { shared::retain(task) };
                tasks.push(task);
            }
            drop(list);
            for task in tasks {
                // SAFETY: retained above.
                read.extend(unsafe { inspect::shared(task) });
                // SAFETY: as above, once.
                unsafe { shared::release(task) };
            }
        }
        read
    }

    /// Whether every task has completed.
    pub(super) fn is_empty(&self) -> bool {
        self.lists.iter().all(|list| lock(list).tasks.len() == 0)
    }

    /// For a worker that takes part in the end and has nothing: sleeps while tasks are in other hands. `true`: there are no
    /// more; `false`: there is something to take.
    pub(super) fn wait_for_tasks(&self) -> bool {
        self.ending.wait(|| if self.inbox.is_empty() { self.is_empty().then_some(true) } else { Some(false) })
    }
}

/// The scheduler as a handle sees it.
pub(super) struct Remote<P: Plan>(pub(super) Arc<Shared<P>>);

// SAFETY: what is shared are atomics, locks, queues made for it, and `Send + Sync` mailboxes.
unsafe impl<P: Plan<Queue: WorkerQueue>> Send for Remote<P> {}
// SAFETY: as above.
unsafe impl<P: Plan<Queue: WorkerQueue>> Sync for Remote<P> {}

impl<P: Plan<Queue: WorkerQueue>> Scheduler for Remote<P> {
    fn kind(&self, size: usize) -> SchedulerKind {
        if let Some(most) = P::MAX_TASK_SIZE
            && size > most
        {
            return SchedulerKind::TooLarge(most);
        }
        let home = self.0.home();
        // A worker links the tasks that it spawns into a list of its own, so the lock is seldom contended.
        let shard = context::try_with(|context| context.own_queue(home).map(OwnQueue::index)).flatten();
        let shard = shard.unwrap_or(self.0.workers.len());
        SchedulerKind::Shared(home, u16::try_from(shard).expect("there are 1024 workers at most"))
    }

    fn accept(&self, task: Task) {
        // SAFETY: the task is new: the scheduler's reference keeps it alive.
        let shard = unsafe { shared::shard(task) };
        let mut list = lock(&self.0.lists[shard]);
        if list.closed {
            drop(list);
            // SAFETY: nobody else has seen the task; it is scheduled from the start, so this marks and does not push.
            unsafe { shared::cancel(task) };
            // SAFETY: the task is in no queue, so nobody else runs it.
            unsafe { shared::run(task) };
            // SAFETY: complete: this is the scheduler's reference.
            unsafe { shared::release(task) };
            return;
        }
        // SAFETY: the task is new and in no list, and the lock is held.
        unsafe { list.tasks.link(task) };
        drop(list);
        // SAFETY: the scheduler is alive, we hold it.
        unsafe { Shared::<P>::push(self.0.home(), task) };
    }

    fn blocking(&self) -> &Arc<BlockingPool> {
        &self.0.blocking
    }

    fn report(&self) -> &'static OptimizationReport {
        P::REPORT
    }

    fn dump(&self) -> Dump {
        let mut seats = Seats::new();
        seats.ask(&self.0.entry);
        self.0.workers.iter().for_each(|worker| seats.ask(&worker.mailbox));
        // While they read theirs.
        let tasks = self.0.inspect_all();
        let mut dump = seats.answered();
        dump.tasks.extend(tasks);
        dump
    }
}

impl<P: Plan> fmt::Debug for Shared<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shared").field("workers", &self.workers.len()).field("idle", &self.idle).finish_non_exhaustive()
    }
}
