//! The scheduler of a runtime with one worker: the thread in `block_on` is the worker, and every task is pinned to it.

use std::fmt;
use std::io;
use std::sync::Arc;
use std::time::Instant;

use super::mailbox::{Mailbox, MailboxRef};
use super::plan::{EntrySeat, Plan, Schedule};
use crate::driver::Driver;
use crate::driver::blocking::BlockingPool;
use crate::dump::{Dump, seat::Seats};
use crate::handle::{Handle, Scheduler, SchedulerKind};
use crate::report::OptimizationReport;
use crate::task::Task;

/// The scheduler of one worker. Nothing of it is shared but a mailbox: spawning, waking and polling on the worker's own
/// thread are plain loads and stores.
pub struct OneWorker<P: Plan> {
    entry: EntrySeat<P>,
}

/// What other threads see of it.
struct Remote<P: Plan> {
    mailbox: MailboxRef<<P::Driver as Driver>::Unpark>,
    blocking: Arc<BlockingPool>,
}

impl<P: Plan> Scheduler for Remote<P> {
    fn kind(&self, size: usize) -> SchedulerKind {
        if let Some(most) = P::MAX_TASK_SIZE
            && size > most
        {
            return SchedulerKind::TooLarge(most);
        }
        SchedulerKind::Pinned(Mailbox::home(&self.mailbox))
    }

    fn accept(&self, task: Task) {
        Mailbox::accept(&self.mailbox, task);
    }

    fn blocking(&self) -> &Arc<BlockingPool> {
        &self.blocking
    }

    fn report(&self) -> &'static OptimizationReport {
        P::REPORT
    }

    fn dump(&self) -> Dump {
        let mut seats = Seats::new();
        seats.ask(&self.mailbox);
        seats.answered()
    }
}

impl<P: Plan> Schedule<P> for OneWorker<P> {
    fn start(driver: &P::Driver) -> io::Result<Self> {
        let mailbox = Mailbox::new(driver.unparker());
        let blocking = BlockingPool::new(P::BLOCKING_THREADS, P::THREAD_NAME);
        let remote = Remote::<P> { mailbox: MailboxRef::clone(&mailbox), blocking };
        Ok(Self { entry: EntrySeat::new(mailbox, Handle::new(Arc::new(remote))) })
    }

    fn entry(&self) -> &EntrySeat<P> {
        &self.entry
    }

    fn stop(&self, _: Option<Instant>) -> bool {
        // There are no threads but the caller's, whose seat is shut down by the caller.
        true
    }
}

impl<P: Plan> fmt::Debug for OneWorker<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OneWorker").field("tasks", &self.entry.local.len()).finish()
    }
}
