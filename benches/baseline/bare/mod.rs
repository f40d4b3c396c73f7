//! Echo loops without a runtime: the floor, what the kernel itself costs.

mod epoll;
mod io_uring;

pub use self::{epoll::Epoll, io_uring::Uring};

use std::{
    io,
    net::{SocketAddr, TcpListener, TcpStream},
};

/// Binds, announces and accepts all connections: not part of what is measured, so both loops do it the plain way.
fn accept_all(connections: usize, announce: impl FnOnce(SocketAddr)) -> io::Result<Vec<TcpStream>> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    announce(listener.local_addr()?);
    (0..connections)
        .map(|_| {
            let (stream, _) = listener.accept()?;
            stream.set_nodelay(true)?;
            Ok(stream)
        })
        .collect()
}
