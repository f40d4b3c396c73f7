//! compio with its default driver on Linux, io_uring: one thread.

use crate::workload::{Contestant, ECHO_BUFFER, EchoServer, Workload};
use compio::{
    BufResult,
    io::{AsyncRead, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    runtime::{JoinError, JoinHandle, Runtime},
};
use std::{fmt, future::Future, io, net::SocketAddr, time::Duration};

/// The runtime as `Runtime::new` builds it.
pub struct Default(Runtime);

impl fmt::Debug for Default {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Default").finish_non_exhaustive()
    }
}

impl Contestant for Default {
    const NAME: &'static str = "compio";
    const WORKERS: usize = 1;
    type Handle = JoinHandle<usize>;

    fn start() -> io::Result<Self> {
        Runtime::new().map(Self)
    }

    fn run(&mut self, workload: Workload) -> Duration {
        self.0.block_on(workload.run::<Self>())
    }

    fn spawn(task: impl Future<Output = usize> + Send + 'static) -> Self::Handle {
        compio::runtime::spawn(task)
    }

    fn joined(output: Result<usize, JoinError>) -> usize {
        output.expect("the task ran to its end")
    }
}

impl EchoServer for Default {
    const NAME: &'static str = "compio";

    fn serve(connections: usize, announce: impl FnOnce(SocketAddr)) -> io::Result<u64> {
        Self::start()?.0.block_on(async {
            let listener = TcpListener::bind("127.0.0.1:0").await?;
            announce(listener.local_addr()?);
            let mut tasks = Vec::with_capacity(connections);
            for _ in 0..connections {
                let (stream, _) = listener.accept().await?;
                tasks.push(compio::runtime::spawn(echo(stream)));
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
    let mut buffer = Vec::with_capacity(ECHO_BUFFER);
    let mut echoed = 0;
    loop {
        let BufResult(count, read) = stream.read(buffer).await;
        let count = count?;
        if count == 0 {
            return Ok(echoed);
        }
        let BufResult(sent, written) = stream.write_all(read).await;
        sent?;
        echoed += count as u64;
        buffer = written;
        buffer.clear();
    }
}
