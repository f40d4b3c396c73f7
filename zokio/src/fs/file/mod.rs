//! An open file.

mod in_flight;
mod metadata;
mod platform;
mod positional;
mod stream;
mod waiters;

use std::fmt;
use std::future::poll_fn;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use zokio_core::driver::op::file;

use super::{OpenOptions, blocking};
use in_flight::InFlight;

/// A file that is open for reading, writing or both.
///
/// It has two faces, as streams have:
/// - [`AsyncReadExt`](crate::io::AsyncReadExt), [`AsyncWriteExt`](crate::io::AsyncWriteExt) and
///   [`AsyncSeekExt`](crate::io::AsyncSeekExt) read and write at the file's position, through a buffer of the `File`. A
///   write is complete when the next one, a [`flush`](crate::io::AsyncWriteExt::flush) or a [`sync_all`](Self::sync_all)
///   says so: *flush before you drop*, or errors are lost (the bytes are not);
/// - [`read_at`](Self::read_at), [`write_all_at`](Self::write_all_at) and the like read and write anywhere, with buffers of
///   their own, any number at a time, and leave the position alone.
///
/// ```
/// use zokio::fs::File;
/// use zokio::io::{AsyncReadExt, AsyncSeekExt, AsyncWriteExt, SeekFrom};
///
/// #[zokio::main(report = off)]
/// async fn main() -> std::io::Result<()> {
///     let path = std::env::temp_dir().join(format!("zokio-file-example-{}", std::process::id()));
///     let mut file = File::options().read(true).write(true).create_new(true).open(&path).await?;
///     file.write_all(b"hello, world").await?;
///     file.seek(SeekFrom::Start(7)).await?;
///     let mut rest = String::new();
///     file.read_to_string(&mut rest).await?;
///     assert_eq!(rest, "world");
///     let (count, hello) = file.read_at(vec![0; 5], 0).await;
///     assert_eq!((count?, hello), (5, b"hello".to_vec()));
///     zokio::fs::remove_file(&path).await
/// }
/// ```
///
/// # Cancel safety
/// Reads and writes through `AsyncRead` and `AsyncWrite` go on in the `File` when their future is dropped: what has been
/// read is there for the next read. What a write has accepted is written when the `File` is dropped, too, and before the
/// runtime ends: only `shutdown_timeout` and the end of the process cut it short.
pub struct File {
    file: Arc<std::fs::File>,
    in_flight: Mutex<InFlight>,
}

impl File {
    /// Opens a file for reading.
    ///
    /// # Errors
    /// The system's: `NotFound`, `PermissionDenied` and the like.
    ///
    /// # Panics
    /// Outside of a runtime.
    ///
    /// # Cancel safety
    /// A file that is opened when the future has been dropped is closed.
    pub async fn open(path: impl AsRef<Path>) -> io::Result<Self> {
        Self::options().read(true).open(path).await
    }

    /// Opens a file for writing; it is made if there is none, and emptied if there is one.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    ///
    /// # Panics
    /// Outside of a runtime.
    ///
    /// # Cancel safety
    /// As [`open`](Self::open); the file may have been made or emptied.
    pub async fn create(path: impl AsRef<Path>) -> io::Result<Self> {
        Self::options().write(true).create(true).truncate(true).open(path).await
    }

    /// Makes a file and opens it for reading and writing.
    ///
    /// # Errors
    /// As [`open`](Self::open); `AlreadyExists` when there is one.
    ///
    /// # Panics
    /// Outside of a runtime.
    ///
    /// # Cancel safety
    /// As [`open`](Self::open); the file may have been made.
    pub async fn create_new(path: impl AsRef<Path>) -> io::Result<Self> {
        Self::options().read(true).write(true).create_new(true).open(path).await
    }

    /// How to open a file: nothing is chosen yet.
    #[must_use]
    pub const fn options() -> OpenOptions {
        OpenOptions::new()
    }

    /// Makes a file of std's.
    #[must_use]
    pub fn from_std(file: std::fs::File) -> Self {
        Self { file: Arc::new(file), in_flight: Mutex::default() }
    }

    /// Turns it into std's file, when what is in flight is complete.
    ///
    /// # Panics
    /// When an operation that was abandoned still holds the file, and the system refuses to duplicate the descriptor.
    pub async fn into_std(self) -> std::fs::File {
        self.settled().await;
        // A file without a position has nothing to go back to.
        let _ = self.in_flight().give_back_unread(&self.file);
        Arc::try_unwrap(self.into_shared())
            .unwrap_or_else(|shared| shared.try_clone().expect("the system duplicates a file's descriptor"))
    }

    /// Turns it into std's file at once.
    ///
    /// # Errors
    /// The file itself, when something is in flight on it.
    #[expect(clippy::result_large_err, reason = "it is the file itself, as it is")]
    pub fn try_into_std(self) -> Result<std::fs::File, Self> {
        if !self.in_flight().is_idle() || Arc::strong_count(&self.file) > 1 {
            return Err(self);
        }
        // As in `into_std`.
        let _ = self.in_flight().give_back_unread(&self.file);
        Ok(Arc::try_unwrap(self.into_shared()).expect("nobody else holds the file"))
    }

    /// The file alone, for whoever needs no position: nothing is in flight.
    pub(super) fn into_shared(self) -> Arc<std::fs::File> {
        self.file
    }

    /// Flushes content and metadata to the device.
    ///
    /// # Errors
    /// The system's, also those of a write before that nobody has been told of.
    ///
    /// # Panics
    /// Outside of a runtime.
    ///
    /// # Cancel safety
    /// Dropping the future loses nothing; how far the content has come remains unknown.
    pub async fn sync_all(&self) -> io::Result<()> {
        self.written().await?;
        file::sync(&self.file, false).await
    }

    /// Flushes content to the device, and no more metadata than is needed to read it back.
    ///
    /// # Errors
    /// As [`sync_all`](Self::sync_all).
    ///
    /// # Panics
    /// Outside of a runtime.
    ///
    /// # Cancel safety
    /// As [`sync_all`](Self::sync_all).
    pub async fn sync_data(&self) -> io::Result<()> {
        self.written().await?;
        file::sync(&self.file, true).await
    }

    /// Another `File` of the same open file: both share one position.
    ///
    /// # Errors
    /// The system's.
    ///
    /// # Panics
    /// Outside of a runtime.
    ///
    /// # Cancel safety
    /// Dropping the future loses nothing.
    pub async fn try_clone(&self) -> io::Result<Self> {
        self.settled().await;
        let file = Arc::clone(&self.file);
        blocking(move || file.try_clone()).await.map(Self::from_std)
    }

    /// Waits until nothing is in flight. Errors are left to the next read or write.
    async fn settled(&self) {
        poll_fn(|cx| self.in_flight().poll_settled(cx)).await;
    }

    /// Waits until nothing is in flight: the error of a write before.
    async fn written(&self) -> io::Result<()> {
        self.settled().await;
        self.in_flight().take_write_error()
    }

    fn in_flight(&self) -> MutexGuard<'_, InFlight> {
        // Poison says nothing: an operation is put in place as a whole.
        self.in_flight.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl From<std::fs::File> for File {
    /// [`File::from_std`].
    fn from(file: std::fs::File) -> Self {
        Self::from_std(file)
    }
}

impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("File").field("file", &self.file).finish_non_exhaustive()
    }
}
