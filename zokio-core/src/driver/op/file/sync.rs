//! Flushing a file to its device.
#![allow(unsafe_code)] // implements the trait of payloads

use std::fs::File;
use std::io;
use std::sync::Arc;
use std::task::{Context, Poll};

use crate::driver::Operation;
use crate::driver::choice::raw_file;
use crate::driver::op::{self, Operate};

/// The payload of [`sync`](super::sync).
#[derive(Debug)]
pub struct Sync {
    file: Arc<File>,
    data_only: bool,
}

impl Sync {
    pub(super) const fn new(file: Arc<File>, data_only: bool) -> Self {
        Self { file, data_only }
    }
}

// SAFETY: the request points to nothing.
unsafe impl Operate for Sync {
    type Output = io::Result<()>;

    const OPERATION: Operation = Operation::Sync;

    fn request(&mut self) -> op::Request {
        op::Request::File(super::Request::Sync { file: raw_file(&self.file), data_only: self.data_only })
    }

    fn poll_attempt(&mut self, _: &mut Context<'_>) -> Poll<io::Result<u32>> {
        Poll::Ready(self.perform())
    }

    fn perform(&mut self) -> io::Result<u32> {
        if self.data_only { self.file.sync_data() } else { self.file.sync_all() }.map(|()| 0)
    }

    fn finish(self, result: io::Result<u32>) -> Self::Output {
        result.map(|_| ())
    }
}
