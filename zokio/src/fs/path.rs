//! Calls on paths: those of [`std::fs`], on the blocking pool.

use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};

use super::blocking;

/// The functions of std that take one path.
macro_rules! on_path {
    ($($(#[$doc:meta])* $name:ident -> $output:ty;)+) => {$(
        $(#[$doc])*
        ///
        /// # Errors
        /// The system's.
        ///
        /// # Panics
        /// Outside of a runtime.
        ///
        /// # Cancel safety
        /// The call runs to its end, also when the future is dropped.
        pub async fn $name(path: impl AsRef<Path>) -> io::Result<$output> {
            let path = path.as_ref().to_path_buf();
            blocking(move || fs::$name(path)).await
        }
    )+};
}

on_path! {
    /// The metadata of what is at `path`, at the end of symbolic links: see [`std::fs::metadata`].
    metadata -> Metadata;
    /// The absolute path without symbolic links: see [`std::fs::canonicalize`].
    canonicalize -> PathBuf;
    /// Makes an empty directory: see [`std::fs::create_dir`].
    create_dir -> ();
    /// Makes a directory, and those above it that are missing: see [`std::fs::create_dir_all`].
    create_dir_all -> ();
    /// Removes an empty directory: see [`std::fs::remove_dir`].
    remove_dir -> ();
    /// Removes a directory with all that is in it: see [`std::fs::remove_dir_all`].
    remove_dir_all -> ();
    /// Removes a file: see [`std::fs::remove_file`].
    remove_file -> ();
}

/// Whether there is something at `path`: see [`std::path::Path::try_exists`].
///
/// # Errors
/// The system's, when it cannot tell.
///
/// # Panics
/// Outside of a runtime.
///
/// # Cancel safety
/// Dropping the future loses nothing.
pub async fn try_exists(path: impl AsRef<Path>) -> io::Result<bool> {
    let path = path.as_ref().to_path_buf();
    blocking(move || path.try_exists()).await
}

/// Gives what is at `from` the name `to`, in the place of what is there: see [`std::fs::rename`].
///
/// # Errors
/// The system's.
///
/// # Panics
/// Outside of a runtime.
///
/// # Cancel safety
/// The call runs to its end, also when the future is dropped.
pub async fn rename(from: impl AsRef<Path>, to: impl AsRef<Path>) -> io::Result<()> {
    let (from, to) = (from.as_ref().to_path_buf(), to.as_ref().to_path_buf());
    blocking(move || fs::rename(from, to)).await
}

/// Copies a file with its permissions: how many bytes. See [`std::fs::copy`].
///
/// # Errors
/// The system's.
///
/// # Panics
/// Outside of a runtime.
///
/// # Cancel safety
/// The call runs to its end, also when the future is dropped.
pub async fn copy(from: impl AsRef<Path>, to: impl AsRef<Path>) -> io::Result<u64> {
    let (from, to) = (from.as_ref().to_path_buf(), to.as_ref().to_path_buf());
    blocking(move || fs::copy(from, to)).await
}
