//! The standard library's traits of descriptors and sockets, whose names differ between platforms.

use super::listener::TcpListener;
use super::stream::TcpStream;

#[cfg(unix)]
mod unix {
    use std::os::fd::{AsFd, AsRawFd, BorrowedFd, RawFd};

    use super::{TcpListener, TcpStream};

    macro_rules! descriptor {
        ($($kind:ty),+) => {$(
            impl AsFd for $kind {
                fn as_fd(&self) -> BorrowedFd<'_> {
                    self.source().as_fd()
                }
            }

            impl AsRawFd for $kind {
                fn as_raw_fd(&self) -> RawFd {
                    self.source().as_raw_fd()
                }
            }
        )+};
    }

    descriptor!(TcpListener, TcpStream);
}

#[cfg(windows)]
mod windows {
    use std::os::windows::io::{AsRawSocket, AsSocket, BorrowedSocket, RawSocket};

    use super::{TcpListener, TcpStream};

    macro_rules! socket {
        ($($kind:ty),+) => {$(
            impl AsSocket for $kind {
                fn as_socket(&self) -> BorrowedSocket<'_> {
                    self.source().as_socket()
                }
            }

            impl AsRawSocket for $kind {
                fn as_raw_socket(&self) -> RawSocket {
                    self.source().as_raw_socket()
                }
            }
        )+};
    }

    socket!(TcpListener, TcpStream);
}
