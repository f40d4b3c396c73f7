//! The plan of a runtime as a type: what the macro writes and the core runs.

use std::cell::Cell;
use std::fmt;
use std::future::Future;
use std::io;
use std::time::{Duration, Instant};

use super::mailbox::{Mailbox, MailboxRef};
use super::seat::Seat;
use super::strategy::Strategy;
use crate::driver::Driver;
use crate::handle::Handle;
use crate::report::OptimizationReport;
use crate::task::{JoinHandle, LocalTasks, budget};
use crate::timer::Timer;

/// Everything that was decided about a runtime, as types and constants. The generated struct implements it; all run-time
/// code is generic over it, so nothing that was not chosen is compiled in.
pub trait Plan: Sized + 'static {
    /// Who polls which task.
    type Scheduler: Schedule<Self>;
    /// What waits for the kernel.
    type Driver: Driver;
    /// Where tasks are allocated.
    type Allocator: Default + fmt::Debug;
    /// What waits for the time.
    type Timer: Timer + Default + fmt::Debug;
    /// The queue of each worker.
    type Queue;
    /// The order in which a worker looks at its queues.
    type Strategy: Strategy;

    /// The name of the runtime: that of the annotated item.
    const NAME: &'static str;
    /// How many workers there are.
    const WORKERS: Workers;
    /// Whether workers take tasks from each other's queues.
    const STEALING: bool;
    /// The most threads that the blocking pool starts.
    const BLOCKING_THREADS: usize;
    /// The name of worker threads; `-N` is added to it.
    const THREAD_NAME: &'static str;
    /// The most bytes that the future of a task may have.
    const MAX_TASK_SIZE: Option<usize> = None;
    /// What was decided, with reasons.
    const REPORT: &'static OptimizationReport;

    /// Makes the struct of its parts.
    fn assemble(parts: Assembled<Self>) -> Self;

    /// The parts of the struct.
    fn parts(&self) -> Parts<'_, Self>;
}

/// How many workers a runtime has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Workers {
    /// This many, known when the runtime was compiled.
    Exactly(usize),
    /// As many as the machine runs threads at once, asked at start.
    Auto,
}

impl Workers {
    /// The number of workers on this machine.
    #[must_use]
    pub fn count(self) -> usize {
        match self {
            Self::Exactly(count) => count,
            Self::Auto => std::thread::available_parallelism().map_or(1, std::num::NonZero::get).min(1024),
        }
    }
}

/// The parts that a generated struct is made of.
#[derive(Debug)]
pub struct Assembled<P: Plan> {
    /// The scheduler, with its worker threads started.
    pub scheduler: P::Scheduler,
    /// The driver of the seat that `block_on` runs on.
    pub driver: P::Driver,
    /// The allocator of tasks.
    pub allocator: P::Allocator,
    /// The timer of the seat that `block_on` runs on.
    pub timer: P::Timer,
}

/// The parts of a generated struct.
#[derive(Debug)]
pub struct Parts<'a, P: Plan> {
    /// See [`Assembled::scheduler`].
    pub scheduler: &'a P::Scheduler,
    /// See [`Assembled::driver`].
    pub driver: &'a P::Driver,
    /// See [`Assembled::allocator`].
    pub allocator: &'a P::Allocator,
    /// See [`Assembled::timer`].
    pub timer: &'a P::Timer,
}

/// A scheduler for the plan `P`.
pub trait Schedule<P: Plan>: Sized + fmt::Debug {
    /// Starts it; `driver` is that of the entry seat, on the calling thread.
    ///
    /// # Errors
    /// When a worker's thread or driver cannot be made; what was started is stopped again.
    fn start(driver: &P::Driver) -> io::Result<Self>;

    /// The scheduler's side of the seat that `block_on` runs on.
    fn entry(&self) -> &EntrySeat<P>;

    /// Ends the worker threads and the tasks on them, waiting for it until `deadline` at most; `false`: it came first.
    fn stop(&self, deadline: Option<Instant>) -> bool;
}

/// The scheduler's side of the seat that `block_on` runs on.
pub struct EntrySeat<P: Plan> {
    pub(crate) local: LocalTasks,
    pub(crate) mailbox: MailboxRef<<P::Driver as Driver>::Unpark>,
    pub(crate) handle: Handle,
    /// A shutdown has not waited to the end.
    left_behind: Cell<bool>,
}

impl<P: Plan> EntrySeat<P> {
    pub(crate) fn new(mailbox: MailboxRef<<P::Driver as Driver>::Unpark>, handle: Handle) -> Self {
        let local = LocalTasks::new(Mailbox::home(&mailbox), P::MAX_TASK_SIZE);
        Self { local, mailbox, handle, left_behind: Cell::new(false) }
    }
}

