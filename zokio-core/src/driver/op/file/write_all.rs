//! Writing all of a buffer, whoever waits for it.
#![allow(unsafe_code)] // a payload for the kernel: it reads the buffer

use std::fs::File;
use std::io;
use std::sync::Arc;
use std::task::{Context, Poll};

use crate::driver::Operation;
use crate::driver::blocking::Duty;
use crate::driver::buffer::{IoBuf, request_length};
use crate::driver::choice::{raw_file, write_file};
use crate::driver::op::{self, Operate};

/// The payload of [`write_all`](super::write_all).
#[derive(Debug)]
pub struct WriteAll<B> {
    file: Arc<File>,
    buffer: B,
    /// How many of its bytes have been written.
    written: usize,
}

impl<B: IoBuf> WriteAll<B> {
    pub(super) const fn new(file: Arc<File>, buffer: B) -> Self {
        Self { file, buffer, written: 0 }
    }

    fn rest(&self) -> &[u8] {
        &self.buffer.as_slice()[self.written..]
    }
}

// SAFETY: an `IoBuf`'s bytes stay at their address.
unsafe impl<B: IoBuf> Operate for WriteAll<B> {
    type Output = (io::Result<()>, B);

    const OPERATION: Operation = Operation::Write;

    const DUTY: Duty = Duty::Mandatory;

    fn request(&mut self) -> op::Request {
        op::Request::File(super::Request::Write {
            file: raw_file(&self.file),
            pointer: self.rest().as_ptr(),
            length: request_length(self.rest().len()),
            offset: None,
        })
    }

    fn poll_attempt(&mut self, _: &mut Context<'_>) -> Poll<io::Result<u32>> {
        Poll::Ready(self.perform())
    }

    fn perform(&mut self) -> io::Result<u32> {
        loop {
            let result = write_file(&self.file, self.rest(), None).map(request_length);
            match result {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                result if self.goes_on(&result) => {}
                result => return result,
            }
        }
    }

    fn goes_on(&mut self, result: &io::Result<u32>) -> bool {
        let Ok(count) = *result else { return false };
        self.written += count as usize;
        // A write of nothing would be repeated for ever.
        count > 0 && !self.rest().is_empty()
    }

    fn finish(self, result: io::Result<u32>) -> Self::Output {
        let result = match result {
            Ok(0) if !self.rest().is_empty() => Err(io::ErrorKind::WriteZero.into()),
            result => result.map(drop),
        };
        (result, self.buffer)
    }
}
