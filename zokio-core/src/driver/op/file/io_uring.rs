//! Requests to files as submissions to an io_uring.

use io_uring::opcode;
use io_uring::squeue::Entry;
use io_uring::types::{Fd, FsyncFlags};

use super::{OpenOptions, Request};

/// The submission for `request`, whose pointers are good.
pub(in crate::driver) fn entry(request: &Request) -> Entry {
    match *request {
        Request::Open { path, options } => {
            let directory = Fd(libc::AT_FDCWD);
            opcode::OpenAt::new(directory, path).flags(flags(options)).mode(options.mode).build()
        }
        Request::Read { file, pointer, length, offset } => {
            opcode::Read::new(Fd(file), pointer, length).offset(position(offset)).build()
        }
        Request::Write { file, pointer, length, offset } => {
            opcode::Write::new(Fd(file), pointer, length).offset(position(offset)).build()
        }
        Request::Sync { file, data_only } => {
            let flags = if data_only { FsyncFlags::DATASYNC } else { FsyncFlags::empty() };
            opcode::Fsync::new(Fd(file)).flags(flags).build()
        }
    }
}

/// All ones stand for the file's own position.
fn position(offset: Option<u64>) -> u64 {
    offset.unwrap_or(u64::MAX)
}

/// The choices as flags of `open`, as std makes them.
const fn flags(options: OpenOptions) -> i32 {
    let access = match (options.read, options.write || options.append) {
        (true, true) => libc::O_RDWR,
        (false, true) => libc::O_WRONLY,
        (_, false) => libc::O_RDONLY,
    };
    let append = if options.append { libc::O_APPEND } else { 0 };
    let creation = match (options.create, options.truncate, options.create_new) {
        (_, _, true) => libc::O_CREAT | libc::O_EXCL,
        (true, true, false) => libc::O_CREAT | libc::O_TRUNC,
        (true, false, false) => libc::O_CREAT,
        (false, true, false) => libc::O_TRUNC,
        (false, false, false) => 0,
    };
    access | append | creation | libc::O_CLOEXEC
}
