//! Taking a connection.
#![allow(unsafe_code)] // a payload for the kernel: it fills in the peer's address

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::task::{Context, Poll};

use socket2::{SockAddr, SockAddrStorage};

use crate::driver::choice::{Socket, accept_now, accepted, raw_socket};
use crate::driver::op::{self, Operate};
use crate::driver::{Direction, Operation, Source};

/// The payload of [`accept`](super::accept).
#[derive(Debug)]
pub struct Accept {
    listener: Arc<Source>,
    /// Filled by the kernel.
    address: SockAddrStorage,
    length: socket2::socklen_t,
    /// Filled by an attempt.
    attempted: Option<(Socket, SockAddr)>,
}

impl Accept {
    pub(super) fn new(listener: Arc<Source>) -> Self {
        let address = SockAddrStorage::zeroed();
        let length = address.size_of();
        Self { listener, address, length, attempted: None }
    }
}

// SAFETY: the request points to fields of the payload itself.
unsafe impl Operate for Accept {
    type Output = io::Result<(Socket, SocketAddr)>;

    const OPERATION: Operation = Operation::Accept;

    fn request(&mut self) -> op::Request {
        op::Request::Stream(super::Request::Accept {
            socket: raw_socket(&self.listener),
            address: &raw mut self.address,
            length: &raw mut self.length,
        })
    }

    fn poll_attempt(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<u32>> {
        let Self { listener, attempted, .. } = self;
        listener.poll_io(cx, Direction::Read, || {
            *attempted = Some(accept_now(listener)?);
            Ok(0)
        })
    }

    fn perform(&mut self) -> io::Result<u32> {
        self.attempted = Some(accept_now(&self.listener)?);
        Ok(0)
    }

    fn finish(self, result: io::Result<u32>) -> Self::Output {
        let answer = result?;
        let (socket, address) = match self.attempted {
            Some(attempted) => attempted,
            // SAFETY: the kernel has answered with a descriptor that is nobody else's.
            None => (unsafe { accepted(answer) }, {
                debug_assert!(self.length as usize <= size_of::<SockAddrStorage>());
                // SAFETY: the kernel has written an address of that length there.
                unsafe { SockAddr::new(self.address, self.length) }
            }),
        };
        let address = address.as_socket().ok_or_else(|| {
            io::Error::new(io::ErrorKind::InvalidData, "the peer of an accepted connection has no IP address")
        })?;
        Ok((socket, address))
    }
}
