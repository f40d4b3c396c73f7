//! Tasks: futures that the runtime polls on its own account, from their spawn to their end.
//!
//! Names and semantics are those of `tokio::task`. A task runs whether or not its [`JoinHandle`] is awaited, and dropping
//! the handle detaches it; a panic in it is caught and comes out of the handle as a [`JoinError`].

mod join_set;
mod local_key;
mod yield_now;

/// The cooperative budget: how much a task may do in one poll before it lets others run.
///
/// A poll begins with a budget of 128 units. Each future of Zokio's that is ready takes one: of a handle, a timer, a channel, a lock or a
/// socket. Where none is left they are pending, and the task is polled again behind those that are ready meanwhile. So no task keeps a worker to
/// itself that awaits now and then, whatever it awaits; one that computes without awaiting calls [`consume_budget`].
pub mod coop {
    pub use zokio_core::task::coop::{
        Coop, RestoreOnPending, Unconstrained, consume_budget, cooperative, has_budget_remaining, poll_proceed,
        unconstrained,
    };
}

pub use coop::{consume_budget, unconstrained};
pub use join_set::JoinSet;
pub use local_key::{AccessError, LocalKey, TaskLocalFuture};
pub use yield_now::yield_now;
pub use zokio_core::dump::{Await, Dump, TaskDump, TaskState, dump};
pub use zokio_core::spawn::{spawn, spawn_blocking, spawn_local};
pub use zokio_core::task::{AbortHandle, Id, JoinError, JoinHandle, id, try_id};
