//! Who gets which connection.

use std::future::poll_fn;
use std::io::Result;
use std::sync::Arc;
use std::task::Poll;

use zokio::io::{AsyncReadExt, AsyncWriteExt};
use zokio::net::{TcpListener, TcpStream};

use crate::on_both;

on_both! {
    one_task_polls_for_connections => poll_accept,
    many_tasks_wait_for_one_listener => many_accept,
    a_dropped_accept_takes_no_connection_along => dropped_accept,
    a_task_that_is_woken_and_dropped_passes_the_connection_on => passed_on,
    an_address_is_free_when_its_listener_is_dropped => rebind,
}

/// Polls once, and drops the future while it waits.
async fn begin_to_accept(listener: &TcpListener) {
    let mut accept = std::pin::pin!(listener.accept());
    assert!(poll_fn(|cx| Poll::Ready(accept.as_mut().poll(cx))).await.is_pending());
}

async fn poll_accept() -> Result<()> {
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

async fn many_accept() -> Result<()> {
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

async fn dropped_accept() -> Result<()> {
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

async fn passed_on() -> Result<()> {
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

async fn rebind() -> Result<()> {
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
