//! Halves that borrow their stream.

use std::io::{self, IoSlice};
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll};

use super::half::{addresses, read_half, write_half};
use super::stream::TcpStream;
use crate::io::{AsyncRead, AsyncWrite, IoBuf, IoBufMut, ReadBuf};

/// The reading half of a [`TcpStream`] that [`split`](TcpStream::split) has borrowed.
#[derive(Debug)]
pub struct ReadHalf<'a>(&'a TcpStream);

/// The writing half of a [`TcpStream`] that [`split`](TcpStream::split) has borrowed. Dropping it shuts nothing down.
#[derive(Debug)]
pub struct WriteHalf<'a>(&'a TcpStream);

pub(super) fn split(stream: &mut TcpStream) -> (ReadHalf<'_>, WriteHalf<'_>) {
    (ReadHalf(stream), WriteHalf(stream))
}

read_half!(ReadHalf<'_>);
write_half!(
    WriteHalf<'_>,
    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(self.0.shut_down_writing())
    }
);
