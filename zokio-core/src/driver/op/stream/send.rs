//! Sending: a single attempt, for the readiness face.

use std::io::{self, IoSlice};

use socket2::SockRef;

use crate::driver::Source;
use crate::driver::choice::NO_SIGNAL;

/// Sends what the kernel has room for: how many bytes. A closed connection is an error and never a signal.
///
/// # Errors
/// The kernel's: [`WouldBlock`](io::ErrorKind::WouldBlock) when there is no room.
pub fn send_now(socket: &Source, bytes: &[u8]) -> io::Result<usize> {
    SockRef::from(socket).send_with_flags(bytes, NO_SIGNAL)
}

/// [`send_now`] from several buffers, one after the other.
///
/// # Errors
/// As [`send_now`].
pub fn send_vectored_now(socket: &Source, slices: &[IoSlice<'_>]) -> io::Result<usize> {
    SockRef::from(socket).send_vectored_with_flags(slices, NO_SIGNAL)
}
