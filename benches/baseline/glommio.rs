//! glommio: one local executor.
//!
//! It registers its I/O memory with its rings, which counts against `RLIMIT_MEMLOCK`; the sizes below fit in the 8 MiB
//! that distributions allow.

use crate::workload::{Contestant, ECHO_BUFFER, EchoServer, Workload};
use futures_lite::io::{AsyncReadExt as _, AsyncWriteExt as _};
use glommio::{
    LocalExecutor, LocalExecutorBuilder, Placement, Task,
    net::{TcpListener, TcpStream},
};
use std::{future::Future, io, net::SocketAddr, time::Duration};

/// Entries of each of the three rings.
const RING_DEPTH: usize = 128;

/// Registered I/O memory in bytes.
const IO_MEMORY: usize = 1 << 20;

/// One executor on the thread that starts it.
#[derive(Debug)]
pub struct Local(LocalExecutor);

impl Contestant for Local {
    const NAME: &'static str = "glommio";
    const WORKERS: usize = 1;
    type Handle = Task<usize>;

    fn start() -> io::Result<Self> {
        let executor =
            LocalExecutorBuilder::new(Placement::Unbound).ring_depth(RING_DEPTH).io_memory(IO_MEMORY).make()?;
        Ok(Self(executor))
    }

    fn run(&mut self, workload: Workload) -> Duration {
        self.0.run(workload.run::<Self>())
    }

    fn spawn(task: impl Future<Output = usize> + Send + 'static) -> Self::Handle {
        glommio::spawn_local(task)
    }

    fn joined(output: usize) -> usize {
        output
    }

    async fn yield_now() {
        glommio::executor().yield_now().await;
    }
}

impl EchoServer for Local {
    const NAME: &'static str = "glommio";

    fn serve(connections: usize, announce: impl FnOnce(SocketAddr)) -> io::Result<u64> {
        Self::start()?.0.run(async {
            let listener = TcpListener::bind("127.0.0.1:0")?;
            announce(listener.local_addr()?);
            let mut tasks = Vec::with_capacity(connections);
            for _ in 0..connections {
                let stream = listener.accept().await?;
                tasks.push(glommio::spawn_local(echo(stream)));
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
