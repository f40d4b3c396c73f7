//! Looking at received bytes: a single attempt, for the readiness face.
#![allow(unsafe_code)] // lends a buffer as one that may be uninitialised

use std::io;
use std::mem::MaybeUninit;

use socket2::SockRef;

use crate::driver::Source;

/// Copies the first received bytes to `buffer` and leaves them to be received again.
///
/// # Errors
/// The kernel's: [`WouldBlock`](io::ErrorKind::WouldBlock) when nothing has been received.
pub fn peek_now(socket: &Source, buffer: &mut [u8]) -> io::Result<usize> {
    let (pointer, length) = (buffer.as_mut_ptr(), buffer.len());
    // SAFETY: the very bytes of `buffer`, lent for the call; `peek` writes initialised bytes alone.
    let room = unsafe { std::slice::from_raw_parts_mut(pointer.cast::<MaybeUninit<u8>>(), length) };
    SockRef::from(socket).peek(room)
}
