//! Files: by the ring, or by the blocking pool.

use std::fs::File;
use std::future::poll_fn;
use std::io::{ErrorKind, Read};
use std::os::fd::OwnedFd;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::Poll;

use super::on_all;
use crate::driver::op::file::{OpenOptions, open, read, sync, write, write_all};
use crate::spawn::spawn_blocking;

/// A path of its own for each call; the file is removed when it is dropped.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let name = format!("zokio-core-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        Self(std::env::temp_dir().join(name))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

const FRESH: OpenOptions = OpenOptions { read: true, write: true, create_new: true, mode: 0o600, ..OpenOptions::new() };

on_all!(what_was_written_is_read, async {
    let path = Scratch::new();
    let file = Arc::new(open(&path.0, FRESH).await.unwrap());
    let (written, _) = write(&file, "0123456789", None).await;
    assert_eq!(written.unwrap(), 10);
    let (written, _) = write(&file, "xy", Some(4)).await;
    assert_eq!(written.unwrap(), 2);
    sync(&file, true).await.unwrap();
    sync(&file, false).await.unwrap();
    let (count, bytes) = read(&file, Vec::with_capacity(100), Some(2)).await;
    assert_eq!((count.unwrap(), bytes.as_slice()), (8, b"23xy6789".as_slice()));
    // The position is behind what was written without an offset.
    let (count, bytes) = read(&file, bytes, None).await;
    assert_eq!((count.unwrap(), bytes.len()), (0, 0));
    assert_eq!(std::fs::read(&path.0).unwrap(), b"0123xy6789");
});

on_all!(opening_fails_as_stds_does, async {
    let path = Scratch::new();
    let for_reading = OpenOptions { read: true, ..OpenOptions::new() };
    assert_eq!(open(&path.0, for_reading).await.unwrap_err().kind(), ErrorKind::NotFound);
    drop(open(&path.0, FRESH).await.unwrap());
    assert_eq!(open(&path.0, FRESH).await.unwrap_err().kind(), ErrorKind::AlreadyExists);
    let nothing = OpenOptions::new();
    assert_eq!(open(&path.0, nothing).await.unwrap_err().kind(), ErrorKind::InvalidInput);
    std::fs::write(&path.0, "kept").unwrap();
    let contradiction = OpenOptions { read: true, truncate: true, ..OpenOptions::new() };
    assert_eq!(open(&path.0, contradiction).await.unwrap_err().kind(), ErrorKind::InvalidInput);
    assert_eq!(std::fs::read(&path.0).unwrap(), b"kept", "what was refused has changed nothing");
    let nul = std::path::Path::new("a\0b");
    assert_eq!(open(nul, for_reading).await.unwrap_err().kind(), ErrorKind::InvalidInput);
});

/// More than a pipe takes at once, so that the kernel writes it in several parts.
const MUCH: usize = 300_000;

/// A pipe: the end under test, and a task that reads the other to its end.
fn pipe() -> (Arc<File>, crate::task::JoinHandle<usize>) {
    let (mut reader, writer) = std::io::pipe().unwrap();
    let read = spawn_blocking(move || {
        let mut content = Vec::new();
        reader.read_to_end(&mut content).unwrap()
    });
    (Arc::new(File::from(OwnedFd::from(writer))), read)
}

on_all!(what_is_written_in_parts_is_written_to_the_end, async {
    let (file, read) = pipe();
    let (written, buffer) = write_all(&file, vec![7; MUCH]).await;
    written.unwrap();
    assert_eq!(buffer.len(), MUCH);
    drop(file);
    assert_eq!(read.await.unwrap(), MUCH);
});

on_all!(what_is_to_be_written_is_written_without_its_future, async {
    let (file, read) = pipe();
    let mut op = write_all(&file, vec![7; MUCH]);
    drop(file);
    let polled = poll_fn(|cx| Poll::Ready(Pin::new(&mut op).poll(cx))).await;
    drop((op, polled));
    assert_eq!(read.await.unwrap(), MUCH);
});
