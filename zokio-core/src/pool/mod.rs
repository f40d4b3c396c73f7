//! Pools: memory that is used again, without locks and without counting by atomics on the thread that owns it.
//!
//! A pool belongs to one seat, so taking from it is a few plain loads and stores. What it lent may come back on another
//! thread: that goes through the lock-free stack of [`returns`], which the owner empties when it comes by.
//!
//! [`ObjectPool`] lends slots for objects of one type, at addresses that stay; the timer's nodes come from one.
//! [`BufferPool`] lends buffers of one size.

pub mod buffer;
pub mod object;
pub(crate) mod returns;
mod thread;

pub use buffer::{BufferPool, PooledBuf};
pub use object::ObjectPool;

/// What a pool has done so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Statistics {
    /// How often something was made anew, because nothing free was at hand.
    pub created: u64,
    /// How often something free was lent once more.
    pub reused: u64,
    /// How many are lent out at present.
    pub outstanding: usize,
}
