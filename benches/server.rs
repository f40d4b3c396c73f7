//! An echo server on a thread and a core of its own.

use crate::{cores, workload::EchoServer};
use std::{io, net::SocketAddr, sync::mpsc, thread};

/// A server that runs until its connections are closed.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    thread: thread::JoinHandle<io::Result<u64>>,
}

impl Server {
    /// Starts `S` on `core`, runtime and all; the threads that it starts stay on that core too.
    ///
    /// # Errors
    ///
    /// Those of starting and binding.
    pub fn start<S: EchoServer>(core: usize, connections: usize) -> io::Result<Self> {
        let (announce, announced) = mpsc::channel();
        let thread = thread::Builder::new().name(S::NAME.into()).spawn(move || {
            cores::pin(core)?;
            S::serve(connections, |address| {
                announce.send(address).expect("the starter waits");
            })
        })?;
        match announced.recv() {
            Ok(address) => Ok(Self { address, thread }),
            // It ended before it could announce anything: its error says why.
            Err(mpsc::RecvError) => {
                Err(join(thread).err().unwrap_or_else(|| io::Error::other("the server has not announced itself")))
            }
        }
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Waits until all connections are closed, and returns how many bytes were echoed.
    ///
    /// # Errors
    ///
    /// The first error of the server.
    pub fn finish(self) -> io::Result<u64> {
        join(self.thread)
    }
}

fn join(thread: thread::JoinHandle<io::Result<u64>>) -> io::Result<u64> {
    thread.join().expect("the server does not panic")
}