impl<P: Plan> fmt::Debug for EntrySeat<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EntrySeat").field("tasks", &self.local.len()).finish_non_exhaustive()
    }
}

impl<P: Plan> Parts<'_, P> {
    /// The seat that `block_on` runs on.
    fn seat(&self) -> Seat<'_, P::Driver, P::Timer> {
        let EntrySeat { local, mailbox, .. } = self.scheduler.entry();
        Seat { local, mailbox, driver: self.driver, timer: self.timer }
    }
}

/// Starts a runtime: the entry seat on this thread, then the workers.
///
/// # Errors
/// When the kernel refuses what the plan needs. The text says what, why, and what to write instead.
pub fn build<P: Plan>() -> io::Result<P> {
    let driver = P::Driver::new()?;
    let scheduler = P::Scheduler::start(&driver)?;
    Ok(P::assemble(Assembled { scheduler, driver, allocator: P::Allocator::default(), timer: P::Timer::default() }))
}

/// Drives a future on the calling thread until it is ready.
///
/// # Panics
/// On a thread that drives a runtime already; with the panic of the future.
#[track_caller]
pub fn block_on<P: Plan, F: Future>(runtime: &P, future: F) -> F::Output {
    crate::context::assert_no_seat();
    let parts = runtime.parts();
    let seat = parts.seat();
    seat.enter(&parts.scheduler.entry().handle, None, || seat.block_on(future))
}

/// Spawns a task from the thread that owns the runtime. With one worker it runs during the next `block_on`.
pub fn spawn<P: Plan, F>(runtime: &P, future: F) -> JoinHandle<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    const { budget::fits::<P, F>() };
    runtime.parts().scheduler.entry().handle.spawn(future)
}

/// Spawns a task that stays on the thread that owns the runtime; it runs during the next `block_on`.
pub fn spawn_local<P: Plan, F>(runtime: &P, future: F) -> JoinHandle<F::Output>
where
    F: Future + 'static,
    F::Output: 'static,
{
    const { budget::fits::<P, F>() };
    crate::spawn::on_seat(&runtime.parts().scheduler.entry().local, future)
}

/// Runs a closure that blocks on the runtime's blocking pool.
pub fn spawn_blocking<P: Plan, F, R>(runtime: &P, f: F) -> JoinHandle<R>
where
    F: FnOnce() -> R + Send + 'static,
    R: Send + 'static,
{
    runtime.parts().scheduler.entry().handle.spawn_blocking(f)
}

/// A handle for other threads.
pub fn handle<P: Plan>(runtime: &P) -> Handle {
    runtime.parts().scheduler.entry().handle.clone()
}

/// Shuts the runtime down and waits until every task is dropped and every closure of the blocking pool has returned.
/// Calling it again does nothing. After a [`shutdown_timeout`] that timed out it does not wait.
pub fn shutdown<P: Plan>(runtime: &P) {
    end(runtime, None);
}

/// Shuts the runtime down, waiting for closures that block and for tasks in the middle of a poll no longer than
/// `timeout`.
pub fn shutdown_timeout<P: Plan>(runtime: &P, timeout: Duration) {
    end(runtime, Instant::now().checked_add(timeout));
}

fn end<P: Plan>(runtime: &P, deadline: Option<Instant>) {
    let parts = runtime.parts();
    let EntrySeat { handle, left_behind, .. } = parts.scheduler.entry();
    // Whatever has been left to itself once stays so: the drop of the struct comes after a shutdown with a deadline, and
    // would wait without one.
    let deadline = if left_behind.get() { Some(Instant::now()) } else { deadline };
    let stopped = parts.scheduler.stop(deadline);
    parts.seat().shut_down(handle);
    let returned = handle.blocking().shut_down(deadline);
    left_behind.set(!(stopped && returned));
}

/// Runs an annotated `main`: builds, blocks, shuts down. A runtime that cannot start is reported on standard error, and
/// the process ends with code 1.
pub fn run_main<P: Plan, F: Future>(future: F) -> F::Output {
    match build::<P>() {
        Ok(runtime) => block_on(&runtime, future),
        Err(error) => {
            eprintln!("error: the runtime `{}` cannot start: {error}", P::NAME);
            std::process::exit(1);
        }
    }
}

/// Runs an annotated test.
///
/// # Panics
/// When the runtime cannot start; with the panic of the test.
#[track_caller]
pub fn run_test<P: Plan, F: Future>(future: F) -> F::Output {
    match build::<P>() {
        Ok(runtime) => block_on(&runtime, future),
        Err(error) => panic!("the runtime `{}` cannot start: {error}", P::NAME),
    }
}
