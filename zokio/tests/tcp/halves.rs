//! Streams in two halves.

use std::future::poll_fn;
use std::io::{IoSlice, Result};
use std::pin::Pin;

use zokio::io::{AsyncReadExt, AsyncWrite, AsyncWriteExt};

use crate::{on_both, pair};

on_both! {
    borrowed_halves => borrowed_halves,
    owned_halves => owned_halves,
}

async fn borrowed_halves() -> Result<()> {
    let (mut near, mut far) = pair().await?;
    let echo = zokio::spawn(async move {
        let (mut reader, mut writer) = far.split();
        zokio::io::copy(&mut reader, &mut writer).await
    });
    let (mut reader, mut writer) = near.split();
    assert!(writer.is_write_vectored());
    let slices = [IoSlice::new(b"in "), IoSlice::new(b"two parts")];
    let written = poll_fn(|cx| Pin::new(&mut writer).poll_write_vectored(cx, &slices)).await?;
    assert_eq!(written, 12);
    let mut answer = [0; 12];
    reader.read_exact(&mut answer).await?;
    assert_eq!(&answer, b"in two parts");
    // Borrowed halves shut nothing down: the stream still writes.
    near.write_all(b"!").await?;
    assert_eq!(near.read_u8().await?, b'!');
    drop(near);
    assert_eq!(echo.await??, 13);
    Ok(())
}

async fn owned_halves() -> Result<()> {
    let (near, mut far) = pair().await?;
    let (other, _end) = pair().await?;
    let (reader, writer) = near.into_split();
    let (other_reader, other_writer) = other.into_split();
    let error = reader.reunite(other_writer).unwrap_err();
    assert_eq!(error.to_string(), "the two halves are of different streams");
    let near = writer.reunite(error.0).unwrap();
    drop((other_reader, error.1));
    let (mut reader, mut writer) = near.into_split();
    writer.write_all(b"last words").await?;
    drop(writer);
    let mut words = String::new();
    far.read_to_string(&mut words).await?;
    assert_eq!(words, "last words");
    far.write_all(b"heard").await?;
    let (count, answer) = reader.read_owned(Vec::with_capacity(16)).await;
    assert_eq!((count?, answer), (5, b"heard".to_vec()));
    Ok(())
}
