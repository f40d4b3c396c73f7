//! A file in memory.

use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use super::{Effects, Error, Pace, World};

/// Bytes with an end.
#[derive(Debug)]
pub struct File {
    bytes: Rc<RefCell<Vec<u8>>>,
    effects: Effects,
    pace: Pace,
}

impl World {
    /// A file that holds `bytes`.
    pub fn file(&self, bytes: impl Into<Vec<u8>>) -> File {
        File { bytes: Rc::new(RefCell::new(bytes.into())), effects: self.effects(), pace: self.pace() }
    }
}

impl File {
    /// Reads from `offset`; 0 at the end.
    pub fn read_at<'f>(&'f mut self, buffer: &'f mut [u8], offset: u64) -> ReadAt<'f> {
        ReadAt { file: self, buffer, offset: offset as usize }
    }

    /// Writes at the end; where it was written.
    pub fn append<'f>(&'f mut self, bytes: &'f [u8]) -> Append<'f> {
        Append { file: self, bytes }
    }
}

/// See [`File::read_at`].
#[derive(Debug)]
pub struct ReadAt<'f> {
    file: &'f mut File,
    buffer: &'f mut [u8],
    offset: usize,
}

impl Future for ReadAt<'_> {
    type Output = Result<usize, Error>;

    #[inline(never)]
    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        if !this.file.pace.ready() {
            return Poll::Pending;
        }
        let bytes = this.file.bytes.borrow();
        let rest = bytes.get(this.offset..).unwrap_or_default();
        let count = rest.len().min(this.buffer.len());
        this.buffer[..count].copy_from_slice(&rest[..count]);
        Poll::Ready(Ok(count))
    }
}

/// See [`File::append`].
#[derive(Debug)]
pub struct Append<'f> {
    file: &'f mut File,
    bytes: &'f [u8],
}

impl Future for Append<'_> {
    type Output = Result<u64, Error>;

    #[inline(never)]
    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        if !this.file.pace.ready() {
            return Poll::Pending;
        }
        this.file.effects.add(this.bytes);
        let mut bytes = this.file.bytes.borrow_mut();
        let offset = bytes.len() as u64;
        bytes.extend_from_slice(this.bytes);
        Poll::Ready(Ok(offset))
    }
}
