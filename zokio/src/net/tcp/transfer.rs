//! Moving bytes between a connection and a borrowed buffer.

use std::io::{self, IoSlice, IoSliceMut, Read};
use std::pin::Pin;
use std::task::{Context, Poll};

use zokio_core::driver::Direction;
use zokio_core::driver::op::stream::{peek_now, send_now, send_vectored_now};

use super::stream::TcpStream;
use crate::io::{AsyncRead, AsyncWrite, ReadBuf};

/// What streams and their halves share: a half has a `&TcpStream`.
impl TcpStream {
    pub(super) fn poll_read_shared(&self, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        // Zeroed the first time only: a `ReadBuf` remembers what is initialised.
        let room = buf.initialize_unfilled();
        let wanted = room.len();
        let attempt = || (&*self.socket()).read(room);
        let received = std::task::ready!(self.source().poll_transfer(cx, Direction::Read, wanted, attempt))?;
        buf.advance(received);
        Poll::Ready(Ok(()))
    }

    pub(super) fn poll_write_shared(&self, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let attempt = || send_now(self.source(), bytes);
        self.source().poll_transfer(cx, Direction::Write, bytes.len(), attempt)
    }

    pub(super) fn poll_write_vectored_shared(
        &self,
        cx: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let length = slices.iter().map(|slice| slice.len()).sum();
        let attempt = || send_vectored_now(self.source(), slices);
        self.source().poll_transfer(cx, Direction::Write, length, attempt)
    }

    /// Waits until there is something to read, or the end of the stream. The next attempt may still say
    /// [`WouldBlock`](io::ErrorKind::WouldBlock). Any number of tasks may wait.
    ///
    /// # Errors
    /// The system's, when it cannot watch the socket.
    ///
    /// # Cancel safety
    /// Dropping the future loses nothing.
    pub async fn readable(&self) -> io::Result<()> {
        self.source().io(Direction::Read, || Ok(())).await
    }

    /// Waits until something can be written. The next attempt may still say [`WouldBlock`](io::ErrorKind::WouldBlock). Any
    /// number of tasks may wait.
    ///
    /// # Errors
    /// The system's, when it cannot watch the socket.
    ///
    /// # Cancel safety
    /// Dropping the future loses nothing.
    pub async fn writable(&self) -> io::Result<()> {
        self.source().io(Direction::Write, || Ok(())).await
    }

    /// Polls for [`readable`](Self::readable). Of several tasks that poll, the last one is woken.
    ///
    /// # Errors
    /// As [`readable`](Self::readable).
    pub fn poll_read_ready(&self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.source().poll_ready(cx, Direction::Read)
    }

    /// Polls for [`writable`](Self::writable). Of several tasks that poll, the last one is woken.
    ///
    /// # Errors
    /// As [`writable`](Self::writable).
    pub fn poll_write_ready(&self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.source().poll_ready(cx, Direction::Write)
    }

    /// Reads what is there: how many bytes, none at the end of the stream.
    ///
    /// ```
    /// # use std::io;
    /// # use zokio::net::TcpStream;
    /// async fn first_bytes(stream: &TcpStream, buffer: &mut [u8]) -> io::Result<usize> {
    ///     loop {
    ///         stream.readable().await?;
    ///         match stream.try_read(buffer) {
    ///             Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
    ///             result => return result,
    ///         }
    ///     }
    /// }
    /// # let _ = first_bytes;
    /// ```
    ///
    /// # Errors
    /// The system's; [`WouldBlock`](io::ErrorKind::WouldBlock) when there is nothing.
    pub fn try_read(&self, buf: &mut [u8]) -> io::Result<usize> {
        self.source().try_io(Direction::Read, || (&*self.socket()).read(buf))
    }

    /// [`try_read`](Self::try_read) into several buffers, one after the other.
    ///
    /// # Errors
    /// As [`try_read`](Self::try_read).
    pub fn try_read_vectored(&self, bufs: &mut [IoSliceMut<'_>]) -> io::Result<usize> {
        self.source().try_io(Direction::Read, || (&*self.socket()).read_vectored(bufs))
    }

    /// Writes what the kernel has room for: how many bytes.
    ///
    /// # Errors
    /// The system's; [`WouldBlock`](io::ErrorKind::WouldBlock) when there is no room.
    pub fn try_write(&self, buf: &[u8]) -> io::Result<usize> {
        self.source().try_io(Direction::Write, || send_now(self.source(), buf))
    }

    /// [`try_write`](Self::try_write) from several buffers, one after the other.
    ///
    /// # Errors
    /// As [`try_write`](Self::try_write).
    pub fn try_write_vectored(&self, bufs: &[IoSlice<'_>]) -> io::Result<usize> {
        self.source().try_io(Direction::Write, || send_vectored_now(self.source(), bufs))
    }

    /// Reads without taking the bytes: the next read gets them again. None at the end of the stream.
    ///
    /// # Errors
    /// The system's.
    ///
    /// # Cancel safety
    /// Dropping the future loses nothing.
    pub async fn peek(&self, buf: &mut [u8]) -> io::Result<usize> {
        self.source().io(Direction::Read, || peek_now(self.source(), buf)).await
    }

    /// Polls for [`peek`](Self::peek). Of several tasks that poll, the last one is woken.
    ///
    /// # Errors
    /// As [`peek`](Self::peek).
    pub fn poll_peek(&self, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<usize>> {
        let room = buf.initialize_unfilled();
        let attempt = || peek_now(self.source(), room);
        let received = std::task::ready!(self.source().poll_io(cx, Direction::Read, attempt))?;
        buf.advance(received);
        Poll::Ready(Ok(received))
    }
}

impl AsyncRead for TcpStream {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        self.poll_read_shared(cx, buf)
    }
}

impl AsyncWrite for TcpStream {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        self.poll_write_shared(cx, buf)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.poll_write_vectored_shared(cx, bufs)
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    /// Does nothing: what was written is with the kernel already.
    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(self.shut_down_writing())
    }
}
