//! The core that generated zokio runtimes stand on: use it through `zokio`.
//!
//! # The life of a task
//!
//! Eight steps, in the order of the modules that take them:
//!
//! 1. [`spawn`]: a future becomes a [`task`]: one allocation of header, future and, later, output. The runtime's plan says
//!    of which kind it is: *pinned* to a seat (one worker, `spawn_local`) or *shared* by the workers.
//! 2. [`queue`]: the task is put where its next poll will find it: the run-next slot and the ring of the worker that spawned
//!    it, the shared inbox when it comes from elsewhere or the ring is full.
//! 3. [`worker`]: a worker takes it from its own queue, from the inbox, or steals it, in the order of its strategy.
//! 4. poll (in [`task`]): the future runs. What panics is caught and goes to the handle.
//! 5. [`driver`]: the future submits an operation, or waits for readiness; [`timer`]: or for a time. It returns pending.
//! 6. park (in [`worker`]): a worker with nothing to poll sleeps in its driver until the next timer.
//! 7. completion: the driver's turn hands the kernel's answer over, the timer fires.
//! 8. wake: the task's waker puts it back into a queue (step 2) and unparks whoever is to poll it.
//!
//! A task ends when its future has returned, panicked or been aborted: the output or the error waits in the allocation for
//! the handle, and what refers to the task last frees it. A runtime ends by cancelling every task it has listed.
//!
//! [`context`] is how free functions find all of this on the thread that calls them, [`handle`] how other threads do;
//! [`report`] and [`platform`] say what was decided; `plumbing` is what expansions of the macros name.

pub mod contained;
pub mod context;
pub mod driver;
pub mod dump;
pub mod handle;
#[cfg(all(test, loom))]
mod loom;
pub mod machine;
pub mod platform;
#[doc(hidden)]
pub mod plumbing;
pub mod pool;
pub(crate) mod primitive;
pub mod queue;
pub mod report;
pub mod spawn;
pub mod sync;
pub mod task;
#[cfg(test)]
mod testing;
pub mod timer;
pub(crate) mod wake;
pub mod worker;
