//! A pool of byte buffers of one size.
#![allow(unsafe_code)] // buffers come back as pointers

use std::cell::{Cell, RefCell};
use std::fmt;
use std::ops::{Deref, DerefMut};
use std::ptr::{self, NonNull};

use super::returns::{Closed, Link, Linked, Returns};
use super::{Statistics, thread};
use crate::primitive::Arc;

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
        PooledBuf { buffer, len: 0 }
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

/// A buffer that a [`BufferPool`] lends: bytes with a length, within a capacity that does not grow, at an address that
/// does not change. Dropping it gives it back, on any thread.
pub struct PooledBuf {
    buffer: NonNull<Buffer>,
    /// Not more than the capacity.
    len: usize,
}

// SAFETY: the bytes are this value's alone; what other threads may do with the pool is said at `Shared`.
unsafe impl Send for PooledBuf {}
// SAFETY: sharing it shares bytes to read.
unsafe impl Sync for PooledBuf {}

impl PooledBuf {
    const fn bytes(&self) -> &[u8] {
        // SAFETY: the buffer is ours, so the bytes are borrowed as we are.
        unsafe { &(*self.buffer.as_ptr()).bytes }
    }

    const fn bytes_mut(&mut self) -> &mut [u8] {
        // SAFETY: as above.
        unsafe { &mut (*self.buffer.as_ptr()).bytes }
    }

    /// How many bytes there is room for.
    #[must_use]
    pub const fn capacity(&self) -> usize {
        self.bytes().len()
    }

    /// Sets the length. All of the capacity is initialised at all times: what a longer length shows is what was there.
    ///
    /// # Panics
    /// If `len` is more than the capacity.
    pub fn set_len(&mut self, len: usize) {
        assert!(len <= self.capacity(), "a length of {len} in a buffer of {}", self.capacity());
        self.len = len;
    }

    /// Sets the length to zero.
    pub const fn clear(&mut self) {
        self.len = 0;
    }

    /// Appends bytes.
    ///
    /// # Panics
    /// If they do not fit.
    pub fn extend_from_slice(&mut self, bytes: &[u8]) {
        let begin = self.len;
        self.set_len(begin + bytes.len());
        self[begin..].copy_from_slice(bytes);
    }
}

impl Deref for PooledBuf {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.bytes()[..self.len]
    }
}

impl DerefMut for PooledBuf {
    fn deref_mut(&mut self) -> &mut [u8] {
        let len = self.len;
        &mut self.bytes_mut()[..len]
    }
}

impl Drop for PooledBuf {
    fn drop(&mut self) {
        let buffer = self.buffer;
        // SAFETY: the buffer is ours until it is given back.
        let shared = unsafe { buffer.as_ref() }.shared;
        // SAFETY: a buffer that is out keeps its shared part alive, by the pool or by a count.
        let part = unsafe { shared.as_ref() };
        if part.thread.is_some() && part.thread == thread::number() {
            if part.open.get() {
                // SAFETY: given up by us, on the pool's thread.
                unsafe { part.put(buffer) };
                return;
            }
        // SAFETY: given up by us, with this as the last use.
        } else if unsafe { part.returns.push(buffer) } != Err(Closed) {
            return;
        }
        // SAFETY: the pool is gone, so the buffer is still ours.
        unsafe { free(buffer) };
        // SAFETY: the pool has counted one for this buffer before it closed.
        unsafe { Arc::decrement_strong_count(shared.as_ptr()) };
    }
}

impl fmt::Debug for PooledBuf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PooledBuf").field("len", &self.len).field("capacity", &self.capacity()).finish()
    }
}

#[cfg(all(test, not(loom)))]
mod tests {
    use super::*;

    #[test]
    fn a_buffer_comes_back_by_itself() {
        let pool = BufferPool::new(8, 4);
        let first = pool.take();
        let address = first.bytes().as_ptr();
        drop(first);
        let second = pool.take();
        assert_eq!((second.bytes().as_ptr(), second.len(), second.capacity()), (address, 0, 8));
        assert_eq!(pool.statistics(), Statistics { created: 1, reused: 1, outstanding: 1 });
    }

    #[test]
    fn a_buffer_comes_back_from_another_thread() {
        let pool = BufferPool::new(8, 4);
        let buffers = [pool.take(), pool.take()];
        std::thread::spawn(move || drop(buffers)).join().unwrap();
        let _again = [pool.take(), pool.take()];
        assert_eq!(pool.statistics(), Statistics { created: 2, reused: 2, outstanding: 2 });
    }

    #[test]
    fn no_more_are_kept_than_was_said() {
        let pool = BufferPool::new(8, 1);
        drop([pool.take(), pool.take(), pool.take()]);
        drop([pool.take(), pool.take()]);
        assert_eq!(pool.statistics(), Statistics { created: 4, reused: 1, outstanding: 0 });
    }

    #[test]
    fn buffers_outlive_their_pool() {
        let pool = BufferPool::new(8, 4);
        let (mut here, mut there, gone) = (pool.take(), pool.take(), pool.take());
        std::thread::spawn(move || drop(gone)).join().unwrap();
        drop(pool);
        here.extend_from_slice(b"here");
        there.extend_from_slice(b"there");
        assert_eq!(&*here, b"here");
        drop(here);
        let length = std::thread::spawn(move || there.len()).join().unwrap();
        assert_eq!(length, 5);
    }

    #[test]
    fn the_length_stays_within_the_capacity() {
        let mut buffer = BufferPool::new(4, 1).take();
        buffer.extend_from_slice(b"abc");
        buffer[1] = b'x';
        buffer.set_len(4);
        assert_eq!(&*buffer, b"axc\0");
        buffer.clear();
        assert!(buffer.is_empty());
    }

    #[test]
    #[should_panic = "a length of 5 in a buffer of 4"]
    fn a_length_beyond_the_capacity_panics() {
        BufferPool::new(4, 1).take().set_len(5);
    }
}
