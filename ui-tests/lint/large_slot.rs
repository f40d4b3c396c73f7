#![deny(deprecated)]

use std::io;
use zokio::io::{AsyncRead, AsyncReadExt};

const LENGTH: usize = 2048;
const SHORT: usize = 1024;

#[zokio::async_fn]
async fn literal<R: AsyncRead + Unpin>(reader: &mut R) -> io::Result<usize> {
    let mut buffer = [0; 4096];
    reader.read(&mut buffer).await
}

#[zokio::async_fn]
async fn constant<R: AsyncRead + Unpin>(reader: &mut R) -> io::Result<usize> {
    let mut short = [0u8; SHORT];
    reader.read(&mut short).await?;
    let mut long = [0u8; LENGTH];
    reader.read(&mut long).await
}

#[zokio::async_fn]
async fn types(words: [[u16; 64]; 16]) -> u16 {
    let bytes: [u8; 2 * 1024] = [1; 2 * 1024];
    std::future::ready(()).await;
    words[0][0] + u16::from(bytes[0])
}

fn main() {
    let (mut one, mut other): (&[u8], &[u8]) = (&[], &[]);
    drop((literal(&mut one), constant(&mut other), types([[0; 64]; 16])));
}
