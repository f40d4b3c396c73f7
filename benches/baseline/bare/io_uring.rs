//! The bare io_uring loop: single-shot receive and send per connection, one enter per turn.
#![allow(unsafe_code)] // submission entries carry raw pointers into the connections' buffers

use super::accept_all;
use crate::workload::{ECHO_BUFFER, EchoServer};
use io_uring::{IoUring, opcode, squeue, types::Fd};
use std::{
    io,
    net::{SocketAddr, TcpStream},
    os::fd::AsRawFd as _,
};

/// The loop itself; it has no state of its own.
#[derive(Debug)]
pub struct Uring;

/// A connection has one operation in flight, so its index names the operation.
struct Connection {
    stream: TcpStream,
    buffer: Box<[u8]>,
    /// The part of `buffer` that is still to be sent; empty while receiving.
    unsent: std::ops::Range<usize>,
}

impl EchoServer for Uring {
    const NAME: &'static str = "bare io_uring";

    fn serve(connections: usize, announce: impl FnOnce(SocketAddr)) -> io::Result<u64> {
        let mut connections: Vec<Connection> = accept_all(connections, announce)?
            .into_iter()
            .map(|stream| Connection { stream, buffer: vec![0; ECHO_BUFFER].into_boxed_slice(), unsent: 0..0 })
            .collect();
        // One operation per connection is in flight, so neither queue can overflow.
        let entries = connections.len().next_power_of_two() as u32;
        // Declared after the connections, dropped before them: were an error to leave operations in flight, the ring
        // ends them before their buffers go.
        let mut ring =
            IoUring::builder().setup_single_issuer().setup_coop_taskrun().setup_defer_taskrun().build(entries)?;
        for (index, connection) in connections.iter_mut().enumerate() {
            push(&mut ring, connection.receive(index));
        }
        let mut completed = Vec::with_capacity(connections.len());
        let mut open = connections.len();
        let mut echoed = 0;
        while open > 0 {
            ring.submit_and_wait(1)?;
            completed.extend(ring.completion().map(|c| (c.user_data(), c.result())));
            for (index, result) in completed.drain(..) {
                let index = index as usize;
                let connection = &mut connections[index];
                let count = usize::try_from(result).map_err(|_| io::Error::from_raw_os_error(-result))?;
                if connection.unsent.is_empty() {
                    if count == 0 {
                        open -= 1;
                        continue;
                    }
                    connection.unsent = 0..count;
                } else {
                    connection.unsent.start += count;
                    echoed += count as u64;
                }
                let entry =
                    if connection.unsent.is_empty() { connection.receive(index) } else { connection.send(index) };
                push(&mut ring, entry);
            }
        }
        Ok(echoed)
    }
}

impl Connection {
    fn receive(&mut self, index: usize) -> squeue::Entry {
        opcode::Recv::new(Fd(self.stream.as_raw_fd()), self.buffer.as_mut_ptr(), self.buffer.len() as u32)
            .build()
            .user_data(index as u64)
    }

    fn send(&self, index: usize) -> squeue::Entry {
        let unsent = &self.buffer[self.unsent.clone()];
        opcode::Send::new(Fd(self.stream.as_raw_fd()), unsent.as_ptr(), unsent.len() as u32)
            .build()
            .user_data(index as u64)
    }
}

fn push(ring: &mut IoUring, entry: squeue::Entry) {
    // SAFETY: `entry` points into the buffer of a connection that outlives the ring and that nobody touches until this
    // operation has completed.
    unsafe { ring.submission().push(&entry) }.expect("an entry per connection");
}
