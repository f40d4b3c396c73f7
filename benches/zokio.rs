//! zokio: one worker and two, over io_uring.

use crate::workload::{Contestant, ECHO_BUFFER, EchoServer, Workload};
use std::{fmt, future::Future, io, net::SocketAddr, time::Duration};
use zokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::{JoinError, JoinHandle},
};

#[zokio::runtime(workers = 1, io = uring)]
struct One;

#[zokio::runtime(workers = 2, io = uring)]
struct Two;

/// One worker: the thread of `block_on`. As an echo server it reads and writes with owned buffers.
pub struct OneWorker(One);

/// Two workers, each on a thread of its own.
pub struct TwoWorkers(Two);

/// The echo server of one worker that reads and writes with borrowed buffers, through `AsyncRead` and `AsyncWrite`.
#[derive(Debug)]
pub struct Borrowing;

impl fmt::Debug for OneWorker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OneWorker").finish_non_exhaustive()
    }
}

impl fmt::Debug for TwoWorkers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TwoWorkers").finish_non_exhaustive()
    }
}

impl Contestant for OneWorker {
    const NAME: &'static str = "zokio";
    const WORKERS: usize = 1;
    type Handle = JoinHandle<usize>;

    fn start() -> io::Result<Self> {
        One::new().map(Self)
    }

    fn run(&mut self, workload: Workload) -> Duration {
        self.0.block_on(workload.run::<Self>())
    }

    fn spawn(task: impl Future<Output = usize> + Send + 'static) -> Self::Handle {
        zokio::spawn(task)
    }

    fn joined(output: Result<usize, JoinError>) -> usize {
        output.expect("the task ran to its end")
    }

    fn yield_now() -> impl Future<Output = ()> + Send {
        zokio::task::yield_now()
    }
}

impl Contestant for TwoWorkers {
    const NAME: &'static str = "zokio";
    const WORKERS: usize = 2;
    type Handle = JoinHandle<usize>;

    fn start() -> io::Result<Self> {
        Two::new().map(Self)
    }

    fn run(&mut self, workload: Workload) -> Duration {
        self.0.block_on(self.0.spawn(workload.run::<Self>())).expect("the workload ran to its end")
    }

    fn spawn(task: impl Future<Output = usize> + Send + 'static) -> Self::Handle {
        zokio::spawn(task)
    }

    fn joined(output: Result<usize, JoinError>) -> usize {
        output.expect("the task ran to its end")
    }

    fn yield_now() -> impl Future<Output = ()> + Send {
        zokio::task::yield_now()
    }
}

impl EchoServer for OneWorker {
    const NAME: &'static str = "zokio";

    fn serve(connections: usize, announce: impl FnOnce(SocketAddr)) -> io::Result<u64> {
        serve(connections, announce, echo_owned)
    }
}

impl EchoServer for Borrowing {
    const NAME: &'static str = "zokio, borrowed buffers";

    fn serve(connections: usize, announce: impl FnOnce(SocketAddr)) -> io::Result<u64> {
        serve(connections, announce, echo_borrowed)
    }
}

fn serve<F>(connections: usize, announce: impl FnOnce(SocketAddr), echo: fn(TcpStream) -> F) -> io::Result<u64>
where
    F: Future<Output = io::Result<u64>> + Send + 'static,
{
    One::new()?.block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        announce(listener.local_addr()?);
        let mut tasks = Vec::with_capacity(connections);
        for _ in 0..connections {
            let (stream, _) = listener.accept().await?;
            tasks.push(zokio::spawn(echo(stream)));
        }
        let mut echoed = 0;
        for task in tasks {
            echoed += task.await.expect("the task ran to its end")?;
        }
        Ok(echoed)
    })
}

async fn echo_owned(stream: TcpStream) -> io::Result<u64> {
    stream.set_nodelay(true)?;
    let mut buffer = Vec::with_capacity(ECHO_BUFFER);
    let mut echoed = 0;
    loop {
        let (count, read) = stream.read_owned(buffer).await;
        let count = count?;
        if count == 0 {
            return Ok(echoed);
        }
        let (sent, written) = stream.write_all_owned(read).await;
        sent?;
        echoed += count as u64;
        buffer = written;
        buffer.clear();
    }
}

async fn echo_borrowed(mut stream: TcpStream) -> io::Result<u64> {
    stream.set_nodelay(true)?;
    let mut buffer = vec![0; ECHO_BUFFER];
    let mut echoed = 0;
    loop {
        let count = stream.read(&mut buffer).await?;
        if count == 0 {
            return Ok(echoed);
        }
        stream.write_all(&buffer[..count]).await?;
        echoed += count as u64;
    }
}
