//! The operation at the file's position: at most one at a time, with the buffer that it owns.
//!
//! ```text
//! Idle ── begin_read ──► Reading ──► Idle, with `unread` bytes or `read`, the end or an error
//! Idle ── begin_write ─► Writing ──► Idle, or `write_error`
//! Idle ── begin_seek ──► Seeking ──► Idle, with `sought`
//! ```
//!
//! It belongs to the file and not to the future that began it, so that dropping the future loses nothing: what it comes to
//! is kept until somebody asks. A write goes on even when the file is dropped: it is an operation that the driver performs
//! in any case.

use std::fs::File;
use std::future::Future;
use std::io::{self, Seek, SeekFrom};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use zokio_core::driver::op::Op;
use zokio_core::driver::op::file::{Read, WriteAll, read, write_all};

use super::waiters::Waiters;
use crate::io::{IoBuf, Slice};
use crate::task::{JoinHandle, spawn_blocking};

/// No operation moves more bytes than this, so that a file's buffer stays within bounds. tokio's value.
const MOST_BUFFERED: usize = 2 << 20;

#[derive(Debug, Default)]
pub(super) struct InFlight {
    stage: Stage,
    /// After a read, its bytes; while an operation owns the buffer, none.
    buffer: Vec<u8>,
    /// How many of them have been handed out.
    taken: usize,
    /// Of the last read, if it came to something else than bytes and nobody knows yet.
    read: Option<io::Result<()>>,
    /// Of a write that nobody knows of yet.
    write_error: Option<io::Error>,
    /// Of the last seek, if nobody knows yet.
    sought: Option<io::Result<u64>>,
    /// Where the last successful seek led.
    position: u64,
    waiters: Arc<Waiters>,
}

#[derive(Debug, Default)]
enum Stage {
    #[default]
    Idle,
    Reading(Op<Read<Slice<Vec<u8>>>>),
    Writing(Op<WriteAll<Vec<u8>>>),
    Seeking(JoinHandle<io::Result<u64>>),
}

impl InFlight {
    pub(super) const fn is_idle(&self) -> bool {
        matches!(self.stage, Stage::Idle)
    }

    /// Ready when nothing is in flight.
    pub(super) fn poll_settled(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        if self.is_idle() {
            return Poll::Ready(());
        }
        self.waiters.add(cx.waker());
        self.advance()
    }

    /// Submits what has just begun, and takes what has completed.
    fn advance(&mut self) -> Poll<()> {
        let waker = Waker::from(Arc::clone(&self.waiters));
        let cx = &mut Context::from_waker(&waker);
        while !self.is_idle() {
            match std::mem::take(&mut self.stage) {
                Stage::Idle => {}
                Stage::Reading(mut op) => match Pin::new(&mut op).poll(cx) {
                    Poll::Ready((result, part)) => self.has_read(result, part.into_inner()),
                    Poll::Pending => return self.waits(Stage::Reading(op)),
                },
                Stage::Writing(mut op) => match Pin::new(&mut op).poll(cx) {
                    Poll::Ready((result, buffer)) => self.has_written(result, buffer),
                    Poll::Pending => return self.waits(Stage::Writing(op)),
                },
                Stage::Seeking(mut call) => match Pin::new(&mut call).poll(cx) {
                    Poll::Ready(result) => self.sought = Some(result.unwrap_or_else(|error| Err(error.into()))),
                    Poll::Pending => return self.waits(Stage::Seeking(call)),
                },
            }
        }
        Poll::Ready(())
    }

    fn waits(&mut self, stage: Stage) -> Poll<()> {
        self.stage = stage;
        Poll::Pending
    }

    /// Reads up to `wanted` bytes into the buffer, whose bytes have all been handed out.
    pub(super) fn begin_read(&mut self, file: &Arc<File>, wanted: usize) {
        let wanted = wanted.min(MOST_BUFFERED);
        let mut buffer = self.take_buffer();
        buffer.reserve(wanted);
        self.stage = Stage::Reading(read(file, buffer.slice(..wanted), None));
        let _ = self.advance();
    }

    fn has_read(&mut self, result: io::Result<usize>, mut buffer: Vec<u8>) {
        self.read = match result {
            Ok(0) => Some(Ok(())),
            Ok(_) => None,
            Err(error) => Some(Err(error)),
        };
        if self.read.is_some() {
            buffer.clear();
        }
        (self.buffer, self.taken) = (buffer, 0);
    }

    /// Writes the first of `bytes` out of the buffer: how many.
    pub(super) fn begin_write(&mut self, file: &Arc<File>, bytes: &[u8]) -> usize {
        let accepted = bytes.len().min(MOST_BUFFERED);
        let mut buffer = self.take_buffer();
        buffer.extend_from_slice(&bytes[..accepted]);
        self.stage = Stage::Writing(write_all(file, buffer));
        let _ = self.advance();
        accepted
    }

    fn has_written(&mut self, result: io::Result<()>, mut buffer: Vec<u8>) {
        buffer.clear();
        self.buffer = buffer;
        self.write_error = result.err();
    }

    /// Moves the position. To the end is up to the file system, and a matter for the blocking pool; elsewhere the kernel
    /// notes a number down.
    pub(super) fn begin_seek(&mut self, file: &Arc<File>, to: SeekFrom) -> io::Result<()> {
        self.give_back_unread(file)?;
        if let SeekFrom::End(_) = to {
            let file = Arc::clone(file);
            self.stage = Stage::Seeking(spawn_blocking(move || (&*file).seek(to)));
            let _ = self.advance();
        } else {
            self.sought = Some((&**file).seek(to));
        }
        Ok(())
    }

    /// Moves the position back to before the bytes that were read ahead, and forgets them.
    pub(super) fn give_back_unread(&mut self, mut file: &File) -> io::Result<()> {
        let unread = self.unread().len();
        self.buffer = self.take_buffer();
        self.read = None;
        if unread > 0 {
            file.seek(SeekFrom::Current(-(unread as i64)))?;
        }
        Ok(())
    }

    /// Bytes that have been read and not handed out.
    pub(super) fn unread(&self) -> &[u8] {
        &self.buffer[self.taken..]
    }

    /// Hands out the first `count` of them.
    pub(super) const fn take_unread(&mut self, count: usize) {
        self.taken += count;
    }

    /// What the last read came to, if not to bytes: the end, or an error.
    pub(super) const fn take_read(&mut self) -> Option<io::Result<()>> {
        self.read.take()
    }

    /// Whether the writes before have succeeded.
    pub(super) fn take_write_error(&mut self) -> io::Result<()> {
        self.write_error.take().map_or(Ok(()), Err)
    }

    /// The position that the last seek came to.
    pub(super) fn take_sought(&mut self) -> io::Result<u64> {
        if let Some(sought) = self.sought.take() {
            self.position = sought?;
        }
        Ok(self.position)
    }

    /// The buffer, empty.
    fn take_buffer(&mut self) -> Vec<u8> {
        self.taken = 0;
        let mut buffer = std::mem::take(&mut self.buffer);
        buffer.clear();
        buffer
    }
}
