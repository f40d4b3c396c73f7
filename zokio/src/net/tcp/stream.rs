//! A connection: how it is made, and its options.

use std::fmt;
use std::io;
use std::net::{Shutdown, SocketAddr};
use std::sync::Arc;

use socket2::{SockAddr, SockRef};
use zokio_core::driver::{Socket, Source};

use super::into_split::{self, OwnedReadHalf, OwnedWriteHalf};
use super::socket::TcpSocket;
use super::split::{self, ReadHalf, WriteHalf};
use crate::net::ToSocketAddrs;
use crate::net::address::try_each;

/// A TCP connection to a peer.
///
/// It reads and writes through [`AsyncReadExt`](crate::io::AsyncReadExt) and [`AsyncWriteExt`](crate::io::AsyncWriteExt), or
/// with owned buffers through [`read_owned`](Self::read_owned) and [`write_owned`](Self::write_owned). Dropping it closes
/// it; to say that there is no more and still read on, use [`shutdown`](crate::io::AsyncWriteExt::shutdown).
///
/// One task at a time may read, and one write: of two tasks that wait for the same direction, the last one is woken.
///
/// ```no_run
/// use zokio::io::{AsyncReadExt, AsyncWriteExt};
/// use zokio::net::TcpStream;
///
/// #[zokio::main(report = off)]
/// async fn main() -> std::io::Result<()> {
///     let mut stream = TcpStream::connect("example.com:80").await?;
///     stream.write_all(b"HEAD / HTTP/1.0\r\n\r\n").await?;
///     let mut answer = String::new();
///     stream.read_to_string(&mut answer).await?;
///     println!("{answer}");
///     Ok(())
/// }
/// ```
pub struct TcpStream {
    source: Arc<Source>,
}

impl TcpStream {
    /// Opens a connection, trying each address that `addr` stands for.
    ///
    /// # Errors
    /// The system's, for the last address: `ConnectionRefused`, `TimedOut` and the like.
    ///
    /// # Cancel safety
    /// Dropping the future closes the socket.
    pub async fn connect<A: ToSocketAddrs>(addr: A) -> io::Result<Self> {
        try_each(addr, |address| async move { TcpSocket::new(address)?.connect(address).await }).await
    }

    /// Makes a stream of std's; it is set to non-blocking mode.
    ///
    /// # Errors
    /// The system's, when it refuses the mode.
    pub fn from_std(stream: std::net::TcpStream) -> io::Result<Self> {
        stream.set_nonblocking(true)?;
        Ok(Self::from_socket(stream.into()))
    }

    /// Makes a stream of a connected, non-blocking socket.
    pub(super) fn from_socket(socket: Socket) -> Self {
        Self::from_source(Arc::new(Source::new(socket)))
    }

    pub(super) const fn from_source(source: Arc<Source>) -> Self {
        Self { source }
    }

    /// Turns it into std's stream, which is still in non-blocking mode.
    ///
    /// # Errors
    /// The system's, when it cannot duplicate the descriptor, which is done if somebody else holds it: an abandoned
    /// operation that the kernel has not answered yet.
    pub fn into_std(self) -> io::Result<std::net::TcpStream> {
        match Arc::try_unwrap(self.source) {
            Ok(source) => Ok(source.into_socket().into()),
            Err(shared) => SockRef::from(&*shared).try_clone().map(Into::into),
        }
    }

    /// Two halves that borrow the stream, one to read and one to write, for use within one task.
    ///
    /// ```
    /// # use zokio::net::TcpStream;
    /// async fn echo(mut stream: TcpStream) -> zokio::io::Result<u64> {
    ///     let (mut reader, mut writer) = stream.split();
    ///     zokio::io::copy(&mut reader, &mut writer).await
    /// }
    /// # let _ = echo;
    /// ```
    pub fn split(&mut self) -> (ReadHalf<'_>, WriteHalf<'_>) {
        split::split(self)
    }

    /// Two halves that share the stream, one to read and one to write, for two tasks. Dropping the writing half shuts
    /// writing down: the peer reads the end of the stream.
    #[must_use]
    pub fn into_split(self) -> (OwnedReadHalf, OwnedWriteHalf) {
        into_split::into_split(self)
    }

    /// The address of this end.
    ///
    /// # Errors
    /// The system's.
    pub fn local_addr(&self) -> io::Result<SocketAddr> {
        ip_address(self.socket().local_addr()?)
    }

    /// The address of the other end.
    ///
    /// # Errors
    /// The system's: `NotConnected` when the connection is gone.
    pub fn peer_addr(&self) -> io::Result<SocketAddr> {
        ip_address(self.socket().peer_addr()?)
    }

    /// Says that there is no more to be written.
    pub(super) fn shut_down_writing(&self) -> io::Result<()> {
        match self.socket().shutdown(Shutdown::Write) {
            // The peer is gone: it needs not be told.
            Err(error) if error.kind() == io::ErrorKind::NotConnected => Ok(()),
            result => result,
        }
    }

    pub(super) fn socket(&self) -> SockRef<'_> {
        SockRef::from(&*self.source)
    }

    pub(super) const fn source(&self) -> &Arc<Source> {
        &self.source
    }
}

impl TryFrom<std::net::TcpStream> for TcpStream {
    type Error = io::Error;

    /// [`TcpStream::from_std`].
    fn try_from(stream: std::net::TcpStream) -> io::Result<Self> {
        Self::from_std(stream)
    }
}

impl fmt::Debug for TcpStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (local, peer) = (self.local_addr(), self.peer_addr());
        f.debug_struct("TcpStream").field("local_addr", &local).field("peer_addr", &peer).finish_non_exhaustive()
    }
}

/// The address of a TCP socket, which is bound to nothing but IP addresses.
pub(super) fn ip_address(address: SockAddr) -> io::Result<SocketAddr> {
    address.as_socket().ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "the socket has no IP address"))
}
