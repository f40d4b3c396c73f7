//! Synchronisation between tasks, whatever polls them.

pub(crate) mod blocking;
pub mod oneshot;
pub mod semaphore;
mod slot;
pub mod spsc;
