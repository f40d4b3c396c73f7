//! A buffer that was lent, and its way back.
#![allow(unsafe_code)] // owns a buffer by pointer

use std::fmt;
use std::ops::{Deref, DerefMut};
use std::ptr::NonNull;

use super::super::returns::Closed;
use super::super::thread;
use super::{Buffer, free};
use crate::driver::{IoBuf, IoBufMut};
use crate::primitive::Arc;

/// A buffer that a [`BufferPool`](super::BufferPool) lends: bytes with a length, within a capacity that does not grow, at an address that
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
    /// An empty buffer; the caller gives it up.
    pub(super) const fn new(buffer: NonNull<Buffer>) -> Self {
        Self { buffer, len: 0 }
    }

    pub(super) const fn bytes(&self) -> &[u8] {
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

// SAFETY: the bytes are in a box of their own, which stays where it is until the buffer is given back by the drop.
unsafe impl IoBuf for PooledBuf {
    fn as_ptr(&self) -> *const u8 {
        self.bytes().as_ptr()
    }

    fn init_len(&self) -> usize {
        self.len
    }
}

// SAFETY: as above, and they are this value's alone.
unsafe impl IoBufMut for PooledBuf {
    fn as_mut_ptr(&mut self) -> *mut u8 {
        self.bytes_mut().as_mut_ptr()
    }

    fn capacity(&self) -> usize {
        self.bytes().len()
    }

    unsafe fn set_init(&mut self, filled: usize) {
        self.set_len(filled);
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
