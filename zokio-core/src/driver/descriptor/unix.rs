//! What a source owns on unix: a file descriptor.
#![allow(unsafe_code)] // answers of the kernel become descriptors

use std::fs::{File, OpenOptions};
use std::io;
use std::io::{Read, Write};
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, FromRawFd, OwnedFd, RawFd};
use std::os::unix::fs::{FileExt, OpenOptionsExt};

use mio::event::Source as _;
use mio::unix::SourceFd;
use mio::{Interest, Registry, Token};
use socket2::SockAddr;
#[cfg(not(any(target_os = "linux", target_os = "android", target_os = "freebsd")))]
use socket2::SockRef;

use crate::driver::Source;

/// An open descriptor of the operating system.
pub type Socket = OwnedFd;

/// A socket's number in requests.
pub type RawSocket = RawFd;

/// A file's number in requests.
pub type RawFile = RawFd;

/// An open descriptor, and how readiness drivers register it.
#[derive(Debug)]
pub struct Descriptor(OwnedFd);

impl Descriptor {
    /// Whether a direction is to be registered again after each event. epoll and kqueue announce edges.
    pub(in crate::driver) const REARMS: bool = false;

    pub(in crate::driver) const fn new(socket: OwnedFd) -> Self {
        Self(socket)
    }

    pub(in crate::driver) fn into_socket(self) -> OwnedFd {
        self.0
    }

    /// Has `registry` announce `interest`, instead of what it announced before.
    pub(in crate::driver) fn register(&self, registry: &Registry, token: Token, interest: Interest) -> io::Result<()> {
        let descriptor = self.0.as_raw_fd();
        match SourceFd(&descriptor).register(registry, token, interest) {
            // Registered already, by this source or by one that was taken apart while the descriptor stayed open.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                SourceFd(&descriptor).reregister(registry, token, interest)
            }
            result => result,
        }
    }

    pub(in crate::driver) fn deregister(&self, registry: &Registry) {
        // It fails where the descriptor is not registered, which is what is wanted.
        let _ = SourceFd(&self.0.as_raw_fd()).deregister(registry);
    }
}

/// Has a send to a closed connection fail with `BrokenPipe` and nothing else, also in programs that have asked for the signal
/// again. Where there is no such flag, socket2 sets an option to the same effect when it makes a socket.
pub(in crate::driver) const NO_SIGNAL: i32 =
    if cfg!(any(target_os = "linux", target_os = "android", target_os = "freebsd")) { libc::MSG_NOSIGNAL } else { 0 };

impl AsFd for Source {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.descriptor().0.as_fd()
    }
}

impl AsRawFd for Source {
    fn as_raw_fd(&self) -> RawFd {
        self.descriptor().0.as_raw_fd()
    }
}

pub(in crate::driver) fn raw_socket(source: &Source) -> RawSocket {
    source.as_raw_fd()
}

pub(in crate::driver) fn raw_file(file: &File) -> RawFile {
    file.as_raw_fd()
}

/// The socket that an accept operation has answered with.
///
/// # Safety
/// The answer is a success, and used here alone.
pub(in crate::driver) unsafe fn accepted(answer: u32) -> Socket {
    // SAFETY: by the caller's promise the descriptor is nobody else's.
    unsafe { OwnedFd::from_raw_fd(answer.cast_signed()) }
}

/// The file that an open operation has answered with.
///
/// # Safety
/// As [`accepted`].
pub(in crate::driver) unsafe fn opened(answer: u32) -> File {
    // SAFETY: as above.
    unsafe { File::from_raw_fd(answer.cast_signed()) }
}

/// Takes a connection if one waits: a socket that is non-blocking and closed on exec, by one system call where there is one for it.
#[cfg(any(target_os = "linux", target_os = "android", target_os = "freebsd"))]
pub(in crate::driver) fn accept_now(listener: &Source) -> io::Result<(Socket, SockAddr)> {
    let flags = libc::SOCK_NONBLOCK | libc::SOCK_CLOEXEC;
    // SAFETY: the closure has the kernel write an address and its length into what it is given, or answers with an error.
    unsafe {
        SockAddr::try_init(|address, length| {
            // SAFETY: `address` has room for `*length` bytes.
            match libc::accept4(listener.as_raw_fd(), address.cast(), length, flags) {
                -1 => Err(io::Error::last_os_error()),
                // SAFETY: the descriptor is new, and nobody else's.
                descriptor => Ok(OwnedFd::from_raw_fd(descriptor)),
            }
        })
    }
}

/// Takes a connection if one waits: a socket that is non-blocking and closed on exec.
#[cfg(not(any(target_os = "linux", target_os = "android", target_os = "freebsd")))]
pub(in crate::driver) fn accept_now(listener: &Source) -> io::Result<(Socket, SockAddr)> {
    let (socket, address) = SockRef::from(listener).accept()?;
    socket.set_nonblocking(true)?;
    Ok((socket.into(), address))
}

/// Whether a non-blocking connect says that it goes on by itself.
pub(in crate::driver) fn connect_is_under_way(error: &io::Error) -> bool {
    error.raw_os_error() == Some(libc::EINPROGRESS)
}

pub(in crate::driver) fn read_file(mut file: &File, buffer: &mut [u8], offset: Option<u64>) -> io::Result<usize> {
    match offset {
        Some(offset) => file.read_at(buffer, offset),
        None => file.read(buffer),
    }
}

pub(in crate::driver) fn write_file(mut file: &File, buffer: &[u8], offset: Option<u64>) -> io::Result<usize> {
    match offset {
        Some(offset) => file.write_at(buffer, offset),
        None => file.write(buffer),
    }
}

/// Sets the permissions of a new file.
pub(in crate::driver) fn set_mode(options: &mut OpenOptions, mode: u32) {
    options.mode(mode);
}
