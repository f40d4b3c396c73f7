//! A handle of a runtime that any thread may hold.

use std::fmt;
use std::future::Future;
use std::sync::Arc;

use crate::context;
use crate::driver::blocking::{BlockingPool, Duty};
use crate::dump::Dump;
use crate::report::OptimizationReport;
use crate::task::{JoinHandle, Task};
use crate::worker::home::Home;

/// What a runtime shows to other threads. One implementation for each kind of scheduler.
pub(crate) trait Scheduler: Send + Sync {
    /// Where new tasks go whose future has this size, and of which kind they are.
    fn kind(&self, size: usize) -> SchedulerKind;
    /// Takes a task that `kind` said how to make, from any thread. After the shutdown the task is cancelled.
    fn accept(&self, task: Task);
    /// The threads for calls that block.
    fn blocking(&self) -> &Arc<BlockingPool>;
    /// What was decided about this runtime when it was compiled.
    fn report(&self) -> &'static OptimizationReport;
    /// What its tasks wait for, from any thread.
    fn dump(&self) -> Dump;
}

/// The kind of tasks that a runtime's `spawn` makes.
#[derive(Clone, Copy)]
pub(crate) enum SchedulerKind {
    /// One worker: every task is pinned to its seat.
    Pinned(*const Home),
    /// Several workers: tasks are shared; the number is the list that the next one belongs to.
    Shared(*const Home, u16),
    /// None: futures of tasks have at most so many bytes.
    TooLarge(usize),
}

/// A handle of a running runtime: spawns tasks on it from any thread. Cloning it is cheap; it does not keep the runtime
/// running.
#[derive(Clone)]
pub struct Handle {
    scheduler: Arc<dyn Scheduler>,
}

impl Handle {
    pub(crate) fn new(scheduler: Arc<impl Scheduler + 'static>) -> Self {
        Self { scheduler }
    }

    /// The handle of the runtime on whose thread this is called.
    ///
    /// # Panics
    /// Outside of a runtime.
    #[track_caller]
    #[must_use]
    pub fn current() -> Self {
        context::with(|context| context.handle.clone())
    }

    /// The handle of the runtime on whose thread this is called, if there is one.
    #[must_use]
    pub fn try_current() -> Option<Self> {
        context::try_with(|context| context.handle.clone())
    }

    /// Spawns a task on the runtime; see the free function `spawn`. After the runtime's shutdown the task is cancelled
    /// at once.
    ///
    /// # Panics
    /// When the future is larger than the runtime's `max_task_size`.
    pub fn spawn<F>(&self, future: F) -> JoinHandle<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        crate::spawn::on(&*self.scheduler, future)
    }

    /// Runs a closure that blocks on a thread of the runtime's blocking pool; see the free function `spawn_blocking`.
    pub fn spawn_blocking<F, R>(&self, f: F) -> JoinHandle<R>
    where
        F: FnOnce() -> R + Send + 'static,
        R: Send + 'static,
    {
        self.spawn_on_pool(Duty::Optional, f)
    }

    pub(crate) fn spawn_on_pool<F, R>(&self, duty: Duty, f: F) -> JoinHandle<R>
    where
        F: FnOnce() -> R + Send + 'static,
        R: Send + 'static,
    {
        BlockingPool::spawn(self.scheduler.blocking(), self, duty, f)
    }

    /// Lists the tasks of the runtime, and what each waits for: see the free function `task::dump`. To be called from any thread.
    #[must_use]
    pub fn dump(&self) -> Dump {
        self.scheduler.dump()
    }

    pub(crate) fn blocking(&self) -> &Arc<BlockingPool> {
        self.scheduler.blocking()
    }

    /// What was decided about the runtime when it was compiled.
    #[must_use]
    pub fn report(&self) -> &'static OptimizationReport {
        self.scheduler.report()
    }
}

impl fmt::Debug for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Handle").field("runtime", &self.report().name).finish_non_exhaustive()
    }
}
