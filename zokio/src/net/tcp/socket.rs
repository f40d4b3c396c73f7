//! A socket before it connects or listens.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use socket2::{Domain, Protocol, Socket, Type};
use zokio_core::driver::Source;
use zokio_core::driver::op::stream::connect;

use super::listener::TcpListener;
use super::stream::{TcpStream, ip_address};

/// A TCP socket that neither listens nor is connected yet: for options that must be set before.
///
/// ```
/// use zokio::net::TcpSocket;
///
/// #[zokio::main(report = off)]
/// async fn main() -> std::io::Result<()> {
///     let socket = TcpSocket::new_v4()?;
///     socket.set_recv_buffer_size(64 * 1024)?;
///     socket.bind("127.0.0.1:0".parse().unwrap())?;
///     let listener = socket.listen(16)?;
///     assert_ne!(listener.local_addr()?.port(), 0);
///     Ok(())
/// }
/// ```
#[derive(Debug)]
pub struct TcpSocket {
    socket: Socket,
}

impl TcpSocket {
    /// A socket for IPv4.
    ///
    /// # Errors
    /// The system's.
    pub fn new_v4() -> io::Result<Self> {
        Self::with_domain(Domain::IPV4)
    }

    /// A socket for IPv6.
    ///
    /// # Errors
    /// The system's.
    pub fn new_v6() -> io::Result<Self> {
        Self::with_domain(Domain::IPV6)
    }

    /// A socket for addresses of this kind.
    pub(super) fn new(address: SocketAddr) -> io::Result<Self> {
        Self::with_domain(Domain::for_address(address))
    }

    fn with_domain(domain: Domain) -> io::Result<Self> {
        let socket = Socket::new(domain, Type::STREAM, Some(Protocol::TCP))?;
        socket.set_nonblocking(true)?;
        Ok(Self { socket })
    }

    /// Allows binding to an address whose previous connections have not timed out yet (`SO_REUSEADDR`).
    ///
    /// # Errors
    /// The system's.
    pub fn set_reuseaddr(&self, reuseaddr: bool) -> io::Result<()> {
        self.socket.set_reuse_address(reuseaddr)
    }

    /// Whether [`set_reuseaddr`](Self::set_reuseaddr) is on.
    ///
    /// # Errors
    /// The system's.
    pub fn reuseaddr(&self) -> io::Result<bool> {
        self.socket.reuse_address()
    }

    /// Allows several sockets to listen on one address, among which the kernel spreads connections (`SO_REUSEPORT`).
    ///
    /// # Errors
    /// The system's.
    // The systems that do not have the option are those of socket2.
    #[cfg(all(unix, not(any(target_os = "solaris", target_os = "illumos", target_os = "cygwin"))))]
    pub fn set_reuseport(&self, reuseport: bool) -> io::Result<()> {
        self.socket.set_reuse_port(reuseport)
    }

    /// Whether [`set_reuseport`](Self::set_reuseport) is on.
    ///
    /// # Errors
    /// The system's.
    #[cfg(all(unix, not(any(target_os = "solaris", target_os = "illumos", target_os = "cygwin"))))]
    pub fn reuseport(&self) -> io::Result<bool> {
        self.socket.reuse_port()
    }

    /// Sets whether small writes are sent at once (`TCP_NODELAY`).
    ///
    /// # Errors
    /// The system's.
    pub fn set_nodelay(&self, nodelay: bool) -> io::Result<()> {
        self.socket.set_tcp_nodelay(nodelay)
    }

    /// Whether small writes are sent at once (`TCP_NODELAY`).
    ///
    /// # Errors
    /// The system's.
    pub fn nodelay(&self) -> io::Result<bool> {
        self.socket.tcp_nodelay()
    }

    /// Proposes a size for the kernel's send buffer (`SO_SNDBUF`); the kernel may choose another.
    ///
    /// # Errors
    /// The system's.
    pub fn set_send_buffer_size(&self, size: u32) -> io::Result<()> {
        self.socket.set_send_buffer_size(size as usize)
    }

    /// The size of the kernel's send buffer, as it counts it.
    ///
    /// # Errors
    /// The system's.
    pub fn send_buffer_size(&self) -> io::Result<u32> {
        self.socket.send_buffer_size().map(saturating)
    }

    /// Proposes a size for the kernel's receive buffer (`SO_RCVBUF`); the kernel may choose another.
    ///
    /// # Errors
    /// The system's.
    pub fn set_recv_buffer_size(&self, size: u32) -> io::Result<()> {
        self.socket.set_recv_buffer_size(size as usize)
    }

    /// The size of the kernel's receive buffer, as it counts it.
    ///
    /// # Errors
    /// The system's.
    pub fn recv_buffer_size(&self) -> io::Result<u32> {
        self.socket.recv_buffer_size().map(saturating)
    }

    /// The address that the socket is bound to.
    ///
    /// # Errors
    /// The system's.
    pub fn local_addr(&self) -> io::Result<SocketAddr> {
        ip_address(self.socket.local_addr()?)
    }

    /// Binds the socket to an address of this machine.
    ///
    /// # Errors
    /// The system's: `AddrInUse`, `AddrNotAvailable` and the like.
    pub fn bind(&self, addr: SocketAddr) -> io::Result<()> {
        self.socket.bind(&addr.into())
    }

    /// Listens; the kernel keeps up to `backlog` connections that are not accepted yet.
    ///
    /// # Errors
    /// The system's.
    pub fn listen(self, backlog: u32) -> io::Result<TcpListener> {
        self.socket.listen(i32::try_from(backlog).unwrap_or(i32::MAX))?;
        Ok(TcpListener::from_socket(self.socket.into()))
    }

    /// Connects.
    ///
    /// # Errors
    /// The system's: `ConnectionRefused`, `TimedOut` and the like.
    ///
    /// # Cancel safety
    /// Dropping the future closes the socket.
    pub async fn connect(self, addr: SocketAddr) -> io::Result<TcpStream> {
        let source = Arc::new(Source::new(self.socket.into()));
        connect(&source, addr).await?;
        Ok(TcpStream::from_source(source))
    }
}

fn saturating(size: usize) -> u32 {
    u32::try_from(size).unwrap_or(u32::MAX)
}
