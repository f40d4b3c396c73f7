//! A pool of byte buffers of one size.
#![allow(unsafe_code)] // buffers come back as pointers

use std::cell::{Cell, RefCell};
use std::fmt;
use std::ptr::{self, NonNull};

use super::returns::{Link, Linked, Returns};
use super::{Statistics, thread};
use crate::primitive::Arc;

mod pooled;
#[cfg(all(test, not(loom)))]
mod tests;

pub use pooled::PooledBuf;

/// A pool of byte buffers of one size, for one thread.
///
/// [`take`](Self::take) lends a [`PooledBuf`], which comes back by itself when it is dropped: on the pool's thread with
/// plain loads and stores; on any other thread through a lock-free stack, from which the pool's thread fetches it when
/// it has no other buffer left. When the pool is gone, buffers are freed.
///
/// ```
/// use zokio_core::pool::BufferPool;
///
/// let pool = BufferPool::new(4096, 16);
/// let mut buffer = pool.take();
/// buffer.extend_from_slice(b"hello");
/// assert_eq!((&buffer[..], buffer.capacity()), (&b"hello"[..], 4096));
///
/// std::thread::spawn(move || drop(buffer)).join().unwrap();
/// assert!(pool.take().is_empty());
/// assert_eq!((pool.statistics().created, pool.statistics().reused), (1, 1));
/// ```
pub struct BufferPool {
    shared: Arc<Shared>,
}

/// What the buffers point to. As with the timer, they are not counted as long as the pool is there; when it goes, it
/// counts one reference for each that is still out, *then* closes the stack.
struct Shared {
    /// The pool's thread, if it has a number.
    thread: Option<u64>,
    size: usize,
    most_vacant: usize,
    returns: Returns<Buffer>,
    // From here on: the pool's thread alone.
    vacant: RefCell<Vec<NonNull<Buffer>>>,
    open: Cell<bool>,
    created: Cell<u64>,
    reused: Cell<u64>,
    outstanding: Cell<usize>,
}

/// One buffer, in a box of its own.
struct Buffer {
    shared: NonNull<Shared>,
    link: Link<Self>,
    bytes: Box<[u8]>,
}

impl Linked for Buffer {
    fn link(&self) -> &Link<Self> {
        &self.link
    }
}

/// # Safety
/// The buffer is nobody else's.
unsafe fn free(buffer: NonNull<Buffer>) {
    // SAFETY: buffers are made from boxes, and by the caller's promise this one is ours.
    drop(unsafe { Box::from_raw(buffer.as_ptr()) });
}

impl BufferPool {
    /// A pool of buffers of `size` bytes that keeps `most_vacant` of them, at most, for later. It allocates nothing yet.
    #[must_use]
    pub fn new(size: usize, most_vacant: usize) -> Self {
        #[allow(clippy::arc_with_non_send_sync, reason = "other threads use `thread` and `returns` alone")]
        let shared = Arc::new(Shared {
            thread: thread::number(),
            size,
            most_vacant,
            returns: Returns::new(),
            vacant: RefCell::new(Vec::new()),
            open: Cell::new(true),
            created: Cell::new(0),
            reused: Cell::new(0),
            outstanding: Cell::new(0),
        });
        Self { shared }
    }

    /// An empty buffer. Its capacity may hold bytes of an earlier use, which [`PooledBuf::set_len`] would show.
    #[must_use]
    pub fn take(&self) -> PooledBuf {
        let shared = &self.shared;
        let mut vacant = shared.vacant.borrow_mut().pop();
        if vacant.is_none() {
            self.collect();
            vacant = shared.vacant.borrow_mut().pop();
        }
        shared.outstanding.set(shared.outstanding.get() + 1);
        let count = if vacant.is_some() { &shared.reused } else { &shared.created };
        count.set(count.get() + 1);
        let buffer = vacant.unwrap_or_else(|| {
            NonNull::from(Box::leak(Box::new(Buffer {
                shared: NonNull::new(Arc::as_ptr(shared).cast_mut())
                    .unwrap_or_else(|| unreachable!("an `Arc` is not null")),
                link: Link::new(ptr::null_mut()),
                bytes: vec![0; shared.size].into_boxed_slice(),
            })))
        });
        PooledBuf::new(buffer)
    }

    /// The size of the buffers.
    #[must_use]
    pub fn buffer_size(&self) -> usize {
        self.shared.size
    }

    /// What the pool has done so far; buffers that were dropped on other threads are fetched before.
    #[must_use]
    pub fn statistics(&self) -> Statistics {
        self.collect();
        let shared = &self.shared;
        Statistics { created: shared.created.get(), reused: shared.reused.get(), outstanding: shared.outstanding.get() }
    }

    /// Fetches what was dropped on other threads.
    fn collect(&self) {
        for buffer in self.shared.returns.take() {
            // SAFETY: it was given back to us.
            unsafe { self.shared.put(buffer) };
        }
    }
}

impl Shared {
    /// Keeps a buffer for later, or frees it. For the pool's thread.
    ///
    /// # Safety
    /// The buffer is of this pool and nobody else's.
    unsafe fn put(&self, buffer: NonNull<Buffer>) {
        self.outstanding.set(self.outstanding.get() - 1);
        let mut vacant = self.vacant.borrow_mut();
        if vacant.len() < self.most_vacant {
            vacant.push(buffer);
        } else {
            // SAFETY: by the caller's promise.
            unsafe { free(buffer) };
        }
    }
}

impl Drop for BufferPool {
    fn drop(&mut self) {
        self.collect();
        let shared = Arc::as_ptr(&self.shared);
        for _ in 0..self.shared.outstanding.get() {
            // SAFETY: `self.shared` is a reference.
            unsafe { Arc::increment_strong_count(shared) };
        }
        self.shared.open.set(false);
        for buffer in self.shared.returns.close() {
            // SAFETY: it was given back to us.
            unsafe { free(buffer) };
            // SAFETY: one was counted for it above.
            unsafe { Arc::decrement_strong_count(shared) };
        }
        for buffer in self.shared.vacant.take() {
            // SAFETY: vacant buffers are the pool's.
            unsafe { free(buffer) };
        }
    }
}

impl fmt::Debug for BufferPool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BufferPool").field("buffer_size", &self.shared.size).finish_non_exhaustive()
    }
}
