//! TCP: every byte, every error, every end.

use std::io::ErrorKind;

use zokio::io::{AsyncReadExt, AsyncWriteExt};
use zokio::net::{TcpListener, TcpStream};

use crate::on_all;

/// A connection, both ends here.
pub(crate) async fn pair() -> (TcpStream, TcpStream) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (near, far) = zokio::join!(TcpStream::connect(address), listener.accept());
    (near.unwrap(), far.unwrap().0)
}

on_all!(borrowed_buffers_carry_a_megabyte_both_ways, async {
    let (mut near, mut far) = pair().await;
    let sent: Vec<u8> = (0..1 << 20).map(|n: u32| (n % 251) as u8).collect();
    let echo = zokio::spawn(async move {
        let mut buffer = [0; 4096];
        loop {
            let count = far.read(&mut buffer).await.unwrap();
            if count == 0 {
                break;
            }
            far.write_all(&buffer[..count]).await.unwrap();
        }
    });
    let (mut reader, mut writer) = near.split();
    let mut received = Vec::new();
    let (wrote, read) = zokio::join!(
        async {
            writer.write_all(&sent).await?;
            writer.shutdown().await
        },
        reader.read_to_end(&mut received)
    );
    wrote.unwrap();
    assert_eq!(read.unwrap(), sent.len());
    assert!(received == sent, "the bytes differ");
    echo.await.unwrap();
});

on_all!(owned_buffers_carry_a_megabyte, async {
    let (near, far) = pair().await;
    let sent: Vec<u8> = (0..1 << 20).map(|n: u32| (n % 241) as u8).collect();
    let expected = sent.clone();
    let writer = zokio::spawn(async move {
        let (written, _) = near.write_all_owned(sent).await;
        written.unwrap();
    });
    let mut received = Vec::new();
    let mut buffer = Vec::with_capacity(10_000);
    loop {
        let (count, filled) = far.read_owned(buffer).await;
        if count.unwrap() == 0 {
            break;
        }
        received.extend_from_slice(&filled);
        buffer = filled;
    }
    assert!(received == expected, "the bytes differ");
    writer.await.unwrap();
});

on_all!(halves_in_two_tasks_echo, async {
    let (near, far) = pair().await;
    let echo = zokio::spawn(async move {
        let (mut reader, mut writer) = far.into_split();
        zokio::io::copy(&mut reader, &mut writer).await.unwrap()
    });
    let (mut reader, mut writer) = near.into_split();
    let send = zokio::spawn(async move {
        for n in 0..100_u32 {
            writer.write_all(&n.to_be_bytes()).await.unwrap();
            zokio::task::yield_now().await;
        }
        // Dropping the half says that there is no more.
    });
    let mut received = Vec::new();
    reader.read_to_end(&mut received).await.unwrap();
    send.await.unwrap();
    assert_eq!(echo.await.unwrap(), 400);
    assert_eq!(received, (0..100_u32).flat_map(u32::to_be_bytes).collect::<Vec<_>>());
});

on_all!(errors_have_the_kernels_code, async {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let taken = TcpListener::bind(address).await.unwrap_err();
    assert_eq!(taken.kind(), ErrorKind::AddrInUse);
    assert!(taken.raw_os_error().is_some());
    drop(listener);
    let refused = TcpStream::connect(address).await.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::ConnectionRefused);
    assert!(refused.raw_os_error().is_some());
});

on_all!(addresses_and_options_are_those_of_the_socket, async {
    let (near, far) = pair().await;
    assert_eq!(near.local_addr().unwrap(), far.peer_addr().unwrap());
    assert_eq!(near.peer_addr().unwrap(), far.local_addr().unwrap());
    assert!(!near.nodelay().unwrap());
    near.set_nodelay(true).unwrap();
    assert!(near.nodelay().unwrap());
});

on_all!(many_tasks_accept_from_one_listener, async {
    let listener = std::sync::Arc::new(TcpListener::bind("127.0.0.1:0").await.unwrap());
    let address = listener.local_addr().unwrap();
    let servers: Vec<_> = (0..4)
        .map(|_| {
            let listener = listener.clone();
            zokio::spawn(async move {
                let mut served = 0;
                while served < 8 {
                    let (mut stream, _) = listener.accept().await.unwrap();
                    stream.write_all(b"x").await.unwrap();
                    served += 1;
                }
            })
        })
        .collect();
    for _ in 0..32 {
        let mut stream = TcpStream::connect(address).await.unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.unwrap();
        assert_eq!(answer, b"x");
    }
    for server in servers {
        server.await.unwrap();
    }
});

on_all!(hundreds_of_connections_at_once, async {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    zokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            zokio::spawn(async move {
                let (mut reader, mut writer) = stream.split();
                zokio::io::copy(&mut reader, &mut writer).await
            });
        }
    });
    let clients: Vec<_> = (0..200_u32)
        .map(|n| {
            zokio::spawn(async move {
                let mut stream = TcpStream::connect(address).await.unwrap();
                for round in 0..5 {
                    let message = (n * 1000 + round).to_be_bytes();
                    stream.write_all(&message).await.unwrap();
                    let mut answer = [0; 4];
                    stream.read_exact(&mut answer).await.unwrap();
                    assert_eq!(answer, message);
                }
            })
        })
        .collect();
    for client in clients {
        client.await.unwrap();
    }
});
