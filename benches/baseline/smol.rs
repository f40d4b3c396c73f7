//! smol: async-executor's local executor on one thread, and its shared executor on two.

use crate::workload::{Contestant, ECHO_BUFFER, EchoServer, Workload};
use smol::{
    Async, Executor, LocalExecutor, Task, channel, future,
    io::{AsyncReadExt as _, AsyncWriteExt as _},
};
use std::{
    future::Future,
    io,
    net::{SocketAddr, TcpListener, TcpStream},
    thread,
    time::Duration,
};

thread_local! {
    /// The spawn calls have no runtime in hand, so the executor is the thread's, as every peer's is.
    static LOCAL: LocalExecutor<'static> = const { LocalExecutor::new() };
}

/// The shared executor, as `smol::spawn` has one: for the same reason as [`LOCAL`].
static SHARED: Executor<'static> = Executor::new();

/// One thread with a local executor and the reactor.
#[derive(Debug)]
pub struct Local;

/// Two threads that run the shared executor and the reactor.
#[derive(Debug)]
pub struct TwoWorkers {
    /// Closing it ends the workers.
    stop: channel::Sender<()>,
    workers: Vec<thread::JoinHandle<()>>,
}

impl Contestant for Local {
    const NAME: &'static str = "smol";
    const WORKERS: usize = 1;
    type Handle = Task<usize>;

    fn start() -> io::Result<Self> {
        Ok(Self)
    }

    fn run(&mut self, workload: Workload) -> Duration {
        LOCAL.with(|local| smol::block_on(local.run(workload.run::<Self>())))
    }

    fn spawn(task: impl Future<Output = usize> + Send + 'static) -> Self::Handle {
        LOCAL.with(|local| local.spawn(task))
    }

    fn joined(output: usize) -> usize {
        output
    }

    fn yield_now() -> impl Future<Output = ()> + Send {
        future::yield_now()
    }
}

impl Contestant for TwoWorkers {
    const NAME: &'static str = "smol";
    const WORKERS: usize = 2;
    type Handle = Task<usize>;

    fn start() -> io::Result<Self> {
        let (stop, stopped) = channel::bounded::<()>(1);
        let workers = (0..Self::WORKERS)
            .map(|index| {
                let stopped = stopped.clone();
                thread::Builder::new().name(format!("smol-{index}")).spawn(move || {
                    let until_closed = async {
                        stopped.recv().await.expect_err("nothing is ever sent");
                    };
                    smol::block_on(SHARED.run(until_closed));
                })
            })
            .collect::<io::Result<_>>()?;
        Ok(Self { stop, workers })
    }

    fn run(&mut self, workload: Workload) -> Duration {
        future::block_on(SHARED.spawn(workload.run::<Self>()))
    }

    fn spawn(task: impl Future<Output = usize> + Send + 'static) -> Self::Handle {
        SHARED.spawn(task)
    }

    fn joined(output: usize) -> usize {
        output
    }

    fn yield_now() -> impl Future<Output = ()> + Send {
        future::yield_now()
    }
}

impl Drop for TwoWorkers {
    fn drop(&mut self) {
        self.stop.close();
        for worker in self.workers.drain(..) {
            worker.join().expect("the worker does not panic");
        }
    }
}

impl EchoServer for Local {
    const NAME: &'static str = "smol";

    fn serve(connections: usize, announce: impl FnOnce(SocketAddr)) -> io::Result<u64> {
        let local = LocalExecutor::new();
        smol::block_on(local.run(async {
            let listener = Async::<TcpListener>::bind(([127, 0, 0, 1], 0))?;
            announce(listener.get_ref().local_addr()?);
            let mut tasks = Vec::with_capacity(connections);
            for _ in 0..connections {
                let (stream, _) = listener.accept().await?;
                tasks.push(local.spawn(echo(stream)));
            }
            let mut echoed = 0;
            for task in tasks {
                echoed += task.await?;
            }
            Ok(echoed)
        }))
    }
}

async fn echo(mut stream: Async<TcpStream>) -> io::Result<u64> {
    stream.get_ref().set_nodelay(true)?;
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
