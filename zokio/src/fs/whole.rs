//! Files as a whole.

use std::io;
use std::path::Path;
use std::sync::Arc;

use zokio_core::driver::op::file;

use super::OpenOptions;
use crate::io::IoBuf;

/// The room for the first read; it doubles whenever it is full.
const FIRST_ROOM: usize = 32 << 10;

/// All bytes of a file.
///
/// # Errors
/// The system's.
///
/// # Panics
/// Outside of a runtime.
///
/// # Cancel safety
/// Dropping the future loses nothing but what has been read.
pub async fn read(path: impl AsRef<Path>) -> io::Result<Vec<u8>> {
    let file = OpenOptions::new().read(true).open(path).await?.into_shared();
    let mut content = Vec::with_capacity(FIRST_ROOM);
    loop {
        if content.len() == content.capacity() {
            content.reserve(content.len());
        }
        let behind = content.len();
        let (read, part) = file::read(&file, content.slice(behind..), None).await;
        content = part.into_inner();
        match read {
            Ok(0) => return Ok(content),
            Err(error) if error.kind() != io::ErrorKind::Interrupted => return Err(error),
            Ok(_) | Err(_) => {}
        }
    }
}

/// All of a file, which has to be UTF-8.
///
/// # Errors
/// The system's; [`InvalidData`](io::ErrorKind::InvalidData) when it is not UTF-8.
///
/// # Panics
/// Outside of a runtime.
///
/// # Cancel safety
/// As [`read`].
pub async fn read_to_string(path: impl AsRef<Path>) -> io::Result<String> {
    let content = read(path).await?;
    String::from_utf8(content).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
}

/// Makes a file of these bytes, in the place of what was there.
///
/// # Errors
/// The system's.
///
/// # Panics
/// Outside of a runtime.
///
/// # Cancel safety
/// When the future is dropped, the file may have been written in part.
pub async fn write(path: impl AsRef<Path>, contents: impl AsRef<[u8]>) -> io::Result<()> {
    // The kernel reads them when the caller's may be gone.
    let content = contents.as_ref().to_vec();
    drop(contents);
    let file = OpenOptions::new().write(true).create(true).truncate(true).open(path).await?.into_shared();
    write_all(&file, content, None).await.0
}

/// Writes all of a buffer, at the file's position or from an offset on.
pub(super) async fn write_all<B: IoBuf + Send>(
    file: &Arc<std::fs::File>,
    buffer: B,
    offset: Option<u64>,
) -> (io::Result<()>, B) {
    let (wanted, mut gone) = (buffer.init_len(), 0);
    let mut buffer = buffer;
    while gone < wanted {
        let at = offset.map(|offset| offset + gone as u64);
        let (written, part) = file::write(file, buffer.slice(gone..), at).await;
        buffer = part.into_inner();
        match written {
            Ok(0) => return (Err(io::ErrorKind::WriteZero.into()), buffer),
            Ok(written) => gone += written,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return (Err(error), buffer),
        }
    }
    (Ok(()), buffer)
}
