//! A connection in memory: what comes in was said beforehand, what goes out is digested.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use super::{Effects, Error, Pace, World};

/// So many bytes arrive at once.
const SEGMENT: usize = 61;

/// The half that is read.
#[derive(Debug)]
pub struct Reader {
    input: Vec<u8>,
    at: usize,
    pace: Pace,
}

/// The half that is written.
#[derive(Debug)]
pub struct Writer {
    written: u64,
    effects: Effects,
    pace: Pace,
}

/// Both.
#[derive(Debug)]
pub struct Duplex {
    reader: Reader,
    writer: Writer,
}

impl World {
    /// A connection whose peer says `input`, then closes.
    pub fn connection(&self, input: impl Into<Vec<u8>>) -> Duplex {
        Duplex { reader: self.reader(input), writer: self.writer() }
    }

    /// Something to read.
    pub fn reader(&self, input: impl Into<Vec<u8>>) -> Reader {
        Reader { input: input.into(), at: 0, pace: self.pace() }
    }

    /// Something to write to.
    pub fn writer(&self) -> Writer {
        Writer { written: 0, effects: self.effects(), pace: self.pace() }
    }
}

impl Reader {
    /// Reads what is there; 0 at the end.
    pub fn read<'s>(&'s mut self, buffer: &'s mut [u8]) -> Read<'s> {
        Read { reader: self, buffer }
    }

    /// Fills the buffer.
    pub fn read_exact<'s>(&'s mut self, buffer: &'s mut [u8]) -> ReadExact<'s> {
        ReadExact { reader: self, buffer, filled: 0 }
    }

    fn take(&mut self, buffer: &mut [u8]) -> usize {
        let count = buffer.len().min(self.input.len() - self.at).min(SEGMENT);
        buffer[..count].copy_from_slice(&self.input[self.at..self.at + count]);
        self.at += count;
        count
    }
}

impl Writer {
    /// Writes all of it.
    pub fn write_all<'s>(&'s mut self, bytes: &'s [u8]) -> WriteAll<'s> {
        WriteAll { writer: self, bytes }
    }

    /// Waits until the peer has it.
    pub fn flush(&mut self) -> Flush<'_> {
        Flush(self)
    }
}

impl Duplex {
    /// See [`Reader::read`].
    pub fn read<'s>(&'s mut self, buffer: &'s mut [u8]) -> Read<'s> {
        self.reader.read(buffer)
    }

    /// See [`Reader::read_exact`].
    pub fn read_exact<'s>(&'s mut self, buffer: &'s mut [u8]) -> ReadExact<'s> {
        self.reader.read_exact(buffer)
    }

    /// See [`Writer::write_all`].
    pub fn write_all<'s>(&'s mut self, bytes: &'s [u8]) -> WriteAll<'s> {
        self.writer.write_all(bytes)
    }

    /// See [`Writer::flush`].
    pub fn flush(&mut self) -> Flush<'_> {
        self.writer.flush()
    }

    /// The two halves.
    pub fn into_split(self) -> (Reader, Writer) {
        (self.reader, self.writer)
    }
}

/// See [`Reader::read`].
#[derive(Debug)]
pub struct Read<'s> {
    reader: &'s mut Reader,
    buffer: &'s mut [u8],
}

impl Future for Read<'_> {
    type Output = Result<usize, Error>;

    #[inline(never)]
    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        if !this.reader.pace.ready() {
            return Poll::Pending;
        }
        Poll::Ready(Ok(this.reader.take(this.buffer)))
    }
}

/// See [`Reader::read_exact`].
#[derive(Debug)]
pub struct ReadExact<'s> {
    reader: &'s mut Reader,
    buffer: &'s mut [u8],
    filled: usize,
}

impl Future for ReadExact<'_> {
    type Output = Result<(), Error>;

    #[inline(never)]
    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        while this.filled < this.buffer.len() {
            if !this.reader.pace.ready() {
                return Poll::Pending;
            }
            match this.reader.take(&mut this.buffer[this.filled..]) {
                0 => return Poll::Ready(Err(Error::Closed)),
                count => this.filled += count,
            }
        }
        Poll::Ready(Ok(()))
    }
}

/// See [`Writer::write_all`].
#[derive(Debug)]
pub struct WriteAll<'s> {
    writer: &'s mut Writer,
    bytes: &'s [u8],
}

impl Future for WriteAll<'_> {
    type Output = Result<(), Error>;

    #[inline(never)]
    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        if !this.writer.pace.ready() {
            return Poll::Pending;
        }
        this.writer.effects.add(this.bytes);
        this.writer.written += this.bytes.len() as u64;
        Poll::Ready(Ok(()))
    }
}

/// See [`Writer::flush`].
#[derive(Debug)]
pub struct Flush<'s>(&'s mut Writer);

impl Future for Flush<'_> {
    type Output = Result<(), Error>;

    #[inline(never)]
    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Self::Output> {
        if !self.0.pace.ready() {
            return Poll::Pending;
        }
        self.0.effects.add(&self.0.written.to_le_bytes());
        Poll::Ready(Ok(()))
    }
}
