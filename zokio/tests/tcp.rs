//! TCP through the names that programs use.

use std::future::poll_fn;
use std::io::{ErrorKind, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::Poll;

use zokio::io::{AsyncReadExt, AsyncWrite, AsyncWriteExt, IoBuf, ReadBuf};
use zokio::net::{TcpListener, TcpSocket, TcpStream};

/// Runs a body over both drivers, with one worker and with two.
macro_rules! on_both {
    ($($name:ident => $body:ident),+ $(,)?) => {$(
        mod $name {
            #[zokio::test(io = auto, report = off)]
            async fn the_best_driver() {
                super::$body().await.unwrap();
            }

            #[zokio::test(io = mio, report = off)]
            async fn mio() {
                super::$body().await.unwrap();
            }

            #[zokio::test(io = auto, workers = 2, report = off)]
            async fn the_best_driver_and_two_workers() {
                super::$body().await.unwrap();
            }
        }
    )+};
}

on_both! {
    both_faces_read_what_the_other_writes => faces,
    owned_buffers_are_filled_to_their_capacity => exact,
    borrowed_halves => borrowed_halves,
    owned_halves => owned_halves,
    a_peek_takes_nothing => peek,
    attempts => attempts,
    std_and_back => std_and_back,
    sockets_with_options => options,
    who_refuses => refusals,
    one_task_polls_for_connections => poll_accept,
}

/// Both ends of a connection.
async fn pair() -> std::io::Result<(TcpStream, TcpStream)> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let far = zokio::spawn(async move { listener.accept().await });
    let near = TcpStream::connect(address).await?;
    let (far, peer) = far.await??;
    assert_eq!(peer, near.local_addr()?);
    Ok((near, far))
}

async fn faces() -> std::io::Result<()> {
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

async fn exact() -> std::io::Result<()> {
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

async fn borrowed_halves() -> std::io::Result<()> {
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

async fn owned_halves() -> std::io::Result<()> {
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

async fn peek() -> std::io::Result<()> {
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

async fn attempts() -> std::io::Result<()> {
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

async fn std_and_back() -> std::io::Result<()> {
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

async fn options() -> std::io::Result<()> {
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

async fn refusals() -> std::io::Result<()> {
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

async fn poll_accept() -> std::io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let mut polls = 0;
    let mut client = None;
    let (stream, peer) = poll_fn(|cx| {
        polls += 1;
        let polled = listener.poll_accept(cx);
        if polls == 1 {
            assert!(polled.is_pending(), "nobody connects before the first poll");
            client = Some(zokio::spawn(TcpStream::connect(address)));
        }
        polled
    })
    .await?;
    let client = client.unwrap().await??;
    assert_eq!((client.local_addr()?, client.peer_addr()?), (peer, stream.local_addr()?));
    Ok(())
}

/// A reader that never has to wait, and how many bytes it reads while another task has one turn.
async fn most_reads_in_a_turn() -> std::io::Result<usize> {
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

on_both! {
    many_tasks_wait_for_one_listener => many_accept,
    a_dropped_accept_takes_no_connection_along => dropped_accept,
    a_task_that_is_woken_and_dropped_passes_the_connection_on => passed_on,
    an_address_is_free_when_its_listener_is_dropped => rebind,
}

async fn many_accept() -> std::io::Result<()> {
    let listener = Arc::new(TcpListener::bind("127.0.0.1:0").await?);
    let address = listener.local_addr()?;
    let tasks: Vec<_> = (0..8)
        .map(|_| {
            let listener = Arc::clone(&listener);
            zokio::spawn(async move { listener.accept().await.map(|(stream, _)| stream) })
        })
        .collect();
    let mut clients = Vec::new();
    for _ in &tasks {
        clients.push(TcpStream::connect(address).await?);
    }
    for task in tasks {
        task.await??.write_all(b"x").await?;
    }
    for mut client in clients {
        assert_eq!(client.read_u8().await?, b'x');
    }
    Ok(())
}

/// Polls once, and drops the future while it waits.
async fn begin_to_accept(listener: &TcpListener) {
    let mut accept = std::pin::pin!(listener.accept());
    assert!(poll_fn(|cx| Poll::Ready(accept.as_mut().poll(cx))).await.is_pending());
}

async fn dropped_accept() -> std::io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    for round in 0..20 {
        begin_to_accept(&listener).await;
        // The kernel may hand this connection over to the accept that is not waited for any more.
        let client = TcpStream::connect(address).await?;
        let (mut stream, peer) = match round % 2 {
            0 => listener.accept().await?,
            _ => poll_fn(|cx| listener.poll_accept(cx)).await?,
        };
        assert_eq!(peer, client.local_addr()?);
        stream.write_all(b"x").await?;
        assert_eq!(client.read_owned(vec![0; 1]).await.1, b"x");
    }
    Ok(())
}

async fn passed_on() -> std::io::Result<()> {
    let listener = Arc::new(TcpListener::bind("127.0.0.1:0").await?);
    let address = listener.local_addr()?;
    for _ in 0..20 {
        let accept = || {
            let listener = Arc::clone(&listener);
            zokio::spawn(async move { listener.accept().await.map(|(_, peer)| peer) })
        };
        let (first, second) = (accept(), accept());
        zokio::task::yield_now().await;
        let client = TcpStream::connect(address).await?;
        // Whether or not it has been woken already, the other one gets what it does not take.
        first.abort();
        match first.await {
            Ok(peer) => {
                assert_eq!(peer?, client.local_addr()?);
                second.abort();
            }
            Err(_) => assert_eq!(second.await??, client.local_addr()?),
        }
    }
    Ok(())
}

async fn rebind() -> std::io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    begin_to_accept(&listener).await;
    zokio::task::yield_now().await;
    drop(listener);
    assert_eq!(TcpListener::bind(address).await?.local_addr()?, address);
    Ok(())
}

#[test]
fn a_listener_outlives_the_runtime_that_began_an_accept() {
    #[zokio::runtime(workers = 1, report = off)]
    struct Runtime;

    let listener = Runtime::new().unwrap().block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        begin_to_accept(&listener).await;
        listener
    });
    Runtime::new().unwrap().block_on(async {
        let client = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
        let (_, peer) = listener.accept().await.unwrap();
        assert_eq!(peer, client.local_addr().unwrap());
    });
}
