//! The bare epoll loop: wait, then read and write every ready connection.

use super::accept_all;
use crate::workload::{ECHO_BUFFER, EchoServer};
use rustix::{
    buffer::spare_capacity,
    event::epoll::{self, CreateFlags, EventData, EventFlags},
};
use std::{
    io::{self, Read as _, Write as _},
    net::{SocketAddr, TcpStream},
};

/// The loop itself; it has no state of its own.
#[derive(Debug)]
pub struct Epoll;

impl EchoServer for Epoll {
    const NAME: &'static str = "bare epoll";

    fn serve(connections: usize, announce: impl FnOnce(SocketAddr)) -> io::Result<u64> {
        let mut streams = accept_all(connections, announce)?;
        let epoll = epoll::create(CreateFlags::CLOEXEC)?;
        for (index, stream) in streams.iter().enumerate() {
            epoll::add(&epoll, stream, EventData::new_u64(index as u64), EventFlags::IN)?;
        }
        let mut buffer = vec![0; ECHO_BUFFER];
        let mut events = Vec::with_capacity(connections);
        let mut open = connections;
        let mut echoed = 0;
        while open > 0 {
            events.clear();
            epoll::wait(&epoll, spare_capacity(&mut events), None)?;
            for event in &events {
                let stream: &mut TcpStream = &mut streams[event.data.u64() as usize];
                // Blocking sockets: one read after a readiness event does not block, and a write blocks only while
                // the client, which always reads, is behind by a whole socket buffer.
                let count = stream.read(&mut buffer)?;
                if count == 0 {
                    epoll::delete(&epoll, &*stream)?;
                    open -= 1;
                }
                stream.write_all(&buffer[..count])?;
                echoed += count as u64;
            }
        }
        Ok(echoed)
    }
}
