//! Starting and stopping the worker threads of a runtime with several workers.
#![allow(unsafe_code)] // sends what workers share to their threads

use std::cell::RefCell;
use std::fmt;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::Instant;

use super::mailbox::{Mailbox, MailboxRef};
use super::plan::{EntrySeat, Plan, Schedule};
use super::run::Worker;
use super::seat::Seat;
use super::stealing::{Remote, Shared};
use crate::driver::Driver;
use crate::handle::Handle;
use crate::queue::steal::WorkerQueue;
use crate::task::LocalTasks;

/// The scheduler of several workers, each a thread with a driver and a timer of its own. Tasks move between them, by
/// stealing and through a shared inbox. `block_on` has a seat besides, which runs its future and `spawn_local` tasks.
pub struct WorkStealing<P: Plan> {
    entry: EntrySeat<P>,
    shared: Arc<Shared<P>>,
    threads: RefCell<Vec<thread::JoinHandle<()>>>,
}

type SeatMailbox<P> = MailboxRef<<<P as Plan>::Driver as Driver>::Unpark>;

/// What a worker thread gets to begin with, once all drivers are there.
struct Start<P: Plan> {
    shared: Arc<Shared<P>>,
    handle: Handle,
}

// SAFETY: `Shared` is for all threads of the runtime; see `Remote`.
unsafe impl<P: Plan<Queue: WorkerQueue>> Send for Start<P> {}

/// Workers that wait for the others to be there.
struct Starting<P: Plan> {
    threads: Vec<thread::JoinHandle<()>>,
    mailboxes: Vec<SeatMailbox<P>>,
    starts: Vec<Sender<Start<P>>>,
}

impl<P: Plan<Queue: WorkerQueue>> Starting<P> {
    fn with_capacity(count: usize) -> Self {
        Self {
            threads: Vec::with_capacity(count),
            mailboxes: Vec::with_capacity(count),
            starts: Vec::with_capacity(count),
        }
    }

    /// Starts one more.
    fn worker(&mut self, index: usize) -> io::Result<()> {
        let (start, started) = mpsc::channel();
        let (ready, readiness) = mpsc::channel();
        let name = format!("{}-{index}", P::THREAD_NAME);
        let thread = thread::Builder::new().name(name).spawn(move || worker_thread::<P>(index, &ready, &started))?;
        // Before its answer: whatever that is, the thread is waited for.
        self.threads.push(thread);
        self.starts.push(start);
        let mailbox = readiness.recv().map_err(|_| io::Error::other("a worker thread ended before it began"))??;
        self.mailboxes.push(mailbox);
        Ok(())
    }

    /// Ends those that wait, and returns when their drivers are gone.
    fn stop(self) {
        // With the senders go the threads that wait for them.
        drop(self.starts);
        for thread in self.threads {
            // A driver that panicked instead of failing has been reported by the hook, and is an error to the caller.
            let _ = thread.join();
        }
    }
}

impl<P: Plan<Queue: WorkerQueue>> Schedule<P> for WorkStealing<P> {
    fn start(driver: &P::Driver) -> io::Result<Self> {
        let count = P::WORKERS.count();
        let mut starting = Starting::<P>::with_capacity(count);
        for index in 0..count {
            if let Err(error) = starting.worker(index) {
                starting.stop();
                return Err(error);
            }
        }
        let Starting { threads, mailboxes, starts } = starting;
        let mailbox = Mailbox::new(driver.unparker());
        let shared = Shared::new(mailboxes, MailboxRef::clone(&mailbox));
        let handle = Handle::new(Arc::new(Remote(Arc::clone(&shared))));
        for start in starts {
            let start = start.send(Start { shared: Arc::clone(&shared), handle: handle.clone() });
            assert!(start.is_ok(), "a worker thread waits for its start");
        }
        Ok(Self { entry: EntrySeat::new(mailbox, handle), shared, threads: RefCell::new(threads) })
    }

    fn entry(&self) -> &EntrySeat<P> {
        &self.entry
    }

    fn stop(&self, deadline: Option<Instant>) -> bool {
        self.shared.close();
        let ended = self.shared.ending.wait_for_workers(deadline);
        if ended {
            for thread in self.threads.take() {
                // A worker's own panic has been printed by the hook; tasks' are caught.
                let _ = thread.join();
            }
        }
        ended
    }
}

/// The life of a worker thread: its driver is built here, since a ring belongs to the thread that runs it.
fn worker_thread<P: Plan<Queue: WorkerQueue>>(
    index: usize,
    ready: &Sender<io::Result<SeatMailbox<P>>>,
    start: &Receiver<Start<P>>,
) {
    let driver = match P::Driver::new() {
        Ok(driver) => driver,
        Err(error) => {
            // If the receiver is gone the runtime has given up already.
            let _ = ready.send(Err(error));
            return;
        }
    };
    let mailbox = Mailbox::new(driver.unparker());
    if ready.send(Ok(MailboxRef::clone(&mailbox))).is_err() {
        return;
    }
    let Ok(Start { shared, handle }) = start.recv() else {
        return;
    };
    let _ended = Ended(Arc::clone(&shared));
    let timer = P::Timer::default();
    let local = LocalTasks::new(Mailbox::home(&mailbox), P::MAX_TASK_SIZE);
    let seat = Seat { local: &local, mailbox: &mailbox, driver: &driver, timer: &timer };
    let worker = Worker::new(shared, index);
    seat.enter(&handle, Some(&worker), || {
        // A panic that gets here (the driver cannot go on) has been printed by the hook. It ends this worker alone.
        if catch_unwind(AssertUnwindSafe(|| worker.run(&seat))).is_err() {
            worker.give_up();
        }
    });
    seat.shut_down(&handle);
}

/// Reports the end of a worker thread, also when it panics.
struct Ended<P: Plan<Queue: WorkerQueue>>(Arc<Shared<P>>);

impl<P: Plan<Queue: WorkerQueue>> Drop for Ended<P> {
    fn drop(&mut self) {
        self.0.ending.worker_ended();
    }
}

impl<P: Plan> fmt::Debug for WorkStealing<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WorkStealing").field("shared", &self.shared).finish_non_exhaustive()
    }
}
