//! Moving bytes between a connection and a buffer that the operation owns.

use std::io;

use zokio_core::driver::op::stream::{recv, send};

use super::stream::TcpStream;
use crate::io::{IoBuf, IoBufMut};

/// Reading and writing with owned buffers: each call takes its buffer and returns it beside the result.
impl TcpStream {
    /// Reads into `buffer`, from its beginning: how many bytes, none at the end of the stream. Afterwards a `Vec` contains
    /// exactly these, whatever it contained before; all of its capacity is offered, so that one without any reads nothing.
    ///
    /// ```
    /// # use zokio::net::TcpStream;
    /// async fn echo(stream: TcpStream) -> std::io::Result<()> {
    ///     let mut buffer = Vec::with_capacity(4096);
    ///     loop {
    ///         let (count, filled) = stream.read_owned(buffer).await;
    ///         if count? == 0 {
    ///             return Ok(());
    ///         }
    ///         let (written, sent) = stream.write_all_owned(filled).await;
    ///         written?;
    ///         buffer = sent;
    ///     }
    /// }
    /// # let _ = echo;
    /// ```
    ///
    /// # Errors
    /// The system's. The buffer comes back with them.
    ///
    /// # Cancel safety
    /// Dropping the future is sound, and the buffer is freed when the kernel has let go of it. Bytes that the kernel has
    /// received into it by then are lost: to read with a timeout and read on, use the borrowing
    /// [`AsyncReadExt::read`](crate::io::AsyncReadExt::read).
    pub async fn read_owned<B: IoBufMut + Send>(&self, buffer: B) -> (io::Result<usize>, B) {
        recv(self.source(), buffer).await
    }

    /// Fills `buffer` to its capacity.
    ///
    /// # Errors
    /// The system's; [`UnexpectedEof`](io::ErrorKind::UnexpectedEof) when the stream ends before. The buffer comes back
    /// with what it contains by then.
    ///
    /// # Cancel safety
    /// As [`read_owned`](Self::read_owned), for all bytes read so far.
    pub async fn read_exact_owned<B: IoBufMut + Send>(&self, buffer: B) -> (io::Result<()>, B) {
        let (wanted, mut filled) = (buffer.capacity(), 0);
        let mut buffer = buffer;
        while filled < wanted {
            let (received, part) = recv(self.source(), buffer.slice(filled..)).await;
            buffer = part.into_inner();
            match received {
                Ok(0) => return (Err(io::ErrorKind::UnexpectedEof.into()), buffer),
                Ok(received) => filled += received,
                Err(error) => return (Err(error), buffer),
            }
        }
        (Ok(()), buffer)
    }

    /// Writes `buffer`, or the beginning of it: how many bytes.
    ///
    /// # Errors
    /// The system's. The buffer comes back with them.
    ///
    /// # Cancel safety
    /// Dropping the future is sound, and the buffer is freed when the kernel has let go of it. How much of it is sent by
    /// then remains unknown.
    pub async fn write_owned<B: IoBuf + Send>(&self, buffer: B) -> (io::Result<usize>, B) {
        send(self.source(), buffer).await
    }

    /// Writes all of `buffer`.
    ///
    /// # Errors
    /// The system's; [`WriteZero`](io::ErrorKind::WriteZero) when it takes no more. The buffer comes back with them.
    ///
    /// # Cancel safety
    /// As [`write_owned`](Self::write_owned).
    pub async fn write_all_owned<B: IoBuf + Send>(&self, buffer: B) -> (io::Result<()>, B) {
        let (wanted, mut gone) = (buffer.init_len(), 0);
        let mut buffer = buffer;
        while gone < wanted {
            let (sent, part) = send(self.source(), buffer.slice(gone..)).await;
            buffer = part.into_inner();
            match sent {
                Ok(0) => return (Err(io::ErrorKind::WriteZero.into()), buffer),
                Ok(sent) => gone += sent,
                Err(error) => return (Err(error), buffer),
            }
        }
        (Ok(()), buffer)
    }
}
