//! Requests to stream sockets as submissions to an io_uring.
#![allow(unsafe_code)] // reads the address that a request points to

use io_uring::opcode;
use io_uring::squeue::Entry;
use io_uring::types::Fd;

use super::Request;

/// The submission for `request`, whose pointers are good.
pub(in crate::driver) fn entry(request: &Request) -> Entry {
    match *request {
        Request::Accept { socket, address, length } => {
            let flags = libc::SOCK_NONBLOCK | libc::SOCK_CLOEXEC;
            opcode::Accept::new(Fd(socket), address.cast(), length).flags(flags).build()
        }
        Request::Connect { socket, address } => {
            // SAFETY: the payload that the request was made of is alive and holds the address.
            let address = unsafe { &*address };
            opcode::Connect::new(Fd(socket), address.as_ptr().cast(), address.len()).build()
        }
        Request::Recv { socket, pointer, length } => opcode::Recv::new(Fd(socket), pointer, length).build(),
        Request::Send { socket, pointer, length } => {
            // As std does: a closed connection is an error, not a signal.
            opcode::Send::new(Fd(socket), pointer, length).flags(libc::MSG_NOSIGNAL).build()
        }
    }
}
