//! Single attempts of non-blocking system calls, for callers of the readiness face.
#![allow(unsafe_code)] // lends a buffer as one that may be uninitialised

use std::io;
use std::mem::MaybeUninit;
use std::net::SocketAddr;

use socket2::{SockAddr, SockRef};

use crate::driver::Source;
use crate::driver::choice::{self, Socket};

/// Takes a connection that waits: the new socket, non-blocking and closed on exec, and its peer's address.
///
/// # Errors
/// The kernel's: [`WouldBlock`](io::ErrorKind::WouldBlock) when no connection waits.
pub fn accept_now(listener: &Source) -> io::Result<(Socket, SocketAddr)> {
    let (socket, address) = choice::accept_now(listener)?;
    Ok((socket, ip_address(&address)?))
}

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

/// The peer's address of an accepted connection.
pub(super) fn ip_address(address: &SockAddr) -> io::Result<SocketAddr> {
    address.as_socket().ok_or_else(|| {
        io::Error::new(io::ErrorKind::InvalidData, "the peer of an accepted connection has no IP address")
    })
}
