//! An echo server with `io = mio`: what `.ci/checks/system-calls` looks for symbols of io_uring in.

use std::io;

use zokio::io::{AsyncReadExt, AsyncWriteExt};
use zokio::net::{TcpListener, TcpStream};

#[zokio::main(workers = 2, io = mio, report = off)]
async fn main() -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let server = zokio::spawn(async move {
        let (mut stream, _) = listener.accept().await?;
        let mut buffer = [0; 16];
        let count = stream.read(&mut buffer).await?;
        stream.write_all(&buffer[..count]).await
    });
    let mut client = TcpStream::connect(address).await?;
    client.write_all(b"hello").await?;
    let mut answer = Vec::new();
    client.read_to_end(&mut answer).await?;
    assert_eq!(answer, b"hello");
    server.await.map_err(io::Error::other)?
}
