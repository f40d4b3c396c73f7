//! How to open a file.

use std::io;
use std::path::Path;

use zokio_core::driver::op::file;

use super::File;

/// How to open a file: the choices of [`std::fs::OpenOptions`].
///
/// ```
/// use zokio::fs::OpenOptions;
/// use zokio::io::AsyncWriteExt;
///
/// async fn log(line: &str) -> std::io::Result<()> {
///     let mut file = OpenOptions::new().append(true).create(true).open("log.txt").await?;
///     file.write_all(line.as_bytes()).await?;
///     file.flush().await
/// }
/// # let _ = log("");
/// ```
#[derive(Clone, Debug, Default)]
pub struct OpenOptions(file::OpenOptions);

impl OpenOptions {
    /// Nothing chosen: to open with it fails.
    #[must_use]
    pub const fn new() -> Self {
        Self(file::OpenOptions::new())
    }

    /// For reading.
    pub const fn read(&mut self, read: bool) -> &mut Self {
        self.0.read = read;
        self
    }

    /// For writing.
    pub const fn write(&mut self, write: bool) -> &mut Self {
        self.0.write = write;
        self
    }

    /// For writing, always at the end.
    pub const fn append(&mut self, append: bool) -> &mut Self {
        self.0.append = append;
        self
    }

    /// Empties the file.
    pub const fn truncate(&mut self, truncate: bool) -> &mut Self {
        self.0.truncate = truncate;
        self
    }

    /// Makes the file if there is none.
    pub const fn create(&mut self, create: bool) -> &mut Self {
        self.0.create = create;
        self
    }

    /// Makes the file, and fails if there is one.
    pub const fn create_new(&mut self, create_new: bool) -> &mut Self {
        self.0.create_new = create_new;
        self
    }

    /// The permissions of a file that is made, from which the process's mask is taken; `0o666` unless chosen.
    #[cfg(unix)]
    pub const fn mode(&mut self, mode: u32) -> &mut Self {
        self.0.mode = mode;
        self
    }

    /// Opens the file.
    ///
    /// # Errors
    /// The system's; [`InvalidInput`](io::ErrorKind::InvalidInput) when the choices contradict each other.
    ///
    /// # Panics
    /// Outside of a runtime.
    ///
    /// # Cancel safety
    /// A file that is opened when the future has been dropped is closed; it may have been made.
    pub async fn open(&self, path: impl AsRef<Path>) -> io::Result<File> {
        file::open(path.as_ref(), self.0).await.map(File::from_std)
    }
}
