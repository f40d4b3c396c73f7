//! tokio: its current-thread runtime, and its multi-threaded one with two workers.

use crate::workload::{Contestant, ECHO_BUFFER, EchoServer, Workload};
use std::{future::Future, io, net::SocketAddr, time::Duration};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    runtime::{Builder, Runtime},
    task::{JoinError, JoinHandle},
};

/// The current-thread runtime.
#[derive(Debug)]
pub struct CurrentThread(Runtime);

/// The multi-threaded runtime with two workers.
#[derive(Debug)]
pub struct TwoWorkers(Runtime);

impl Contestant for CurrentThread {
    const NAME: &'static str = "tokio";
    const WORKERS: usize = 1;
    type Handle = JoinHandle<usize>;

    fn start() -> io::Result<Self> {
        Builder::new_current_thread().enable_all().build().map(Self)
    }

    fn run(&mut self, workload: Workload) -> Duration {
        self.0.block_on(workload.run::<Self>())
    }

    fn spawn(task: impl Future<Output = usize> + Send + 'static) -> Self::Handle {
        tokio::spawn(task)
    }

    fn joined(output: Result<usize, JoinError>) -> usize {
        output.expect("the task ran to its end")
    }

    fn yield_now() -> impl Future<Output = ()> + Send {
        tokio::task::yield_now()
    }
}

impl Contestant for TwoWorkers {
    const NAME: &'static str = "tokio";
    const WORKERS: usize = 2;
    type Handle = JoinHandle<usize>;

    fn start() -> io::Result<Self> {
        Builder::new_multi_thread().worker_threads(Self::WORKERS).enable_all().build().map(Self)
    }

    fn run(&mut self, workload: Workload) -> Duration {
        self.0.block_on(self.0.spawn(workload.run::<Self>())).expect("the workload ran to its end")
    }

    fn spawn(task: impl Future<Output = usize> + Send + 'static) -> Self::Handle {
        tokio::spawn(task)
    }

    fn joined(output: Result<usize, JoinError>) -> usize {
        output.expect("the task ran to its end")
    }

    fn yield_now() -> impl Future<Output = ()> + Send {
        tokio::task::yield_now()
    }
}

impl EchoServer for CurrentThread {
    const NAME: &'static str = "tokio";

    fn serve(connections: usize, announce: impl FnOnce(SocketAddr)) -> io::Result<u64> {
        Self::start()?.0.block_on(async {
            let listener = TcpListener::bind("127.0.0.1:0").await?;
            announce(listener.local_addr()?);
            let mut tasks = Vec::with_capacity(connections);
            for _ in 0..connections {
                let (stream, _) = listener.accept().await?;
                tasks.push(tokio::spawn(echo(stream)));
            }
            let mut echoed = 0;
            for task in tasks {
                echoed += task.await.expect("the task ran to its end")?;
            }
            Ok(echoed)
        })
    }
}

async fn echo(mut stream: TcpStream) -> io::Result<u64> {
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
