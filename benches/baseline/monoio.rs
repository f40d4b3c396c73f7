//! monoio with its io_uring driver: one thread.

use crate::workload::{Contestant, ECHO_BUFFER, EchoServer, Workload};
use monoio::{
    IoUringDriver, Runtime, RuntimeBuilder,
    io::{AsyncReadRent, AsyncWriteRentExt},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};
use std::{fmt, future::Future, io, net::SocketAddr, time::Duration};

/// The runtime over io_uring, timers on, its default ring.
pub struct Uring(Runtime<monoio::time::TimeDriver<IoUringDriver>>);

impl fmt::Debug for Uring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Uring").finish_non_exhaustive()
    }
}

impl Contestant for Uring {
    const NAME: &'static str = "monoio";
    const WORKERS: usize = 1;
    type Handle = JoinHandle<usize>;

    fn start() -> io::Result<Self> {
        RuntimeBuilder::<IoUringDriver>::new().enable_timer().build().map(Self)
    }

    fn run(&mut self, workload: Workload) -> Duration {
        self.0.block_on(workload.run::<Self>())
    }

    fn spawn(task: impl Future<Output = usize> + Send + 'static) -> Self::Handle {
        monoio::spawn(task)
    }

    fn joined(output: usize) -> usize {
        output
    }
}

impl EchoServer for Uring {
    const NAME: &'static str = "monoio";

    fn serve(connections: usize, announce: impl FnOnce(SocketAddr)) -> io::Result<u64> {
        Self::start()?.0.block_on(async {
            let listener = TcpListener::bind("127.0.0.1:0")?;
            announce(listener.local_addr()?);
            let mut tasks = Vec::with_capacity(connections);
            for _ in 0..connections {
                let (stream, _) = listener.accept().await?;
                tasks.push(monoio::spawn(echo(stream)));
            }
            let mut echoed = 0;
            for task in tasks {
                echoed += task.await?;
            }
            Ok(echoed)
        })
    }
}

async fn echo(mut stream: TcpStream) -> io::Result<u64> {
    stream.set_nodelay(true)?;
    let mut buffer = Vec::with_capacity(ECHO_BUFFER);
    let mut echoed = 0;
    loop {
        let (count, read) = stream.read(buffer).await;
        let count = count?;
        if count == 0 {
            return Ok(echoed);
        }
        let (sent, written) = stream.write_all(read).await;
        sent?;
        echoed += count as u64;
        buffer = written;
    }
}
