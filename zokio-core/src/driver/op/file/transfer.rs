//! Moving bytes between a file and a buffer that the operation owns.
#![allow(unsafe_code)] // payloads for the kernel: it reads and writes their buffers

use std::fs::File;
use std::io;
use std::sync::Arc;
use std::task::{Context, Poll};

use crate::driver::Operation;
use crate::driver::buffer::{IoBuf, IoBufMut, request_length};
use crate::driver::choice::{raw_file, read_file, write_file};
use crate::driver::op::{self, Operate};

/// The payload of [`read`](super::read).
#[derive(Debug)]
pub struct Read<B> {
    file: Arc<File>,
    buffer: B,
    offset: Option<u64>,
}

impl<B: IoBufMut> Read<B> {
    pub(super) const fn new(file: Arc<File>, buffer: B, offset: Option<u64>) -> Self {
        Self { file, buffer, offset }
    }
}

// SAFETY: an `IoBufMut`'s bytes stay at their address.
unsafe impl<B: IoBufMut> Operate for Read<B> {
    type Output = (io::Result<usize>, B);

    const OPERATION: Operation = Operation::Read;

    fn request(&mut self) -> op::Request {
        op::Request::File(super::Request::Read {
            file: raw_file(&self.file),
            length: request_length(self.buffer.capacity()),
            pointer: self.buffer.as_mut_ptr(),
            offset: self.offset,
        })
    }

    fn poll_attempt(&mut self, _: &mut Context<'_>) -> Poll<io::Result<u32>> {
        Poll::Ready(self.perform())
    }

    fn perform(&mut self) -> io::Result<u32> {
        let (pointer, length) = (self.buffer.as_mut_ptr(), self.buffer.capacity());
        // std's readers take initialised bytes: the part behind the content is zeroed first.
        let initialised = self.buffer.init_len().min(length);
        // SAFETY: the content ends within the bytes that may be written.
        let rest = unsafe { pointer.add(initialised) };
        // SAFETY: from there to the capacity.
        unsafe { rest.write_bytes(0, length - initialised) };
        // SAFETY: all of them are initialised now.
        let room = unsafe { std::slice::from_raw_parts_mut(pointer, length) };
        read_file(&self.file, room, self.offset).map(request_length)
    }

    fn finish(mut self, result: io::Result<u32>) -> Self::Output {
        let result = result.map(|read| read as usize);
        if let Ok(read) = result {
            // SAFETY: the kernel has filled so many bytes from the beginning.
            unsafe { self.buffer.set_init(read) };
        }
        (result, self.buffer)
    }
}

/// The payload of [`write`](super::write).
#[derive(Debug)]
pub struct Write<B> {
    file: Arc<File>,
    buffer: B,
    offset: Option<u64>,
}

impl<B: IoBuf> Write<B> {
    pub(super) const fn new(file: Arc<File>, buffer: B, offset: Option<u64>) -> Self {
        Self { file, buffer, offset }
    }
}

// SAFETY: an `IoBuf`'s bytes stay at their address.
unsafe impl<B: IoBuf> Operate for Write<B> {
    type Output = (io::Result<usize>, B);

    const OPERATION: Operation = Operation::Write;

    fn request(&mut self) -> op::Request {
        op::Request::File(super::Request::Write {
            file: raw_file(&self.file),
            pointer: self.buffer.as_ptr(),
            length: request_length(self.buffer.init_len()),
            offset: self.offset,
        })
    }

    fn poll_attempt(&mut self, _: &mut Context<'_>) -> Poll<io::Result<u32>> {
        Poll::Ready(self.perform())
    }

    fn perform(&mut self) -> io::Result<u32> {
        write_file(&self.file, self.buffer.as_slice(), self.offset).map(request_length)
    }

    fn finish(self, result: io::Result<u32>) -> Self::Output {
        (result.map(|written| written as usize), self.buffer)
    }
}
