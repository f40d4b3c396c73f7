//! Moving bytes between a socket and a buffer that the operation owns.
#![allow(unsafe_code)] // payloads for the kernel: it reads and writes their buffers

use std::io;
use std::mem::MaybeUninit;
use std::sync::Arc;
use std::task::{Context, Poll};

use socket2::SockRef;

use crate::driver::buffer::{IoBuf, IoBufMut, request_length};
use crate::driver::choice::raw_socket;
use crate::driver::op::{self, Operate};
use crate::driver::{Direction, Operation, Source};

/// The payload of [`recv`](super::recv).
#[derive(Debug)]
pub struct Recv<B> {
    socket: Arc<Source>,
    buffer: B,
}

impl<B: IoBufMut> Recv<B> {
    pub(super) const fn new(socket: Arc<Source>, buffer: B) -> Self {
        Self { socket, buffer }
    }

    fn attempt(socket: &Source, buffer: &mut B) -> io::Result<usize> {
        let (pointer, length) = (buffer.as_mut_ptr(), buffer.capacity());
        // SAFETY: that many bytes from there may be written, and `recv` writes initialised ones alone.
        let room = unsafe { std::slice::from_raw_parts_mut(pointer.cast::<MaybeUninit<u8>>(), length) };
        SockRef::from(socket).recv(room)
    }
}

// SAFETY: an `IoBufMut`'s bytes stay at their address.
unsafe impl<B: IoBufMut> Operate for Recv<B> {
    type Output = (io::Result<usize>, B);

    const OPERATION: Operation = Operation::Recv;

    fn request(&mut self) -> op::Request {
        op::Request::Stream(super::Request::Recv {
            socket: raw_socket(&self.socket),
            length: request_length(self.buffer.capacity()),
            pointer: self.buffer.as_mut_ptr(),
        })
    }

    fn poll_attempt(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<u32>> {
        let Self { socket, buffer } = self;
        let wanted = buffer.capacity();
        let attempt = || Self::attempt(socket, buffer);
        socket.poll_transfer(cx, Direction::Read, wanted, attempt).map_ok(request_length)
    }

    fn perform(&mut self) -> io::Result<u32> {
        Self::attempt(&self.socket, &mut self.buffer).map(request_length)
    }

    fn finish(mut self, result: io::Result<u32>) -> Self::Output {
        let result = result.map(|received| received as usize);
        if let Ok(received) = result {
            // SAFETY: the kernel has filled so many bytes from the beginning.
            unsafe { self.buffer.set_init(received) };
        }
        (result, self.buffer)
    }
}

/// The payload of [`send`](super::send).
#[derive(Debug)]
pub struct Send<B> {
    socket: Arc<Source>,
    buffer: B,
}

impl<B: IoBuf> Send<B> {
    pub(super) const fn new(socket: Arc<Source>, buffer: B) -> Self {
        Self { socket, buffer }
    }
}

// SAFETY: an `IoBuf`'s bytes stay at their address.
unsafe impl<B: IoBuf> Operate for Send<B> {
    type Output = (io::Result<usize>, B);

    const OPERATION: Operation = Operation::Send;

    fn request(&mut self) -> op::Request {
        op::Request::Stream(super::Request::Send {
            socket: raw_socket(&self.socket),
            pointer: self.buffer.as_ptr(),
            length: request_length(self.buffer.init_len()),
        })
    }

    fn poll_attempt(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<u32>> {
        let Self { socket, buffer } = self;
        let attempt = || super::send_now(socket, buffer.as_slice());
        socket.poll_transfer(cx, Direction::Write, buffer.init_len(), attempt).map_ok(request_length)
    }

    fn perform(&mut self) -> io::Result<u32> {
        super::send_now(&self.socket, self.buffer.as_slice()).map(request_length)
    }

    fn finish(self, result: io::Result<u32>) -> Self::Output {
        (result.map(|sent| sent as usize), self.buffer)
    }
}
