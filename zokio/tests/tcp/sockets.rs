//! How sockets are made, and their options.

use std::io::{ErrorKind, Result};

use zokio::io::{AsyncReadExt, AsyncWriteExt};
use zokio::net::{TcpListener, TcpSocket, TcpStream};

use crate::on_both;

on_both! {
    std_and_back => std_and_back,
    sockets_with_options => options,
    who_refuses => refusals,
}

async fn std_and_back() -> Result<()> {
    let listener = std::net::TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    let listener = TcpListener::from_std(listener)?;
    assert_eq!(listener.local_addr()?, address);
    let client = zokio::task::spawn_blocking(move || std::net::TcpStream::connect(address)).await??;
    let mut near = TcpStream::from_std(client)?;
    let (mut far, _) = listener.accept().await?;
    far.write_all(b"x").await?;
    assert_eq!(near.read_u8().await?, b'x');
    let near = near.into_std()?;
    assert_eq!(near.peer_addr()?, far.local_addr()?);
    let near = TcpStream::try_from(near)?;
    assert_eq!(near.write_owned("y").await.0?, 1);
    assert_eq!(far.read_u8().await?, b'y');
    assert_eq!(listener.into_std()?.local_addr()?, address);
    Ok(())
}

async fn options() -> Result<()> {
    let socket = TcpSocket::new_v4()?;
    socket.set_nodelay(true)?;
    socket.set_reuseaddr(true)?;
    assert!(socket.nodelay()? && socket.reuseaddr()?);
    socket.set_recv_buffer_size(32 << 10)?;
    socket.set_send_buffer_size(32 << 10)?;
    assert!(socket.recv_buffer_size()? >= 32 << 10 && socket.send_buffer_size()? >= 32 << 10);
    socket.bind("127.0.0.1:0".parse().unwrap())?;
    let address = socket.local_addr()?;
    let listener = socket.listen(8)?;
    listener.set_ttl(61)?;
    assert_eq!((listener.local_addr()?, listener.ttl()?), (address, 61));
    let stream = TcpSocket::new_v4()?.connect(address).await?;
    assert_eq!(stream.peer_addr()?, address);
    stream.set_nodelay(true)?;
    stream.set_ttl(62)?;
    stream.set_linger(Some(std::time::Duration::from_secs(3)))?;
    assert_eq!((stream.nodelay()?, stream.ttl()?), (true, 62));
    assert_eq!(stream.linger()?, Some(std::time::Duration::from_secs(3)));
    assert!(stream.take_error()?.is_none());
    Ok(())
}

async fn refusals() -> Result<()> {
    let listener = TcpListener::bind(("localhost", 0)).await?;
    let taken = TcpListener::bind(listener.local_addr()?).await.unwrap_err();
    assert_eq!(taken.kind(), ErrorKind::AddrInUse);
    // A port that is bound, so that nobody else gets it, but where nobody listens.
    let silent = TcpSocket::new_v4()?;
    silent.bind("127.0.0.1:0".parse().unwrap())?;
    let refused = TcpStream::connect(silent.local_addr()?).await.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::ConnectionRefused);
    assert!(refused.raw_os_error().is_some());
    // Of several addresses the first that will do is taken.
    let addresses = [listener.local_addr()?, "127.0.0.1:0".parse().unwrap()];
    let open = TcpListener::bind(&addresses[..]).await?;
    let addresses = [silent.local_addr()?, open.local_addr()?];
    assert_eq!(TcpStream::connect(&addresses[..]).await?.peer_addr()?, addresses[1]);
    assert_eq!(TcpStream::connect(&[][..]).await.unwrap_err().kind(), ErrorKind::InvalidInput);
    assert!(zokio::net::lookup_host("localhost:7").await?.all(|address| address.port() == 7));
    Ok(())
}
