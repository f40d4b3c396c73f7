//! What a source owns on Windows: a socket.
#![allow(unsafe_code)] // a socket that mio owns is borrowed by its number

use std::fs::{File, OpenOptions};
use std::io;
use std::io::{Read, Write};
use std::os::windows::fs::FileExt;
pub use std::os::windows::io::RawSocket;
use std::os::windows::io::{
    AsRawHandle, AsRawSocket, AsSocket, BorrowedSocket, FromRawHandle, FromRawSocket, OwnedSocket, RawHandle,
};
use std::sync::{Mutex, PoisonError};

use mio::event::Source as _;
use mio::{Interest, Registry, Token};
use socket2::{SockAddr, SockRef};

use crate::driver::Source;

/// An open socket of the operating system.
pub type Socket = OwnedSocket;

/// A file's handle in requests.
pub type RawFile = RawHandle;

/// Flags of a send. There are no signals here.
pub(in crate::driver) const NO_SIGNAL: i32 = 0;

/// An open socket, and how readiness drivers register it.
///
/// mio keeps the state of a registration in its own socket types. Its `TcpStream` serves for every kind of socket: nothing
/// but the registration is asked of it.
#[derive(Debug)]
pub struct Descriptor {
    raw: RawSocket,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    socket: mio::net::TcpStream,
    registered: bool,
}

impl Descriptor {
    /// Whether a direction is to be registered again after each event. mio does so inside of its own sockets' calls, which
    /// are not used here.
    pub(in crate::driver) const REARMS: bool = true;

    pub(in crate::driver) fn new(socket: OwnedSocket) -> Self {
        let raw = socket.as_raw_socket();
        let socket = mio::net::TcpStream::from_std(std::net::TcpStream::from(socket));
        Self { raw, state: Mutex::new(State { socket, registered: false }) }
    }

    pub(in crate::driver) fn into_socket(self) -> OwnedSocket {
        let state = self.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        OwnedSocket::from(std::net::TcpStream::from(state.socket))
    }

    /// Has `registry` announce `interest`, instead of what it announced before.
    pub(in crate::driver) fn register(&self, registry: &Registry, token: Token, interest: Interest) -> io::Result<()> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.registered {
            return state.socket.reregister(registry, token, interest);
        }
        state.socket.register(registry, token, interest)?;
        state.registered = true;
        Ok(())
    }

    pub(in crate::driver) fn deregister(&self, registry: &Registry) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if std::mem::take(&mut state.registered) {
            // It fails where the socket is not registered, which is what is wanted.
            let _ = state.socket.deregister(registry);
        }
    }
}

impl AsSocket for Source {
    fn as_socket(&self) -> BorrowedSocket<'_> {
        // SAFETY: the socket is owned by the descriptor, which lives as long as the source is borrowed.
        unsafe { BorrowedSocket::borrow_raw(self.descriptor().raw) }
    }
}

impl AsRawSocket for Source {
    fn as_raw_socket(&self) -> RawSocket {
        self.descriptor().raw
    }
}

pub(in crate::driver) fn raw_socket(source: &Source) -> RawSocket {
    source.as_raw_socket()
}

pub(in crate::driver) fn raw_file(file: &File) -> RawFile {
    file.as_raw_handle()
}

/// The socket that an accept operation has answered with.
///
/// # Safety
/// The answer is a success, and used here alone.
pub(in crate::driver) unsafe fn accepted(answer: u32) -> Socket {
    // SAFETY: by the caller's promise the socket is nobody else's.
    unsafe { OwnedSocket::from_raw_socket(RawSocket::from(answer)) }
}

/// The file that an open operation has answered with.
///
/// # Safety
/// As [`accepted`].
pub(in crate::driver) unsafe fn opened(answer: u32) -> File {
    // SAFETY: as above.
    unsafe { File::from_raw_handle(std::ptr::without_provenance_mut(answer as usize)) }
}

/// Takes a connection if one waits: a socket that is non-blocking and not inherited.
pub(in crate::driver) fn accept_now(listener: &Source) -> io::Result<(Socket, SockAddr)> {
    let (socket, address) = SockRef::from(listener).accept()?;
    socket.set_nonblocking(true)?;
    Ok((socket.into(), address))
}

/// Whether a non-blocking connect says that it goes on by itself.
pub(in crate::driver) fn connect_is_under_way(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::WouldBlock
}

pub(in crate::driver) fn read_file(mut file: &File, buffer: &mut [u8], offset: Option<u64>) -> io::Result<usize> {
    match offset {
        Some(offset) => file.seek_read(buffer, offset),
        None => file.read(buffer),
    }
}

pub(in crate::driver) fn write_file(mut file: &File, buffer: &[u8], offset: Option<u64>) -> io::Result<usize> {
    match offset {
        Some(offset) => file.seek_write(buffer, offset),
        None => file.write(buffer),
    }
}

/// Permissions of new files are those of their directory here.
pub(in crate::driver) fn set_mode(_: &mut OpenOptions, _: u32) {}
