//! Reading and writing at the file's position, with borrowed buffers.

use std::io::{self, SeekFrom};
use std::pin::Pin;
use std::sync::{Arc, PoisonError};
use std::task::{Context, Poll, ready};

use super::File;
use super::in_flight::InFlight;
use crate::io::{AsyncRead, AsyncSeek, AsyncWrite, ReadBuf};

impl File {
    /// The parts, without the lock: nobody else has the file.
    fn parts(self: Pin<&mut Self>) -> (&Arc<std::fs::File>, &mut InFlight) {
        let Self { file, in_flight } = self.get_mut();
        (file, in_flight.get_mut().unwrap_or_else(PoisonError::into_inner))
    }
}

impl AsyncRead for File {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let (file, in_flight) = self.parts();
        loop {
            ready!(in_flight.poll_settled(cx));
            if let Some(result) = in_flight.take_read() {
                return Poll::Ready(result);
            }
            let count = in_flight.unread().len().min(buf.remaining());
            if count > 0 || buf.remaining() == 0 {
                buf.put_slice(&in_flight.unread()[..count]);
                in_flight.take_unread(count);
                return Poll::Ready(Ok(()));
            }
            in_flight.begin_read(file, buf.remaining());
        }
    }
}

impl AsyncWrite for File {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        let (file, in_flight) = self.parts();
        ready!(in_flight.poll_settled(cx));
        in_flight.take_write_error()?;
        if buf.is_empty() {
            return Poll::Ready(Ok(0));
        }
        in_flight.give_back_unread(file)?;
        Poll::Ready(Ok(in_flight.begin_write(file, buf)))
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let (_, in_flight) = self.parts();
        ready!(in_flight.poll_settled(cx));
        Poll::Ready(in_flight.take_write_error())
    }

    /// As `poll_flush`: files have no other end than being closed.
    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.poll_flush(cx)
    }
}

impl AsyncSeek for File {
    fn start_seek(self: Pin<&mut Self>, position: SeekFrom) -> io::Result<()> {
        let (file, in_flight) = self.parts();
        if !in_flight.is_idle() {
            return Err(io::Error::other("an operation is in flight: call `poll_complete` before `start_seek`"));
        }
        in_flight.begin_seek(file, position)
    }

    fn poll_complete(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<u64>> {
        let (_, in_flight) = self.parts();
        ready!(in_flight.poll_settled(cx));
        Poll::Ready(in_flight.take_sought())
    }
}
