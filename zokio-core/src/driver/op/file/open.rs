//! Opening a file.
#![allow(unsafe_code)] // a payload for the kernel: it reads the path

use std::ffi::CString;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::task::{Context, Poll};

use crate::driver::Operation;
use crate::driver::choice::opened;
use crate::driver::op::{self, Operate};

/// How to open a file: the choices of [`std::fs::OpenOptions`] as plain data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenOptions {
    /// For reading.
    pub read: bool,
    /// For writing.
    pub write: bool,
    /// For writing, always at the end.
    pub append: bool,
    /// Empties the file.
    pub truncate: bool,
    /// Makes the file if there is none.
    pub create: bool,
    /// Makes the file, and fails if there is one.
    pub create_new: bool,
    /// The permissions of a new file, before the process's mask; where there are such.
    pub mode: u32,
}

impl OpenOptions {
    /// Nothing chosen: to open with it fails. New files get `rw-rw-rw-`.
    #[must_use]
    pub const fn new() -> Self {
        let mode = 0o666;
        Self { read: false, write: false, append: false, truncate: false, create: false, create_new: false, mode }
    }

    /// Whether the choices go together, by std's rules.
    fn check(self) -> io::Result<()> {
        let access = self.read || self.write || self.append;
        let changes = self.truncate || self.create || self.create_new;
        let contradicts =
            !access || (changes && !self.write && !self.append) || (self.append && self.truncate && !self.create_new);
        if contradicts {
            let text = "invalid open options: say `read`, `write` or `append`; `truncate`, `create` and `create_new` need \
                        `write` or `append`; `truncate` does not go with `append`";
            return Err(io::Error::new(io::ErrorKind::InvalidInput, text));
        }
        Ok(())
    }

    fn to_std(self) -> std::fs::OpenOptions {
        let mut options = std::fs::OpenOptions::new();
        options.read(self.read).write(self.write).append(self.append);
        options.truncate(self.truncate).create(self.create).create_new(self.create_new);
        crate::driver::choice::set_mode(&mut options, self.mode);
        options
    }
}

impl Default for OpenOptions {
    fn default() -> Self {
        Self::new()
    }
}

/// The payload of [`open`](super::open).
#[derive(Debug)]
pub struct Open {
    path: PathBuf,
    /// The path as the kernel reads it, made when it is asked.
    c_path: CString,
    options: OpenOptions,
    /// Why the kernel need not be asked.
    refused: Option<io::Error>,
    /// Filled on the blocking pool.
    performed: Option<File>,
}

impl Open {
    pub(super) fn new(path: &Path, options: OpenOptions) -> Self {
        let c_path = options.check().and_then(|()| {
            let text = "a path must not contain a NUL byte";
            let nul = |_| io::Error::new(io::ErrorKind::InvalidInput, text);
            CString::new(path.as_os_str().as_encoded_bytes()).map_err(nul)
        });
        let path = path.to_path_buf();
        match c_path {
            Ok(c_path) => Self { path, c_path, options, refused: None, performed: None },
            // The empty path, which no kernel opens: what was refused must change nothing.
            Err(error) => Self { path, c_path: CString::default(), options, refused: Some(error), performed: None },
        }
    }
}

// SAFETY: the request points to the path's heap block, which the payload owns and does not change.
unsafe impl Operate for Open {
    type Output = io::Result<File>;

    const OPERATION: Operation = Operation::Open;

    fn request(&mut self) -> op::Request {
        op::Request::File(super::Request::Open { path: self.c_path.as_ptr(), options: self.options })
    }

    fn poll_attempt(&mut self, _: &mut Context<'_>) -> Poll<io::Result<u32>> {
        Poll::Ready(self.perform())
    }

    fn perform(&mut self) -> io::Result<u32> {
        if self.refused.is_none() {
            self.performed = Some(self.options.to_std().open(&self.path)?);
        }
        Ok(0)
    }

    fn finish(self, result: io::Result<u32>) -> Self::Output {
        if let Some(error) = self.refused {
            return Err(error);
        }
        let answer = result?;
        // SAFETY: the kernel has answered with a descriptor that is nobody else's, unless std has opened the file.
        Ok(self.performed.unwrap_or_else(|| unsafe { opened(answer) }))
    }
}
