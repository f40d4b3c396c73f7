//! What can be asked of a connection's socket, and set.

use std::io;
use std::time::Duration;

use super::stream::TcpStream;

/// Options of the socket, by their names in `tokio` and std.
impl TcpStream {
    /// The error that the socket has stored (`SO_ERROR`), if any; it is forgotten then.
    ///
    /// # Errors
    /// The system's, when it cannot be asked.
    pub fn take_error(&self) -> io::Result<Option<io::Error>> {
        self.socket().take_error()
    }

    /// Whether small writes are sent at once (`TCP_NODELAY`).
    ///
    /// # Errors
    /// The system's.
    pub fn nodelay(&self) -> io::Result<bool> {
        self.socket().tcp_nodelay()
    }

    /// Sets whether small writes are sent at once (`TCP_NODELAY`), rather than gathered while an acknowledgement is
    /// awaited.
    ///
    /// # Errors
    /// The system's.
    pub fn set_nodelay(&self, nodelay: bool) -> io::Result<()> {
        self.socket().set_tcp_nodelay(nodelay)
    }

    /// How long closing waits for what is unsent (`SO_LINGER`).
    ///
    /// # Errors
    /// The system's.
    pub fn linger(&self) -> io::Result<Option<Duration>> {
        self.socket().linger()
    }

    /// Sets how long closing waits for what is unsent (`SO_LINGER`): zero resets the connection. Closing blocks the thread
    /// meanwhile, so that other values than zero hold up other tasks.
    ///
    /// # Errors
    /// The system's.
    pub fn set_linger(&self, duration: Option<Duration>) -> io::Result<()> {
        self.socket().set_linger(duration)
    }

    /// The time-to-live of packets (`IP_TTL`).
    ///
    /// # Errors
    /// The system's.
    pub fn ttl(&self) -> io::Result<u32> {
        self.socket().ttl_v4()
    }

    /// Sets the time-to-live of packets (`IP_TTL`).
    ///
    /// # Errors
    /// The system's.
    pub fn set_ttl(&self, ttl: u32) -> io::Result<()> {
        self.socket().set_ttl_v4(ttl)
    }
}
