//! Halves that share their stream.

use std::error::Error;
use std::fmt;
use std::io::{self, IoSlice};
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use super::half::{addresses, read_half, write_half};
use super::stream::TcpStream;
use crate::io::{AsyncRead, AsyncWrite, IoBuf, IoBufMut, ReadBuf};

/// The reading half of a [`TcpStream`], made by [`into_split`](TcpStream::into_split).
#[derive(Debug)]
pub struct OwnedReadHalf(Arc<TcpStream>);

/// The writing half of a [`TcpStream`], made by [`into_split`](TcpStream::into_split).
///
/// Dropping it shuts writing down, so that the peer reads the end of the stream: see [`forget`](Self::forget).
#[derive(Debug)]
pub struct OwnedWriteHalf(Writer);

/// The stream, as the one who writes it.
#[derive(Debug)]
struct Writer {
    stream: Arc<TcpStream>,
    shut_down_on_drop: bool,
}

pub(super) fn into_split(stream: TcpStream) -> (OwnedReadHalf, OwnedWriteHalf) {
    let stream = Arc::new(stream);
    (OwnedReadHalf(Arc::clone(&stream)), OwnedWriteHalf(Writer { stream, shut_down_on_drop: true }))
}

impl OwnedReadHalf {
    /// Puts the two halves of a stream together again.
    ///
    /// # Errors
    /// The halves back, if they are of two streams.
    pub fn reunite(self, other: OwnedWriteHalf) -> Result<TcpStream, ReuniteError> {
        if !Arc::ptr_eq(&self.0, &other.0.stream) {
            return Err(ReuniteError(self, other));
        }
        other.forget();
        Ok(Arc::try_unwrap(self.0).expect("a stream has no third half"))
    }
}

impl OwnedWriteHalf {
    /// Puts the two halves of a stream together again.
    ///
    /// # Errors
    /// The halves back, if they are of two streams.
    pub fn reunite(self, other: OwnedReadHalf) -> Result<TcpStream, ReuniteError> {
        other.reunite(self)
    }

    /// Drops the half without shutting writing down. The connection closes when the other half is dropped too.
    pub fn forget(mut self) {
        self.0.shut_down_on_drop = false;
    }
}

impl std::ops::Deref for Writer {
    type Target = TcpStream;

    fn deref(&self) -> &TcpStream {
        &self.stream
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        if self.shut_down_on_drop {
            // It fails where the connection is gone, which the peer then knows.
            let _ = self.stream.shut_down_writing();
        }
    }
}

read_half!(OwnedReadHalf);
write_half!(
    OwnedWriteHalf,
    fn poll_shutdown(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        let result = self.0.shut_down_writing();
        if result.is_ok() {
            self.0.shut_down_on_drop = false;
        }
        Poll::Ready(result)
    }
);

/// Two halves were not of one stream: here they are.
#[derive(Debug)]
pub struct ReuniteError(pub OwnedReadHalf, pub OwnedWriteHalf);

impl fmt::Display for ReuniteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the two halves are of different streams")
    }
}

impl Error for ReuniteError {}
