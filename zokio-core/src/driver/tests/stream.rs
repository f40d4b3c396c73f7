//! Streams: both faces give the same bytes.

use std::io::{ErrorKind, Read, Write};
use std::net::Ipv4Addr;
use std::sync::Arc;

use super::{listener, on_all, pair, read, socket};
use crate::driver::op::stream::{accept, connect, recv, send};
use crate::driver::{Direction, IoBuf, Source};
use crate::spawn::{spawn, spawn_blocking};

on_all!(owned_buffers_make_an_echo, async {
    let (listener, address) = listener();
    let server = spawn(async move {
        let (socket, peer) = accept(&listener).await.unwrap();
        assert_eq!(peer.ip(), Ipv4Addr::LOCALHOST);
        let socket = Arc::new(Source::new(socket));
        let mut buffer = Vec::with_capacity(4096);
        loop {
            let (received, filled) = recv(&socket, buffer).await;
            assert_eq!(received.unwrap(), filled.len());
            if filled.is_empty() {
                break;
            }
            let (mut gone, all) = (0, filled.len());
            buffer = filled;
            while gone < all {
                let (sent, part) = send(&socket, buffer.slice(gone..)).await;
                gone += sent.unwrap();
                buffer = part.into_inner();
            }
        }
    });
    let client = socket();
    connect(&client, address).await.unwrap();
    for round in 0..100_u32 {
        let message = format!("round {round}");
        let (sent, message) = send(&client, message).await;
        assert_eq!(sent.unwrap(), message.len());
        let (received, answer) = recv(&client, Vec::with_capacity(64)).await;
        assert_eq!(received.unwrap(), message.len());
        assert_eq!(answer, message.as_bytes());
    }
    drop(client);
    server.await.unwrap();
});

on_all!(borrowed_reads_see_every_byte_and_the_end, async {
    let (near, mut far) = pair();
    let writer = spawn_blocking(move || {
        for round in 0..200_u32 {
            far.write_all(&round.to_be_bytes()).unwrap();
            if round % 50 == 0 {
                // What was sent is read before there is more, so that the reader has to wait.
                let mut read = [0];
                far.read_exact(&mut read).unwrap();
            }
        }
    });
    let mut bytes = Vec::new();
    let mut asked = 0;
    loop {
        let mut buffer = [0; 7];
        let count = read(&near, &mut buffer).await.unwrap();
        if count == 0 {
            break;
        }
        bytes.extend_from_slice(&buffer[..count]);
        if bytes.len() / 4 > asked * 50 {
            asked += 1;
            let (sent, _) = send(&near, "x").await;
            assert_eq!(sent.unwrap(), 1);
        }
    }
    writer.await.unwrap();
    let expected: Vec<u8> = (0..200_u32).flat_map(u32::to_be_bytes).collect();
    assert_eq!(bytes, expected);
});

on_all!(errors_keep_the_kernels_code, async {
    let (closed, address) = listener();
    drop(closed);
    let error = connect(&socket(), address).await.unwrap_err();
    assert_eq!(error.raw_os_error(), Some(libc::ECONNREFUSED), "{error}");
    let (received, buffer) = recv(&socket(), Vec::with_capacity(1)).await;
    assert_eq!(received.unwrap_err().kind(), ErrorKind::NotConnected);
    assert_eq!(buffer.capacity(), 1);
});

on_all!(more_operations_than_the_ring_has_entries, async {
    let mut tasks = Vec::new();
    let mut ends = Vec::new();
    for round in 0..100_u8 {
        let (near, far) = pair();
        ends.push(far);
        tasks.push(spawn(async move {
            let (received, buffer) = recv(&near, vec![0; 1]).await;
            assert_eq!((received.unwrap(), buffer), (1, vec![round]));
        }));
    }
    for (round, end) in ends.iter_mut().enumerate() {
        end.write_all(&[round as u8]).unwrap();
    }
    for task in tasks {
        task.await.unwrap();
    }
});

on_all!(several_futures_wait_for_one_direction, async {
    let (near, mut far) = pair();
    let waiting: Vec<_> = (0..4)
        .map(|_| {
            let near = Arc::clone(&near);
            spawn(async move {
                near.io(Direction::Read, || (&*socket2::SockRef::from(&*near)).read(&mut [0; 1])).await.unwrap()
            })
        })
        .collect();
    spawn_blocking(move || far.write_all(b"four").map(|()| far)).await.unwrap().unwrap();
    for task in waiting {
        assert_eq!(task.await.unwrap(), 1);
    }
});

on_all!(a_source_waits_on_whichever_worker_polls_it, async {
    let (near, mut far) = pair();
    // Each read is a task of its own, so the reads are spread over the workers.
    let echo = spawn_blocking(move || {
        for byte in 0..64_u8 {
            far.write_all(&[byte]).unwrap();
            far.read_exact(&mut [0]).unwrap();
        }
    });
    for byte in 0..64_u8 {
        let near = Arc::clone(&near);
        spawn(async move {
            let mut buffer = [0; 16];
            assert_eq!(read(&near, &mut buffer).await.unwrap(), 1);
            assert_eq!(buffer[0], byte);
            assert_eq!(send(&near, "x").await.0.unwrap(), 1);
        })
        .await
        .unwrap();
    }
    echo.await.unwrap();
});

on_all!(a_pooled_buffer_comes_back_by_itself, async {
    let pool = crate::pool::BufferPool::new(16, 4);
    let (near, mut far) = pair();
    far.write_all(b"sixteen at most, so this is cut").unwrap();
    let (received, buffer) = recv(&near, pool.take()).await;
    assert_eq!((received.unwrap(), &buffer[..]), (16, b"sixteen at most,".as_slice()));
    let (sent, buffer) = send(&near, buffer).await;
    assert_eq!(sent.unwrap(), 16);
    drop(buffer);
    assert_eq!(pool.statistics().outstanding, 0);
});
