//! Operations on stream sockets: accept, connect, recv, send.

mod accept;
mod connect;
#[cfg(target_os = "linux")]
pub(in crate::driver) mod io_uring;
mod peek;
mod send;
mod transfer;

use std::net::SocketAddr;
use std::sync::Arc;

use socket2::{SockAddr, SockAddrStorage};

use super::Op;
use crate::driver::choice::RawSocket;
use crate::driver::{IoBuf, IoBufMut, Source};

pub use accept::Accept;
pub use connect::Connect;
pub use peek::peek_now;
pub use send::{send_now, send_vectored_now};
pub use transfer::{Recv, Send};

/// A request to a stream socket, as plain data.
#[derive(Clone, Copy, Debug)]
pub enum Request {
    /// Take a connection; its address goes to `address`, whose length is in and out.
    Accept {
        /// The listening socket.
        socket: RawSocket,
        /// Where the peer's address goes.
        address: *mut SockAddrStorage,
        /// The room there, and afterwards the address's length.
        length: *mut socket2::socklen_t,
    },
    /// Connect to `address`.
    Connect {
        /// The socket.
        socket: RawSocket,
        /// The address.
        address: *const SockAddr,
    },
    /// Receive into a buffer.
    Recv {
        /// The socket.
        socket: RawSocket,
        /// The buffer.
        pointer: *mut u8,
        /// Its capacity.
        length: u32,
    },
    /// Send a buffer.
    Send {
        /// The socket.
        socket: RawSocket,
        /// The buffer.
        pointer: *const u8,
        /// How many bytes of it.
        length: u32,
    },
}

/// Takes a connection from a listening socket: the new socket, non-blocking and closed on exec, and its peer's address.
pub fn accept(listener: &Arc<Source>) -> Op<Accept> {
    Op::new(Accept::new(Arc::clone(listener)))
}

/// Connects a socket.
pub fn connect(socket: &Arc<Source>, address: SocketAddr) -> Op<Connect> {
    Op::new(Connect::new(Arc::clone(socket), address))
}

/// Receives into `buffer`, from its beginning: how many bytes, and the buffer back.
pub fn recv<B: IoBufMut + std::marker::Send>(socket: &Arc<Source>, buffer: B) -> Op<Recv<B>> {
    Op::new(Recv::new(Arc::clone(socket), buffer))
}

/// Sends `buffer`, or the beginning of it: how many bytes, and the buffer back.
pub fn send<B: IoBuf + std::marker::Send>(socket: &Arc<Source>, buffer: B) -> Op<Send<B>> {
    Op::new(Send::new(Arc::clone(socket), buffer))
}
