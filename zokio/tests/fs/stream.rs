//! Files as streams with a position.

use std::future::poll_fn;
use std::io::{Result, SeekFrom};
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::task::Poll;

use zokio::fs::{self, File, OpenOptions};
use zokio::io::{AsyncRead, AsyncReadExt, AsyncSeekExt, AsyncWrite, AsyncWriteExt, ReadBuf};

use crate::on_both;

on_both! {
    a_file_is_read_as_it_was_written => round_trip,
    reading_ahead_does_not_move_what_is_written => read_then_write,
    a_read_that_is_dropped_loses_nothing => dropped_read,
    a_file_that_is_dropped_is_written_to_its_end => dropped_file,
    the_error_of_a_write_is_told_later => late_error,
    several_tasks_wait_for_one_file => shared,
    to_std_and_back => std_and_back,
}

/// Polls a read of `wanted` bytes, once, and drops it while it is in flight.
async fn begin_to_read(file: &mut File, wanted: usize) {
    let mut room = vec![0; wanted];
    loop {
        let mut buffer = ReadBuf::new(&mut room);
        let polled = poll_fn(|cx| Poll::Ready(Pin::new(&mut *file).poll_read(cx, &mut buffer))).await;
        if polled.is_pending() {
            return;
        }
        // A thread of the blocking pool was so fast that there was nothing to wait for: once more.
        file.seek(SeekFrom::Current(-(buffer.filled().len() as i64))).await.unwrap();
    }
}

async fn round_trip(folder: &Path) -> Result<()> {
    let path = folder.join("file");
    let bytes: Vec<u8> = (0..5_000_000_u32).map(|n| (n % 251) as u8).collect();
    // More than a file buffers at once.
    let mut file = File::create(&path).await?;
    file.write_all(&bytes).await?;
    file.sync_all().await?;
    file.sync_data().await?;
    assert_eq!(file.metadata().await?.len(), 5_000_000);
    let mut file = File::open(&path).await?;
    let mut content = Vec::new();
    assert_eq!(file.read_to_end(&mut content).await?, 5_000_000);
    assert!(content == bytes, "the bytes differ");
    assert!(fs::read(&path).await? == bytes, "the bytes differ");
    Ok(())
}

async fn read_then_write(folder: &Path) -> Result<()> {
    let path = folder.join("file");
    fs::write(&path, "0123456789").await?;
    let mut file = OpenOptions::new().read(true).write(true).open(&path).await?;
    let mut three = [0; 3];
    file.read_exact(&mut three).await?;
    file.write_all(b"abc").await?;
    assert_eq!(file.stream_position().await?, 6);
    file.flush().await?;
    assert_eq!(fs::read_to_string(&path).await?, "012abc6789");
    // The whole rest is read into the buffer of the file, and one byte taken.
    file.rewind().await?;
    begin_to_read(&mut file, 10).await;
    assert_eq!(file.read_u8().await?, b'0');
    file.write_all(b"-").await?;
    assert_eq!(file.seek(SeekFrom::Current(0)).await?, 2);
    assert_eq!(file.seek(SeekFrom::End(-1)).await?, 9);
    assert_eq!(file.read_u8().await?, b'9');
    assert_eq!(file.seek(SeekFrom::Start(2)).await?, 2);
    assert!(file.seek(SeekFrom::Current(-3)).await.is_err());
    file.set_len(4).await?;
    let mut rest = String::new();
    file.read_to_string(&mut rest).await?;
    assert_eq!(rest, "2a");
    assert_eq!(fs::read_to_string(&path).await?, "0-2a");
    Ok(())
}

async fn dropped_read(folder: &Path) -> Result<()> {
    let path = folder.join("file");
    fs::write(&path, "complete").await?;
    let mut file = File::open(&path).await?;
    begin_to_read(&mut file, 4).await;
    let mut content = String::new();
    file.read_to_string(&mut content).await?;
    assert_eq!(content, "complete");
    Ok(())
}

async fn dropped_file(folder: &Path) -> Result<()> {
    let path = folder.join("file");
    let mut file = File::create(&path).await?;
    let accepted = poll_fn(|cx| Pin::new(&mut file).poll_write(cx, &[7; 100_000])).await?;
    assert_eq!(accepted, 100_000);
    drop(file);
    // Nobody tells when: it takes turns, but no limited number of them.
    while fs::metadata(&path).await?.len() < 100_000 {
        zokio::task::yield_now().await;
    }
    assert_eq!(fs::read(&path).await?, [7; 100_000]);
    Ok(())
}

async fn late_error(folder: &Path) -> Result<()> {
    let path = folder.join("file");
    fs::write(&path, "").await?;
    let mut file = File::open(&path).await?;
    assert_eq!(file.write(b"refused").await?, 7);
    let error = file.flush().await.unwrap_err();
    assert!(error.raw_os_error().is_some(), "{error}");
    file.flush().await?;
    file.write_all(b"refused").await?;
    let error = file.sync_all().await.unwrap_err();
    assert!(error.raw_os_error().is_some(), "{error}");
    Ok(())
}

async fn shared(folder: &Path) -> Result<()> {
    let mut file = File::create(folder.join("file")).await?;
    file.write_all(&[1; 1 << 20]).await?;
    let file = Arc::new(file);
    let tasks: Vec<_> = (0..4)
        .map(|_| {
            let file = Arc::clone(&file);
            zokio::spawn(async move { file.sync_data().await })
        })
        .collect();
    for task in tasks {
        task.await??;
    }
    assert_eq!(file.metadata().await?.len(), 1 << 20);
    Ok(())
}

async fn std_and_back(folder: &Path) -> Result<()> {
    let path = folder.join("file");
    std::fs::write(&path, "std")?;
    let mut file = File::from_std(std::fs::File::open(&path)?);
    begin_to_read(&mut file, 3).await;
    let file = file.try_into_std().unwrap_err();
    // What was read ahead is not lost.
    let mut file = File::from(file.into_std().await);
    let mut content = String::new();
    file.read_to_string(&mut content).await?;
    assert_eq!(content, "std");
    file.rewind().await?;
    let mut clone = file.try_clone().await?;
    assert_eq!(clone.read_u8().await?, b's');
    let mut std = file.try_into_std().unwrap();
    let mut rest = String::new();
    std::io::Read::read_to_string(&mut std, &mut rest)?;
    assert_eq!(rest, "td");
    Ok(())
}
