//! A part of a buffer.
#![allow(unsafe_code)] // implements the unsafe buffer traits by delegation

use std::ops::{Bound, RangeBounds};

use super::{IoBuf, IoBufMut};

/// The bytes `begin..end` of a buffer, as a buffer. Made by [`IoBuf::slice`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slice<B> {
    buffer: B,
    begin: usize,
    /// `None`: to wherever the buffer ends.
    end: Option<usize>,
}

impl<B: IoBuf> Slice<B> {
    pub(super) fn new(buffer: B, range: impl RangeBounds<usize>) -> Self {
        let begin = match range.start_bound() {
            Bound::Included(begin) => *begin,
            Bound::Excluded(before) => *before + 1,
            Bound::Unbounded => 0,
        };
        let end = match range.end_bound() {
            Bound::Included(last) => Some(*last + 1),
            Bound::Excluded(end) => Some(*end),
            Bound::Unbounded => None,
        };
        let initialised = buffer.init_len();
        assert!(begin <= initialised, "a slice from {begin} begins behind the {initialised} initialised bytes");
        assert!(end.is_none_or(|end| begin <= end), "a slice from {begin} ends before it begins");
        Self { buffer, begin, end }
    }
}

impl<B> Slice<B> {
    /// The whole buffer back.
    #[must_use]
    pub fn into_inner(self) -> B {
        self.buffer
    }

    /// Where in the buffer the slice begins.
    #[must_use]
    pub const fn begin(&self) -> usize {
        self.begin
    }

    /// `length` bytes of the buffer, reduced to what lies in the slice.
    fn within(&self, length: usize) -> usize {
        self.end.map_or(length, |end| end.min(length)).saturating_sub(self.begin)
    }
}

// SAFETY: the bytes are those of `buffer`, at its stable address; `begin` was checked to lie within or at the end of the
// initialised bytes, which an operation may only make fewer by `set_init`, that is through `&mut self`.
unsafe impl<B: IoBuf> IoBuf for Slice<B> {
    fn as_ptr(&self) -> *const u8 {
        self.buffer.as_ptr().wrapping_add(self.begin)
    }

    fn init_len(&self) -> usize {
        self.within(self.buffer.init_len())
    }
}

// SAFETY: as above, within the capacity of `buffer`.
unsafe impl<B: IoBufMut> IoBufMut for Slice<B> {
    fn as_mut_ptr(&mut self) -> *mut u8 {
        self.buffer.as_mut_ptr().wrapping_add(self.begin)
    }

    fn capacity(&self) -> usize {
        self.within(self.buffer.capacity())
    }

    unsafe fn set_init(&mut self, filled: usize) {
        // SAFETY: the first `begin` bytes are initialised, and `filled` bytes behind them by the caller's promise.
        unsafe { self.buffer.set_init(self.begin + filled) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slice_of_a_vector_can_be_filled_behind_what_is_there() {
        let mut buffer = Vec::with_capacity(8);
        buffer.extend_from_slice(b"abc");
        let mut tail = buffer.slice(3..6);
        assert_eq!((tail.init_len(), tail.capacity()), (0, 3));
        // SAFETY: the capacity is three bytes.
        unsafe { tail.as_mut_ptr().copy_from(b"de".as_ptr(), 2) };
        // SAFETY: two bytes have been written.
        unsafe { tail.set_init(2) };
        assert_eq!(tail.as_slice(), b"de");
        assert_eq!(tail.into_inner(), b"abcde");
    }

    #[test]
    #[should_panic(expected = "behind the 3 initialised bytes")]
    fn a_slice_does_not_begin_in_uninitialised_bytes() {
        let _ = b"abc".to_vec().slice(4..);
    }
}
