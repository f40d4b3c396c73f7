//! Files through the names that programs use: with the ring, and with the blocking pool.

mod path;
mod positional;
mod stream;

use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Runs a body, in a folder of its own, over both drivers, with one worker and with two.
macro_rules! on_both {
    ($($name:ident => $body:ident),+ $(,)?) => {$(
        mod $name {
            #[zokio::test(io = auto, report = off)]
            async fn the_best_driver() {
                let folder = crate::Folder::new();
                super::$body(&folder.0).await.unwrap();
            }

            #[zokio::test(io = mio, report = off)]
            async fn mio() {
                let folder = crate::Folder::new();
                super::$body(&folder.0).await.unwrap();
            }

            #[zokio::test(io = auto, workers = 2, report = off)]
            async fn the_best_driver_and_two_workers() {
                let folder = crate::Folder::new();
                super::$body(&folder.0).await.unwrap();
            }
        }
    )+};
}
pub(crate) use on_both;

/// A folder of its own for each test.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let name = format!("zokio-fs-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir(&path).unwrap();
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let removed = std::fs::remove_dir_all(&self.0);
        assert!(removed.is_ok() || std::thread::panicking(), "{removed:?}");
    }
}
