//! Looking before reading, and reading without waiting.

use std::future::poll_fn;
use std::io::{ErrorKind, Result};

use zokio::io::{AsyncWriteExt, ReadBuf};

use crate::{on_both, pair};

on_both! {
    a_peek_takes_nothing => peek,
    attempts => attempts,
}

async fn peek() -> Result<()> {
    let (near, mut far) = pair().await?;
    far.write_all(b"twice").await?;
    let mut buffer = [0; 5];
    assert_eq!(near.peek(&mut buffer[..2]).await?, 2);
    assert_eq!(&buffer, b"tw\0\0\0");
    let mut unread = ReadBuf::new(&mut buffer);
    assert_eq!(poll_fn(|cx| near.poll_peek(cx, &mut unread)).await?, 5);
    assert_eq!(unread.filled(), b"twice");
    let (count, buffer) = near.read_owned(Vec::with_capacity(8)).await;
    assert_eq!((count?, buffer), (5, b"twice".to_vec()));
    Ok(())
}

async fn attempts() -> Result<()> {
    let (near, far) = pair().await?;
    let mut buffer = [0; 8];
    assert_eq!(near.try_read(&mut buffer).unwrap_err().kind(), ErrorKind::WouldBlock);
    far.writable().await?;
    assert_eq!(far.try_write(b"abc")?, 3);
    let count = loop {
        near.readable().await?;
        match near.try_read(&mut buffer) {
            Err(error) if error.kind() == ErrorKind::WouldBlock => {}
            result => break result?,
        }
    };
    assert_eq!(&buffer[..count], b"abc");
    // The kernel's buffers end somewhere.
    let full = loop {
        if let Err(error) = far.try_write(&[0; 65536]) {
            break error;
        }
    };
    assert_eq!(full.kind(), ErrorKind::WouldBlock);
    Ok(())
}
