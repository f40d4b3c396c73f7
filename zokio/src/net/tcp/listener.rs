//! A listening socket.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use socket2::SockRef;
use zokio_core::driver::{Socket, Source};

use super::incoming::Incoming;
use super::socket::TcpSocket;
use super::stream::{TcpStream, ip_address};
use crate::net::ToSocketAddrs;
use crate::net::address::try_each;

/// How many connections the kernel keeps for [`TcpListener::accept`], as in tokio.
const BACKLOG: u32 = 1024;

/// An address that is in use is tried once more after this time: a listener that was dropped with an accept in flight keeps
/// it until its driver has cancelled that, in its next turn.
const LETTING_GO: Duration = Duration::from_millis(1);

/// A TCP socket that listens for connections.
///
/// ```no_run
/// use zokio::io;
/// use zokio::net::TcpListener;
///
/// #[zokio::main(report = off)]
/// async fn main() -> io::Result<()> {
///     let listener = TcpListener::bind("127.0.0.1:7000").await?;
///     loop {
///         let (mut stream, peer) = listener.accept().await?;
///         zokio::spawn(async move {
///             let (mut reader, mut writer) = stream.split();
///             if let Err(error) = io::copy(&mut reader, &mut writer).await {
///                 eprintln!("{peer}: {error}");
///             }
///         });
///     }
/// }
/// ```
pub struct TcpListener {
    // Before the socket, so that the accept in flight lets go of it.
    incoming: Incoming,
    source: Arc<Source>,
}

impl TcpListener {
    /// Binds a socket to an address (the first of several that can be bound) and listens. Port 0 asks the system for a
    /// free one: see [`local_addr`](Self::local_addr).
    ///
    /// Except on Windows, where it means something else, `SO_REUSEADDR` is set, so that a restarted server gets its port
    /// back. [`TcpSocket`] is for other options.
    ///
    /// # Errors
    /// The system's, for the last address: `AddrInUse`, `PermissionDenied` and the like.
    pub async fn bind<A: ToSocketAddrs>(addr: A) -> io::Result<Self> {
        try_each(addr, |address| async move {
            match Self::listen(address) {
                Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
                    crate::time::sleep(LETTING_GO).await;
                    Self::listen(address)
                }
                result => result,
            }
        })
        .await
    }

    fn listen(address: SocketAddr) -> io::Result<Self> {
        let socket = TcpSocket::new(address)?;
        if cfg!(not(windows)) {
            socket.set_reuseaddr(true)?;
        }
        socket.bind(address)?;
        socket.listen(BACKLOG)
    }

    /// Makes a listener of std's; it is set to non-blocking mode.
    ///
    /// # Errors
    /// The system's, when it refuses the mode.
    pub fn from_std(listener: std::net::TcpListener) -> io::Result<Self> {
        listener.set_nonblocking(true)?;
        Ok(Self::from_socket(listener.into()))
    }

    /// Makes a listener of a listening, non-blocking socket.
    pub(super) fn from_socket(socket: Socket) -> Self {
        Self { incoming: Incoming::default(), source: Arc::new(Source::new(socket)) }
    }

    /// Turns it into std's listener, which is still in non-blocking mode.
    ///
    /// # Errors
    /// The system's, when it cannot duplicate the descriptor, which is done if somebody else holds it.
    pub fn into_std(self) -> io::Result<std::net::TcpListener> {
        drop(self.incoming);
        match Arc::try_unwrap(self.source) {
            Ok(source) => Ok(source.into_socket().into()),
            Err(shared) => SockRef::from(&*shared).try_clone().map(Into::into),
        }
    }

    /// Takes a connection, and waits for one if there is none: the stream and its peer's address.
    ///
    /// Any number of tasks may wait on the same listener.
    ///
    /// # Errors
    /// The system's. They are about this connection (`ConnectionAborted`) or about the process (too many open files), and
    /// none of them ends the listener: after an error, accept again, perhaps a little later.
    ///
    /// # Cancel safety
    /// Dropping the future loses no connection: the next accept takes it. Only dropping the listener, or turning it into
    /// std's, closes one that the kernel has handed over by then.
    pub async fn accept(&self) -> io::Result<(TcpStream, SocketAddr)> {
        let (socket, peer) = self.incoming.next(&self.source).await?;
        Ok((TcpStream::from_socket(socket), peer))
    }

    /// Polls for a connection. Of several tasks that poll, the last one is woken; [`accept`](Self::accept) is for several.
    ///
    /// # Errors
    /// As [`accept`](Self::accept).
    pub fn poll_accept(&self, cx: &mut Context<'_>) -> Poll<io::Result<(TcpStream, SocketAddr)>> {
        let (socket, peer) = std::task::ready!(self.incoming.poll(&self.source, cx))?;
        Poll::Ready(Ok((TcpStream::from_socket(socket), peer)))
    }

    /// The address that the socket is bound to.
    ///
    /// # Errors
    /// The system's.
    pub fn local_addr(&self) -> io::Result<SocketAddr> {
        ip_address(self.socket().local_addr()?)
    }

    /// The time-to-live of the packets of accepted connections (`IP_TTL`).
    ///
    /// # Errors
    /// The system's.
    pub fn ttl(&self) -> io::Result<u32> {
        self.socket().ttl_v4()
    }

    /// Sets the time-to-live of the packets of accepted connections (`IP_TTL`).
    ///
    /// # Errors
    /// The system's.
    pub fn set_ttl(&self, ttl: u32) -> io::Result<()> {
        self.socket().set_ttl_v4(ttl)
    }

    fn socket(&self) -> SockRef<'_> {
        SockRef::from(&*self.source)
    }

    pub(super) fn source(&self) -> &Source {
        &self.source
    }
}

impl TryFrom<std::net::TcpListener> for TcpListener {
    type Error = io::Error;

    /// [`TcpListener::from_std`].
    fn try_from(listener: std::net::TcpListener) -> io::Result<Self> {
        Self::from_std(listener)
    }
}

impl fmt::Debug for TcpListener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TcpListener").field("local_addr", &self.local_addr()).finish_non_exhaustive()
    }
}
