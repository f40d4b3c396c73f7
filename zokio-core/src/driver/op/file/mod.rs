//! Operations on files: open, read, write, sync.
//!
//! A completion driver performs them; under a readiness driver, to which a file is always ready, the blocking pool does.

#[cfg(target_os = "linux")]
pub(in crate::driver) mod io_uring;
mod open;
mod sync;
mod transfer;
mod write_all;

use std::ffi::c_char;
use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use super::Op;
use crate::driver::choice::RawFile;
use crate::driver::{IoBuf, IoBufMut};

pub use open::{Open, OpenOptions};
pub use sync::Sync;
pub use transfer::{Read, Write};
pub use write_all::WriteAll;

/// A request to a file, as plain data.
#[derive(Clone, Copy, Debug)]
pub enum Request {
    /// Open a file.
    Open {
        /// Its path, which ends with a NUL.
        path: *const c_char,
        /// How.
        options: OpenOptions,
    },
    /// Read into a buffer.
    Read {
        /// The file.
        file: RawFile,
        /// The buffer.
        pointer: *mut u8,
        /// Its capacity.
        length: u32,
        /// Where in the file; `None`: at its position, which advances.
        offset: Option<u64>,
    },
    /// Write a buffer.
    Write {
        /// The file.
        file: RawFile,
        /// The buffer.
        pointer: *const u8,
        /// How many bytes of it.
        length: u32,
        /// Where in the file; `None`: at its position, which advances.
        offset: Option<u64>,
    },
    /// Flush to the device.
    Sync {
        /// The file.
        file: RawFile,
        /// The content alone, and what is needed to find it.
        data_only: bool,
    },
}

/// Opens the file at `path`.
pub fn open(path: &Path, options: OpenOptions) -> Op<Open> {
    Op::new(Open::new(path, options))
}

/// Reads into `buffer`, from its beginning: how many bytes (none at the end of the file), and the buffer back.
pub fn read<B: IoBufMut + Send>(file: &Arc<File>, buffer: B, offset: Option<u64>) -> Op<Read<B>> {
    Op::new(Read::new(Arc::clone(file), buffer, offset))
}

/// Writes `buffer`, or the beginning of it: how many bytes, and the buffer back.
pub fn write<B: IoBuf + Send>(file: &Arc<File>, buffer: B, offset: Option<u64>) -> Op<Write<B>> {
    Op::new(Write::new(Arc::clone(file), buffer, offset))
}

/// Writes all of `buffer` at the file's position, also when the future is dropped or the runtime ends: the buffer back.
pub fn write_all<B: IoBuf + Send>(file: &Arc<File>, buffer: B) -> Op<WriteAll<B>> {
    Op::new(WriteAll::new(Arc::clone(file), buffer))
}

/// Flushes a file to its device; with `data_only` no more than is needed to read the content back.
pub fn sync(file: &Arc<File>, data_only: bool) -> Op<Sync> {
    Op::new(Sync::new(Arc::clone(file), data_only))
}
