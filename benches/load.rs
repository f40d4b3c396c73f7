//! The load generator of the echo workloads: blocking sockets and epoll on the calling thread, no runtime.

use rustix::{
    buffer::spare_capacity,
    event::epoll::{self, CreateFlags, Event, EventData, EventFlags},
};
use std::{
    fmt,
    io::{self, Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    os::fd::OwnedFd,
};

/// Connections to one echo server, each with at most one message on its way.
pub struct Load {
    connections: Vec<Connection>,
    epoll: OwnedFd,
    events: Vec<Event>,
    bytes: u64,
}

/// A connection and the message that it waits for.
struct Connection {
    stream: TcpStream,
    sent: Vec<u8>,
    received: Vec<u8>,
    /// How much of `received` has arrived.
    filled: usize,
    messages: u64,
}

impl fmt::Debug for Load {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Load")
            .field("connections", &self.connections.len())
            .field("bytes", &self.bytes)
            .finish_non_exhaustive()
    }
}

impl Load {
    /// Opens `connections` connections that will send messages of `size` bytes.
    ///
    /// # Errors
    ///
    /// Those of connecting.
    ///
    /// # Panics
    ///
    /// If `size` has no room for the number of a message at either end.
    pub fn connect(server: SocketAddr, connections: usize, size: usize) -> io::Result<Self> {
        assert!(size >= 16, "a message carries its number twice");
        let epoll = epoll::create(CreateFlags::CLOEXEC)?;
        let connections = (0..connections)
            .map(|index| {
                let stream = TcpStream::connect(server)?;
                stream.set_nodelay(true)?;
                let data = EventData::new_u64(index as u64);
                epoll::add(&epoll, &stream, data, EventFlags::IN)?;
                Ok(Connection::new(stream, index, size))
            })
            .collect::<io::Result<Vec<_>>>()?;
        Ok(Self { events: Vec::with_capacity(connections.len()), connections, epoll, bytes: 0 })
    }

    /// Sends `count` messages and waits for their echoes: a message on every connection at first, and the next one as
    /// soon as an echo is complete.
    ///
    /// # Errors
    ///
    /// Those of the sockets, and `UnexpectedEof` if the server closes one.
    ///
    /// # Panics
    ///
    /// If an echo differs from what was sent.
    pub fn round_trips(&mut self, count: u64) -> io::Result<()> {
        if let [connection] = &mut self.connections[..] {
            for _ in 0..count {
                connection.send()?;
                while !connection.receive()? {}
            }
        } else {
            self.round_trips_interleaved(count)?;
        }
        self.bytes += count * self.connections[0].sent.len() as u64;
        Ok(())
    }

    fn round_trips_interleaved(&mut self, count: u64) -> io::Result<()> {
        let mut started = count.min(self.connections.len() as u64);
        for connection in &mut self.connections[..started as usize] {
            connection.send()?;
        }
        let mut complete = 0;
        while complete < count {
            self.events.clear();
            epoll::wait(&self.epoll, spare_capacity(&mut self.events), None)?;
            for event in &self.events {
                let connection = &mut self.connections[event.data.u64() as usize];
                // One read per event: a second one could block.
                if connection.receive()? {
                    complete += 1;
                    if started < count {
                        connection.send()?;
                        started += 1;
                    }
                }
            }
        }
        Ok(())
    }

    /// Closes the connections and returns how many bytes went out and came back.
    pub fn finish(self) -> u64 {
        self.bytes
    }
}

impl Connection {
    fn new(stream: TcpStream, index: usize, size: usize) -> Self {
        Self {
            stream,
            // Differs by position and by connection, so that a shifted or foreign echo does not pass.
            sent: (0..size).map(|i| (i * 7 + index * 31) as u8).collect(),
            received: vec![0; size],
            filled: 0,
            messages: 0,
        }
    }

    /// Numbers the next message at either end and sends it.
    fn send(&mut self) -> io::Result<()> {
        self.messages += 1;
        let number = self.messages.to_le_bytes();
        let last = self.sent.len() - number.len();
        self.sent[..number.len()].copy_from_slice(&number);
        self.sent[last..].copy_from_slice(&number);
        self.filled = 0;
        self.stream.write_all(&self.sent)
    }

    /// Reads once, and answers whether the echo is complete.
    fn receive(&mut self) -> io::Result<bool> {
        let count = self.stream.read(&mut self.received[self.filled..])?;
        if count == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.filled += count;
        if self.filled < self.received.len() {
            return Ok(false);
        }
        assert!(self.received == self.sent, "message {} came back changed", self.messages);
        Ok(true)
    }
}
