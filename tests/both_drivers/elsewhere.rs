//! What was begun in a `block_on` that has returned goes on wherever it is polled next, while the thread does something else.

use std::future::{Future, poll_fn};
use std::io::{Read, Write};
use std::pin::pin;
use std::sync::mpsc::{Receiver, channel};
use std::task::Poll;
use std::time::Duration;

use zokio::fs::File;
use zokio::io::{AsyncReadExt, AsyncWriteExt};
use zokio::net::{TcpListener, TcpSocket, TcpStream};
use zokio::task::yield_now;

use crate::files::Scratch;

/// Far more than it takes: a test that fails should end.
const LONG: Duration = Duration::from_secs(20);

/// Polls once, and gives the driver the turns to tell the kernel.
async fn begin<F: Future>(future: F) {
    let mut future = pin!(future);
    assert!(poll_fn(|cx| Poll::Ready(future.as_mut().poll(cx))).await.is_pending());
    for _ in 0..3 {
        yield_now().await;
    }
}

/// Runs a body with a runtime that begins and one that goes on: the same one, where a worker does, or another.
macro_rules! on_all {
    ($($name:ident => $body:ident,)+) => {$(
        mod $name {
            macro_rules! test {
                ($test:ident, $workers:literal, $io:ident) => {
                    #[test]
                    fn $test() {
                        #[zokio::runtime(workers = $workers, io = $io, report = off)]
                        struct First;
                        #[zokio::runtime(workers = 2, io = $io, report = off)]
                        struct Second;

                        let first = First::new().unwrap();
                        let begin = |future: super::Begin| first.block_on(future);
                        if $workers == 1 {
                            let second = Second::new().unwrap();
                            super::$body(begin, |future| drop(second.spawn(future)));
                        } else {
                            super::$body(begin, |future| drop(first.spawn(future)));
                        }
                    }
                };
            }
            #[cfg(target_os = "linux")]
            test!(io_uring, 2, uring);
            test!(mio, 2, mio);
            #[cfg(target_os = "linux")]
            test!(io_uring_of_another_runtime, 1, uring);
            test!(mio_of_another_runtime, 1, mio);
        }
    )+};
}

type Begin = std::pin::Pin<Box<dyn Future<Output = ()>>>;
type GoOn = std::pin::Pin<Box<dyn Future<Output = ()> + Send>>;

on_all! {
    a_stream_is_read => stream,
    a_listener_accepts => listener,
    a_file_is_flushed => file,
    an_owned_read_arrives => owned_read,
    a_connection_is_made => connect,
    a_stream_is_closed => closed,
}

/// What `future` makes, out of the `block_on` that it runs in.
fn made<T: 'static>(begin: impl Fn(Begin), future: impl Future<Output = T> + 'static) -> T {
    let (sender, receiver) = channel();
    begin(Box::pin(async move { drop(sender.send(future.await)) }));
    receiver.recv().unwrap()
}

/// What `future` makes on the other seats.
fn elsewhere<T: Send + 'static>(go_on: impl Fn(GoOn), future: impl Future<Output = T> + Send + 'static) -> Receiver<T> {
    let (sender, receiver) = channel();
    go_on(Box::pin(async move { drop(sender.send(future.await)) }));
    receiver
}

/// A stream that somebody has waited for, and its peer.
async fn waited_for() -> (TcpStream, std::net::TcpStream) {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let mut near = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
    begin(near.read(&mut [0; 1])).await;
    (near, listener.accept().unwrap().0)
}

fn stream(begin: impl Fn(Begin), go_on: impl Fn(GoOn)) {
    let (mut near, mut far) = made(begin, waited_for());
    let read = elsewhere(go_on, async move { near.read_u8().await.unwrap() });
    far.write_all(b"x").unwrap();
    assert_eq!(read.recv_timeout(LONG), Ok(b'x'));
}

