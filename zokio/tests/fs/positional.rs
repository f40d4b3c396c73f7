//! Files by offset.

use std::io::{ErrorKind, Result};
use std::path::Path;

use zokio::fs::File;
use zokio::io::{AsyncSeekExt, IoBuf};

use crate::on_both;

on_both! {
    any_part_by_its_offset => positional,
}

async fn positional(folder: &Path) -> Result<()> {
    let path = folder.join("file");
    let file = File::options().read(true).write(true).create(true).truncate(true).open(&path).await?;
    let (first, second) = zokio::join!(file.write_all_at("hello", 0), file.write_all_at("world".to_owned(), 7));
    first.0?;
    second.0?;
    assert_eq!(file.write_at(b", ".to_vec(), 5).await.0?, 2);
    let (result, all) = file.read_exact_at(vec![0; 12], 0).await;
    result?;
    assert_eq!(all, b"hello, world");
    let (count, part) = file.read_at(b"<>".to_vec().slice(2..2), 0).await;
    assert_eq!((count?, part.into_inner()), (0, b"<>".to_vec()));
    let (count, rest) = file.read_at(Vec::with_capacity(100), 7).await;
    assert_eq!((count?, rest), (5, b"world".to_vec()));
    let (end, _) = file.read_exact_at(vec![0; 6], 7).await;
    assert_eq!(end.unwrap_err().kind(), ErrorKind::UnexpectedEof);
    // The position has stayed where it was.
    let mut file = file;
    assert_eq!(file.stream_position().await?, 0);
    Ok(())
}
