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

/// What a file has accepted is written before the runtime has ended, whoever drops what first.
mod accepted_bytes {
    use std::sync::mpsc::channel;

    use zokio::runtime::Handle;

    use super::*;

    static CONTENT: [u8; 100_000] = [7; 100_000];

    /// Keeps the pool's only thread busy until the runtime ends, so that what is queued has not begun by then.
    async fn occupy_the_pool() {
        let (begun, has_begun) = channel();
        drop(zokio::task::spawn_blocking(move || {
            begun.send(()).unwrap();
            // After the end a closure is cancelled at once, before it waits for this thread.
            while !Handle::current().spawn_blocking(|| ()).is_finished() {
                std::thread::yield_now();
            }
        }));
        has_begun.recv().unwrap();
    }

    async fn written(path: PathBuf) -> File {
        let mut file = File::from_std(std::fs::File::create(path).unwrap());
        occupy_the_pool().await;
        file.write_all(&CONTENT).await.unwrap();
        file
    }

    macro_rules! test {
        ($name:ident, $workers:literal, $io:ident) => {
            #[test]
            fn $name() {
                #[zokio::runtime(workers = $workers, io = $io, blocking_threads = 1, report = off)]
                struct Runtime;

                let path = Scratch::new();
                let runtime = Runtime::new().unwrap();
                runtime.block_on(async { drop(written(path.0.clone()).await) });
                drop(runtime);
                assert!(std::fs::read(&path.0).unwrap() == CONTENT, "dropped in `block_on`");

                let runtime = Runtime::new().unwrap();
                let file = runtime.block_on(written(path.0.clone()));
                drop((runtime, file));
                assert!(std::fs::read(&path.0).unwrap() == CONTENT, "dropped after the runtime");

                let runtime = Runtime::new().unwrap();
                let (proceed, may_proceed) = channel::<()>();
                let begun = path.0.clone();
                let task = runtime.spawn(async move {
                    let file = written(begun).await;
                    proceed.send(()).unwrap();
                    std::future::pending::<()>().await;
                    drop(file);
                });
                runtime.block_on(async {
                    while may_proceed.try_recv().is_err() {
                        zokio::task::yield_now().await;
                    }
                });
                drop((runtime, task));
                assert!(std::fs::read(&path.0).unwrap() == CONTENT, "dropped with its task");
            }
        };
    }
    #[cfg(target_os = "linux")]
    test!(io_uring_and_one_worker, 1, uring);
    #[cfg(target_os = "linux")]
    test!(io_uring_and_two_workers, 2, uring);
    test!(mio_and_one_worker, 1, mio);
    test!(mio_and_two_workers, 2, mio);
    test!(no_driver, 1, none);
}