fn listener(begun: impl Fn(Begin), go_on: impl Fn(GoOn)) {
    let listener = made(begun, async {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        begin(listener.accept()).await;
        listener
    });
    let address = listener.local_addr().unwrap();
    let accepted = elsewhere(go_on, async move {
        for _ in 0..3 {
            let (mut stream, _) = listener.accept().await.unwrap();
            stream.write_all(b"x").await.unwrap();
        }
    });
    for _ in 0..3 {
        // Each one is served: none is left with the accept that was begun first.
        let mut client = std::net::TcpStream::connect(address).unwrap();
        client.set_read_timeout(Some(LONG)).unwrap();
        client.read_exact(&mut [0; 1]).unwrap();
    }
    accepted.recv_timeout(LONG).unwrap();
}

fn file(begin: impl Fn(Begin), go_on: impl Fn(GoOn)) {
    let path = Scratch::new();
    let created = path.0.clone();
    let mut file = made(begin, async move {
        let mut file = File::create(&created).await.unwrap();
        file.write_all(b"written").await.unwrap();
        file
    });
    let flushed = elsewhere(go_on, async move { file.flush().await.unwrap() });
    flushed.recv_timeout(LONG).unwrap();
    assert_eq!(std::fs::read(&path.0).unwrap(), b"written");
}

fn owned_read(begun: impl Fn(Begin), go_on: impl Fn(GoOn)) {
    let (future, mut far) = made(begun, async {
        let (near, far) = waited_for().await;
        let mut future = Box::pin(async move { near.read_owned(Vec::with_capacity(8)).await });
        begin(future.as_mut()).await;
        (future, far)
    });
    let read = elsewhere(go_on, future);
    far.write_all(b"x").unwrap();
    assert_eq!(read.recv_timeout(LONG).unwrap().1, b"x");
}

/// The kernel makes no connection while the listener's queue is full, and tries again by itself.
fn connect(begun: impl Fn(Begin), go_on: impl Fn(GoOn)) {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let listener = made(&begun, async move { socket.listen(0).unwrap().into_std().unwrap() });
    listener.set_nonblocking(false).unwrap();
    let address = listener.local_addr().unwrap();
    let first = std::net::TcpStream::connect(address).unwrap();
    let (future, listener) = made(&begun, async move {
        let mut future = Box::pin(TcpStream::connect(address));
        begin(future.as_mut()).await;
        (future, listener)
    });
    let connected = elsewhere(go_on, future);
    drop((listener.accept().unwrap(), first));
    let near = connected.recv_timeout(LONG).unwrap().unwrap();
    assert_eq!(near.local_addr().unwrap(), listener.accept().unwrap().1);
}

/// A poll in flight would keep the socket open.
fn closed(begin: impl Fn(Begin), _: impl Fn(GoOn)) {
    let (near, mut far) = made(begin, waited_for());
    drop(near);
    far.set_read_timeout(Some(LONG)).unwrap();
    assert_eq!(far.read(&mut [0; 1]).unwrap(), 0);
}

/// Whatever is in flight when a `block_on` ends: each byte arrives once, and in order.
mod interrupted {
    use super::*;

    const BYTES: u8 = 100;

    /// Reads with both faces in turn.
    async fn read_all(mut near: TcpStream) -> Vec<u8> {
        let mut bytes = Vec::new();
        while bytes.len() < usize::from(BYTES) {
            if bytes.len() % 2 == 0 {
                bytes.extend(near.read_owned(Vec::with_capacity(1)).await.1);
            } else {
                bytes.push(near.read_u8().await.unwrap());
            }
        }
        bytes
    }

    macro_rules! test {
        ($name:ident, $io:ident) => {
            #[test]
            fn $name() {
                #[zokio::runtime(workers = 1, io = $io, report = off)]
                struct Runtime;

                let runtime = Runtime::new().unwrap();
                let begin = |future: Begin| runtime.block_on(future);
                let (near, mut far) = made(begin, waited_for());
                let task = runtime.spawn(read_all(near));
                for byte in 0..BYTES {
                    let turns = byte % 4;
                    runtime.block_on(async {
                        for _ in 0..turns {
                            yield_now().await;
                        }
                    });
                    far.write_all(&[byte]).unwrap();
                }
                assert!(runtime.block_on(task).unwrap().into_iter().eq(0..BYTES));
            }
        };
    }
    #[cfg(target_os = "linux")]
    test!(io_uring, uring);
    test!(mio, mio);
}
