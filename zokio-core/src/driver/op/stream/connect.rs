//! Connecting.
#![allow(unsafe_code)] // a payload for the kernel: it reads the address

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::task::{Context, Poll};

use socket2::{SockAddr, SockRef};

use crate::driver::choice::{connect_is_under_way, raw_socket};
use crate::driver::op::{self, Operate};
use crate::driver::{Direction, Operation, Source};

/// The payload of [`connect`](super::connect).
#[derive(Debug)]
pub struct Connect {
    socket: Arc<Source>,
    address: SockAddr,
    /// An attempt has been made and its outcome is to be waited for.
    begun: bool,
}

impl Connect {
    pub(super) fn new(socket: Arc<Source>, address: SocketAddr) -> Self {
        Self { socket, address: address.into(), begun: false }
    }
}

// SAFETY: the request points to a field of the payload itself.
unsafe impl Operate for Connect {
    type Output = io::Result<()>;

    const OPERATION: Operation = Operation::Connect;

    fn request(&mut self) -> op::Request {
        self.begun = true;
        let address = &raw const self.address;
        op::Request::Stream(super::Request::Connect { socket: raw_socket(&self.socket), address })
    }

    fn poll_attempt(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<u32>> {
        let Self { socket, address, begun } = self;
        socket.poll_io(cx, Direction::Write, || {
            let this = SockRef::from(&**socket);
            if !*begun {
                *begun = true;
                return match this.connect(address) {
                    // To be told by readiness when it is over.
                    Err(error) if connect_is_under_way(&error) => Err(io::ErrorKind::WouldBlock.into()),
                    result => result.map(|()| 0),
                };
            }
            if let Some(error) = this.take_error()? {
                return Err(error);
            }
            match this.peer_addr() {
                Ok(_) => Ok(0),
                // A spurious announcement.
                Err(error) if error.kind() == io::ErrorKind::NotConnected => Err(io::ErrorKind::WouldBlock.into()),
                Err(error) => Err(error),
            }
        })
    }

    fn perform(&mut self) -> io::Result<u32> {
        SockRef::from(&*self.socket).connect(&self.address).map(|()| 0)
    }

    /// The kernel goes on connecting a socket, also when nobody waits for it.
    fn is_under_way(&self) -> bool {
        self.begun
    }

    fn finish(self, result: io::Result<u32>) -> Self::Output {
        result.map(|_| ())
    }
}
