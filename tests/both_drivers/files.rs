//! Files: by the ring, or by the blocking pool.

use std::io::{ErrorKind, SeekFrom};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use zokio::fs::{self, File};
use zokio::io::{AsyncReadExt, AsyncSeekExt, AsyncWriteExt};

use crate::on_all;

/// A path that no other test uses; the file goes with it.
pub(crate) struct Scratch(pub(crate) PathBuf);

impl Scratch {
    pub(crate) fn new() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let name = format!("zokio-tests-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        Self(std::env::temp_dir().join(name))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // It fails where the test has removed the file itself.
        let _ = std::fs::remove_file(&self.0);
    }
}

on_all!(whole_files_are_written_and_read, async {
    let path = Scratch::new();
    let bytes: Vec<u8> = (0..300_000_u32).map(|n| (n % 253) as u8).collect();
    fs::write(&path.0, &bytes).await.unwrap();
    assert!(fs::read(&path.0).await.unwrap() == bytes, "the bytes differ");
    fs::write(&path.0, "shorter").await.unwrap();
    assert_eq!(fs::read_to_string(&path.0).await.unwrap(), "shorter");
});

on_all!(a_file_is_a_stream_with_a_position, async {
    let path = Scratch::new();
    let mut file = File::create(&path.0).await.unwrap();
    for n in 0..1000_u32 {
        file.write_all(&n.to_be_bytes()).await.unwrap();
    }
    file.flush().await.unwrap();
    file.sync_all().await.unwrap();
    assert_eq!(file.metadata().await.unwrap().len(), 4000);
    drop(file);
    let mut file = File::open(&path.0).await.unwrap();
    file.seek(SeekFrom::Start(4 * 500)).await.unwrap();
    assert_eq!(file.read_u32().await.unwrap(), 500);
    file.seek(SeekFrom::End(-4)).await.unwrap();
    assert_eq!(file.read_u32().await.unwrap(), 999);
    assert_eq!(file.read(&mut [0; 8]).await.unwrap(), 0);
});

on_all!(errors_are_stds, async {
    let path = Scratch::new();
    let missing = File::open(&path.0).await.unwrap_err();
    assert_eq!(missing.kind(), ErrorKind::NotFound);
    assert_eq!(fs::read(&path.0).await.unwrap_err().kind(), ErrorKind::NotFound);
    File::create_new(&path.0).await.unwrap();
    assert_eq!(File::create_new(&path.0).await.unwrap_err().kind(), ErrorKind::AlreadyExists);
    // Open for reading alone: the kernel's refusal comes with the flush at the latest.
    let mut reader = File::open(&path.0).await.unwrap();
    let refused = async {
        reader.write_all(b"x").await?;
        reader.flush().await
    };
    assert!(refused.await.unwrap_err().raw_os_error().is_some());
});
