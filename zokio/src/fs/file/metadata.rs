//! What a file has beside its content.

use std::io;
use std::sync::Arc;

use super::File;
use crate::fs::blocking;

/// Length, times and permissions.
impl File {
    /// Cuts the file, or extends it with zeros.
    ///
    /// # Errors
    /// The system's.
    ///
    /// # Panics
    /// Outside of a runtime.
    ///
    /// # Cancel safety
    /// The call runs to its end, also when the future is dropped.
    pub async fn set_len(&self, size: u64) -> io::Result<()> {
        self.settled().await;
        // What has been read ahead may be cut off.
        self.in_flight().give_back_unread(&self.file)?;
        let file = Arc::clone(&self.file);
        blocking(move || file.set_len(size)).await
    }

    /// The file's metadata.
    ///
    /// # Errors
    /// The system's.
    ///
    /// # Panics
    /// Outside of a runtime.
    ///
    /// # Cancel safety
    /// Dropping the future loses nothing.
    pub async fn metadata(&self) -> io::Result<std::fs::Metadata> {
        let file = Arc::clone(&self.file);
        blocking(move || file.metadata()).await
    }

    /// Sets the file's permissions.
    ///
    /// # Errors
    /// The system's.
    ///
    /// # Panics
    /// Outside of a runtime.
    ///
    /// # Cancel safety
    /// The call runs to its end, also when the future is dropped.
    pub async fn set_permissions(&self, permissions: std::fs::Permissions) -> io::Result<()> {
        let file = Arc::clone(&self.file);
        blocking(move || file.set_permissions(permissions)).await
    }
}
