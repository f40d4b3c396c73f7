//! Files and directories.
//!
//! Names and semantics are those of `tokio::fs`. Opening, reading, writing and syncing are operations of the driver: under
//! io_uring the kernel performs them, elsewhere a thread of the blocking pool does, as for everything else in this module.
//!
//! ```
//! #[zokio::main(report = off)]
//! async fn main() -> std::io::Result<()> {
//!     let path = std::env::temp_dir().join(format!("zokio-fs-example-{}", std::process::id()));
//!     zokio::fs::write(&path, "a line\n").await?;
//!     assert_eq!(zokio::fs::read_to_string(&path).await?, "a line\n");
//!     zokio::fs::remove_file(&path).await
//! }
//! ```

mod file;
mod open_options;
mod path;
mod whole;

pub use file::File;
pub use open_options::OpenOptions;
pub use path::{
    canonicalize, copy, create_dir, create_dir_all, metadata, remove_dir, remove_dir_all, remove_file, rename,
    try_exists,
};
pub use whole::{read, read_to_string, write};

/// Runs a call of std's on the blocking pool.
async fn blocking<R: Send + 'static>(call: impl FnOnce() -> std::io::Result<R> + Send + 'static) -> std::io::Result<R> {
    crate::task::spawn_blocking(call).await?
}
