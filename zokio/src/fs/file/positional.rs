//! Reading and writing anywhere in a file, with owned buffers.

use std::io;

use zokio_core::driver::op::file::{read, write};

use super::File;
use crate::fs::whole::write_all;
use crate::io::{IoBuf, IoBufMut};

/// Reading and writing at an offset: each call takes its buffer and returns it beside the result. They neither use nor move
/// the file's position, and do not wait for what is written there: flush it first.
impl File {
    /// Reads into `buffer`, from its beginning: how many bytes, none at the end of the file. Afterwards a `Vec` contains
    /// exactly these; all of its capacity is offered.
    ///
    /// # Errors
    /// The system's. The buffer comes back with them.
    ///
    /// # Panics
    /// Outside of a runtime.
    ///
    /// # Cancel safety
    /// Dropping the future loses the buffer, which is freed when the kernel has let go of it, and nothing else.
    pub async fn read_at<B: IoBufMut + Send>(&self, buffer: B, offset: u64) -> (io::Result<usize>, B) {
        read(&self.file, buffer, Some(offset)).await
    }

    /// Fills `buffer` to its capacity.
    ///
    /// # Errors
    /// The system's; [`UnexpectedEof`](io::ErrorKind::UnexpectedEof) when the file ends before. The buffer comes back with
    /// what it contains by then.
    ///
    /// # Panics
    /// Outside of a runtime.
    ///
    /// # Cancel safety
    /// As [`read_at`](Self::read_at).
    pub async fn read_exact_at<B: IoBufMut + Send>(&self, buffer: B, offset: u64) -> (io::Result<()>, B) {
        let (wanted, mut filled) = (buffer.capacity(), 0);
        let mut buffer = buffer;
        while filled < wanted {
            let (result, part) = read(&self.file, buffer.slice(filled..), Some(offset + filled as u64)).await;
            buffer = part.into_inner();
            match result {
                Ok(0) => return (Err(io::ErrorKind::UnexpectedEof.into()), buffer),
                Ok(count) => filled += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
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
    /// # Panics
    /// Outside of a runtime.
    ///
    /// # Cancel safety
    /// How much is written when the future has been dropped remains unknown.
    pub async fn write_at<B: IoBuf + Send>(&self, buffer: B, offset: u64) -> (io::Result<usize>, B) {
        write(&self.file, buffer, Some(offset)).await
    }

    /// Writes all of `buffer`.
    ///
    /// # Errors
    /// The system's; [`WriteZero`](io::ErrorKind::WriteZero) when it takes no more. The buffer comes back with them.
    ///
    /// # Panics
    /// Outside of a runtime.
    ///
    /// # Cancel safety
    /// As [`write_at`](Self::write_at).
    pub async fn write_all_at<B: IoBuf + Send>(&self, buffer: B, offset: u64) -> (io::Result<()>, B) {
        write_all(&self.file, buffer, Some(offset)).await
    }
}
