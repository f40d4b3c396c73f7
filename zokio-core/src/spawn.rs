//! Spawning: a future becomes a task of the runtime on whose thread the call is made.
#![allow(unsafe_code)] // turns a new task, whose output type is known here, into a typed handle

use std::future::Future;

use crate::context;
use crate::handle::{Scheduler, SchedulerKind};
use crate::task::{JoinHandle, LocalTasks, budget, remote, shared};

/// Spawns a task: the future runs concurrently with the caller, from the next turn of a worker on, whether or not the
/// handle is awaited.
///
/// ```
/// use zokio_core::spawn::spawn;
///
/// async fn example() {
///     let answer = spawn(async { 6 * 7 });
///     assert_eq!(answer.await.unwrap(), 42);
/// }
/// # let _ = example();
/// ```
///
/// # Panics
/// Outside of a runtime; when the future is larger than the runtime's `max_task_size`.
#[track_caller]
pub fn spawn<F>(future: F) -> JoinHandle<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    context::with(|context| context.handle.spawn(future))
}

/// Spawns a task that stays on this thread, so that its future need not be `Send`.
///
/// On a worker thread of a runtime with several workers the task stays on that worker; in `block_on` it runs while the
/// `block_on` runs.
///
/// # Panics
/// Outside of a runtime, and on a thread of the blocking pool; when the future is larger than the runtime's `max_task_size`.
#[track_caller]
pub fn spawn_local<F>(future: F) -> JoinHandle<F::Output>
where
    F: Future + 'static,
    F::Output: 'static,
{
    context::with(|context| on_seat(context.seat().local, future))
}

/// Spawns on the seat of this thread.
pub(crate) fn on_seat<F: Future>(local: &LocalTasks, future: F) -> JoinHandle<F::Output> {
    if size_of::<F>() > local.largest {
        budget::too_large::<F>(local.largest);
    }
    let task = local.spawn(future);
    // SAFETY: `LocalTasks::spawn` counted a reference for the handle; the output is that of the future.
    unsafe { JoinHandle::new(task) }
}

/// Runs a closure that blocks, on a thread kept for that, and returns a handle of its result.
///
/// Aborting the handle cancels a closure that has not begun; one that runs, runs to its end.
///
/// # Panics
/// Outside of a runtime.
#[track_caller]
pub fn spawn_blocking<F, R>(f: F) -> JoinHandle<R>
where
    F: FnOnce() -> R + Send + 'static,
    R: Send + 'static,
{
    context::with(|context| context.handle.spawn_blocking(f))
}

/// Spawns on a given runtime, from any thread.
pub(crate) fn on<F>(scheduler: &dyn Scheduler, future: F) -> JoinHandle<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    let task = match scheduler.kind(size_of::<F>()) {
        SchedulerKind::Pinned(home) => match context::seat_of(home) {
            Some(seat) => seat.spawn(future),
            None => {
                let task = remote::allocate(future, home);
                scheduler.accept(task);
                task
            }
        },
        SchedulerKind::Shared(home, shard) => {
            let task = shared::allocate(future, home, shard);
            scheduler.accept(task);
            task
        }
        SchedulerKind::TooLarge(most) => budget::too_large::<F>(most),
    };
    // SAFETY: all ways count a reference for the handle; the output is that of the future.
    unsafe { JoinHandle::new(task) }
}
