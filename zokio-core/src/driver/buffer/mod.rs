//! Buffers that operations own: what a completion driver may hand to the kernel.
//!
//! The kernel reads and writes these bytes while the future that submitted them may be moved, forgotten or dropped.
//! That is why the traits are about *owned* memory at a stable address, and why nothing borrowed implements
//! [`IoBufMut`].
#![allow(unsafe_code)] // implementing the two unsafe traits is this module's purpose

mod slice;

pub use slice::Slice;

use std::ops::RangeBounds;

/// An owned buffer whose initialised bytes the kernel may read.
///
/// Implemented for `Vec<u8>`, `String`, `Box<[u8]>`, `Box<str>`, `Box<[u8; N]>`, `&'static [u8]`, `&'static str` and
/// [`Slice`]s of these.
///
/// # Safety
/// As long as the value is neither dropped nor used through a method that takes `&mut self`, the `init_len()` bytes
/// from `as_ptr()` are initialised, do not change, and stay at their address *also when the value is moved*.
pub unsafe trait IoBuf: 'static {
    /// Where the bytes begin.
    fn as_ptr(&self) -> *const u8;

    /// How many bytes from there are initialised.
    fn init_len(&self) -> usize;

    /// The initialised bytes.
    fn as_slice(&self) -> &[u8] {
        // SAFETY: the trait's contract: that many initialised bytes are there, and nothing writes them while `self` is
        // borrowed.
        unsafe { std::slice::from_raw_parts(self.as_ptr(), self.init_len()) }
    }

    /// The part of this buffer that lies in `range`, as a buffer of its own: what to send after a short send.
    ///
    /// ```
    /// use zokio_core::driver::IoBuf;
    ///
    /// let rest = b"a short send".to_vec().slice(2..);
    /// assert_eq!(rest.as_slice(), b"short send");
    /// assert_eq!(rest.into_inner(), b"a short send");
    /// ```
    ///
    /// # Panics
    /// When the range begins after its end or behind the initialised bytes.
    fn slice(self, range: impl RangeBounds<usize>) -> Slice<Self>
    where
        Self: Sized,
    {
        Slice::new(self, range)
    }
}

/// An owned buffer that the kernel may fill.
///
/// An operation fills it from the beginning. Afterwards, [`set_init`](Self::set_init) says how much is there: a `Vec`
/// then has exactly that length, so that `&buffer[..]` is what has been received; a boxed slice keeps its length.
///
/// Implemented for `Vec<u8>` (all of its capacity is offered), `Box<[u8]>` and `Box<[u8; N]>`.
///
/// # Safety
/// As long as the value is neither dropped nor used through a method that takes `&mut self`, the `capacity()` bytes from
/// `as_mut_ptr()` may be written by anybody who got the pointer, and stay at their address *also when the value is moved*.
pub unsafe trait IoBufMut: IoBuf {
    /// Where the bytes begin.
    fn as_mut_ptr(&mut self) -> *mut u8;

    /// How many bytes from there may be written.
    fn capacity(&self) -> usize;

    /// Says that the first `filled` bytes are initialised and are the content.
    ///
    /// # Safety
    /// They are initialised, and `filled` is at most [`capacity`](Self::capacity).
    unsafe fn set_init(&mut self, filled: usize);
}

// SAFETY: the heap block of a vector stays where it is when the vector moves.
unsafe impl IoBuf for Vec<u8> {
    fn as_ptr(&self) -> *const u8 {
        self.as_ptr()
    }

    fn init_len(&self) -> usize {
        self.len()
    }
}

// SAFETY: as above; the capacity is what the allocation has.
unsafe impl IoBufMut for Vec<u8> {
    fn as_mut_ptr(&mut self) -> *mut u8 {
        self.as_mut_ptr()
    }

    fn capacity(&self) -> usize {
        self.capacity()
    }

    unsafe fn set_init(&mut self, filled: usize) {
        // SAFETY: the caller's promise is that of `set_len`.
        unsafe { self.set_len(filled) }
    }
}

/// Implements [`IoBuf`] for a type that dereferences to bytes (or text) outside of itself.
macro_rules! bytes_elsewhere {
    ($($({$($generics:tt)*})? $buffer:ty),+ $(,)?) => {$(
        // SAFETY: the bytes are behind a pointer and stay where they are when the pointer moves.
        unsafe impl $(<$($generics)*>)? IoBuf for $buffer {
            fn as_ptr(&self) -> *const u8 {
                (**self).as_ptr()
            }

            fn init_len(&self) -> usize {
                self.len()
            }
        }
    )+};
}

bytes_elsewhere!(String, Box<str>, &'static str, &'static [u8], Box<[u8]>, {const N: usize} Box<[u8; N]>);

/// Implements [`IoBufMut`] for a box of a fixed number of initialised bytes.
macro_rules! fixed_bytes {
    ($($({$($generics:tt)*})? $buffer:ty),+ $(,)?) => {$(
        // SAFETY: as for `IoBuf`, and a box owns what it points to. All bytes are initialised from the start.
        unsafe impl $(<$($generics)*>)? IoBufMut for $buffer {
            fn as_mut_ptr(&mut self) -> *mut u8 {
                (**self).as_mut_ptr()
            }

            fn capacity(&self) -> usize {
                self.len()
            }

            unsafe fn set_init(&mut self, _filled: usize) {}
        }
    )+};
}

fixed_bytes!(Box<[u8]>, {const N: usize} Box<[u8; N]>);

/// A length as one request carries it: what is more is left to the next request, as with every short transfer.
pub(in crate::driver) fn request_length(length: usize) -> u32 {
    // Linux itself moves no more than this many bytes at once.
    const MOST: u32 = 0x7fff_f000;
    u32::try_from(length).unwrap_or(MOST).min(MOST)
}
