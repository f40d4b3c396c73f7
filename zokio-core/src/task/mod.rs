//! A task: one allocation with a 64-byte header, then the future, later its output in the same place.
//!
//! # Two kinds
//! A **pinned** task belongs to one seat (a worker, or the thread in `block_on`) for its whole life: every task of a
//! one-worker runtime, and what `spawn_local` makes. Its owner's path has no atomic read-modify-write. A **shared** task
//! is polled by whichever worker takes it.
//!
//! # Kinds of references
//! - The *scheduler's*, from spawn to completion. Being in a queue or in a list counts nothing: only tasks that are not
//!   complete are queued, and the scheduler's reference keeps those alive.
//! - The *handle's* ([`JoinHandle`], one per task at most), each [`AbortHandle`]'s and each waker's.
//!
//! # Who may touch what, when
//! - `stage` (future or output): while RUNNING, the thread that set it; after COMPLETE, the handle, or, where there is
//!   none, the thread that completed the task; at the end whoever dropped the last reference.
//!   Reading what a future waits for ([`inspect`]) is one of these, though no poll: by the owner's thread, or by who has set RUNNING for it.
//! - `join_waker`: pinned, the owner's thread; shared, the handle while JOIN_WAKER is clear, else read only.
//! - `remote_join`: any thread, by `swap`.
//! - `links`: pinned, the owner's thread; shared, under the lock of the task's list.
//!
//! # Pinned tasks and other threads
//! Another thread sets a request in the remote word and, if it is the first, pushes the task into the owner's inbox. The
//! owner takes the requests when it takes the task out. While a task is QUEUED the owner neither frees nor merges it, so
//! a seat that shuts down waits for pushes under way.
//!
//! References are counted where they are cloned and dropped, so the owner's count and the others' have a meaning in sum
//! only. Other threads tell the owner when their count falls below zero. While a task is not complete the owner takes
//! their count over then, and when its own falls to zero. When its own count of a complete task is not above zero (or the
//! seat shuts down) nobody would tell it about the last reference: it *merges* its count into the remote word; from then
//! on the last to release frees, on whatever thread.
//!
//! A future or output that is not `Send` is dropped on the owner's thread: the future always is, the output is taken or
//! dropped by its handle, which is not `Send` either, or by the owner.

mod any;
pub(crate) mod budget;
mod cell;
pub mod coop;
mod error;
mod header;
mod id;
pub(crate) mod inspect;
mod join;
pub(crate) mod local;
pub(crate) mod polled;
pub(crate) mod remote;
pub(crate) mod shared;
mod state;
mod storage;

pub use error::JoinError;
pub use header::Task;
pub use id::{Id, id, try_id};
pub use join::{AbortHandle, JoinHandle};
pub(crate) use local::LocalTasks;
pub(crate) use storage::OwnedList;

/// Size of a task's header in bytes.
pub const HEADER_SIZE: usize = size_of::<header::Header>();

/// Alignment of a task's header in bytes.
pub const HEADER_ALIGN: usize = align_of::<header::Header>();

#[cfg(all(target_pointer_width = "64", not(loom)))]
const _: () = assert!(HEADER_SIZE == 64, "a task's header is one cache line");
