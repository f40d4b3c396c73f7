//! Bytes through both faces of a stream, and through none for others.

use std::io::{ErrorKind, Result};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use zokio::io::{AsyncReadExt, AsyncWriteExt, IoBuf};

use crate::{on_both, pair};

on_both! {
    both_faces_read_what_the_other_writes => faces,
    owned_buffers_are_filled_to_their_capacity => exact,
}

async fn faces() -> Result<()> {
    let (mut near, far) = pair().await?;
    for round in 0..20_u32 {
        let message = format!("message {round}");
        near.write_all(message.as_bytes()).await?;
        let (count, buffer) = far.read_owned(Vec::with_capacity(64)).await;
        assert_eq!(count?, message.len());
        assert_eq!(buffer, message.as_bytes());
        let (written, message) = far.write_all_owned(message).await;
        written?;
        let mut answer = vec![0; message.len()];
        near.read_exact(&mut answer).await?;
        assert_eq!(answer, message.as_bytes());
    }
    near.shutdown().await?;
    let (count, buffer) = far.read_owned(vec![1; 8]).await;
    assert_eq!((count?, buffer), (0, vec![]));
    drop(far);
    assert_eq!(near.read(&mut [0; 8]).await?, 0);
    // The peer is gone: there is nobody to be told.
    near.shutdown().await
}

async fn exact() -> Result<()> {
    let (near, mut far) = pair().await?;
    let reader = zokio::spawn(async move {
        let (result, whole) = near.read_exact_owned(vec![0; 6]).await;
        result.unwrap();
        // A part of a buffer: the first two bytes are kept.
        let (result, part) = near.read_exact_owned(b"-->....".to_vec().slice(2..5)).await;
        result.unwrap();
        let (end, rest) = near.read_exact_owned(Vec::with_capacity(4)).await;
        assert_eq!(end.unwrap_err().kind(), ErrorKind::UnexpectedEof);
        (whole, part.into_inner(), rest)
    });
    for piece in ["a", "bcd", "efg", "hij"] {
        far.write_all(piece.as_bytes()).await?;
        zokio::task::yield_now().await;
    }
    drop(far);
    let (whole, part, rest) = reader.await?;
    assert_eq!(whole, b"abcdef");
    assert_eq!(&part[..5], b"--ghi");
    assert_eq!(rest, b"j");
    Ok(())
}

/// A reader that never has to wait, and how many bytes it reads while another task has one turn.
async fn most_reads_in_a_turn() -> Result<usize> {
    const BYTES: usize = 10_000;
    let (mut near, mut far) = pair().await?;
    far.write_all(&[0; BYTES]).await?;
    let count = Arc::new(AtomicUsize::new(0));
    let reader = zokio::spawn({
        let count = Arc::clone(&count);
        async move {
            for _ in 0..BYTES {
                near.read_u8().await.unwrap();
                count.fetch_add(1, Ordering::Relaxed);
            }
        }
    });
    let (mut before, mut most) = (0, 0);
    while before < BYTES {
        zokio::task::yield_now().await;
        let now = count.load(Ordering::Relaxed);
        (before, most) = (now, most.max(now - before));
    }
    reader.await?;
    Ok(most)
}

#[zokio::test(io = mio, report = off)]
async fn a_stream_that_is_always_ready_leaves_others_their_turn_over_mio() {
    assert!(most_reads_in_a_turn().await.unwrap() <= 128);
}

#[zokio::test(io = auto, report = off)]
async fn a_stream_that_is_always_ready_leaves_others_their_turn() {
    assert!(most_reads_in_a_turn().await.unwrap() <= 128);
}
