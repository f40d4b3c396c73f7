//! Tasks: futures that the runtime polls on its own account, from their spawn to their end.
//!
//! Names and semantics are those of `tokio::task`. A task runs whether or not its [`JoinHandle`] is awaited, and dropping
//! the handle detaches it; a panic in it is caught and comes out of the handle as a [`JoinError`].

mod yield_now;

pub use yield_now::yield_now;
pub use zokio_core::dump::{Await, Dump, TaskDump, TaskId, TaskState, dump};
pub use zokio_core::spawn::{spawn, spawn_blocking, spawn_local};
pub use zokio_core::task::{AbortHandle, JoinError, JoinHandle};
