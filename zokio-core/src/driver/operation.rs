//! What a driver can be asked to do, and sets of that.

use std::fmt;

/// A kind of I/O operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Operation {
    /// Waiting until a descriptor is readable or writable.
    Poll,
    /// Taking a connection from a listening socket.
    Accept,
    /// Connecting a socket.
    Connect,
    /// Receiving from a socket into an owned buffer.
    Recv,
    /// Sending an owned buffer over a socket.
    Send,
    /// Opening a file.
    Open,
    /// Reading from a file into an owned buffer.
    Read,
    /// Writing an owned buffer to a file.
    Write,
    /// Flushing a file to its device.
    Sync,
}

impl Operation {
    /// Every operation there is, in the order of its definition.
    pub const ALL: [Self; 9] = [
        Self::Poll,
        Self::Accept,
        Self::Connect,
        Self::Recv,
        Self::Send,
        Self::Open,
        Self::Read,
        Self::Write,
        Self::Sync,
    ];

    /// Those on files, which every driver can leave to the blocking pool.
    pub const FILE: [Self; 4] = [Self::Open, Self::Read, Self::Write, Self::Sync];

    /// The operation's name as reports and errors print it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Poll => "poll",
            Self::Accept => "accept",
            Self::Connect => "connect",
            Self::Recv => "recv",
            Self::Send => "send",
            Self::Open => "open",
            Self::Read => "read",
            Self::Write => "write",
            Self::Sync => "sync",
        }
    }

    const fn bit(self) -> u16 {
        1 << self as u8
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A set of [`Operation`]s.
///
/// ```
/// use zokio_core::driver::{Operation, Operations};
///
/// const STREAM: Operations = Operations::of(&[Operation::Recv, Operation::Send]);
/// assert!(STREAM.contains(Operation::Send) && !STREAM.contains(Operation::Open));
/// assert_eq!(STREAM.to_string(), "recv, send");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Operations(u16);

impl Operations {
    /// The empty set.
    pub const NONE: Self = Self(0);

    /// The set of exactly these operations.
    #[must_use]
    pub const fn of(operations: &[Operation]) -> Self {
        let mut set = Self::NONE;
        let mut i = 0;
        while i < operations.len() {
            set = set.with(operations[i]);
            i += 1;
        }
        set
    }

    /// This set and `operation`.
    #[must_use]
    pub const fn with(self, operation: Operation) -> Self {
        Self(self.0 | operation.bit())
    }

    /// Whether `operation` is in the set.
    #[must_use]
    pub const fn contains(self, operation: Operation) -> bool {
        self.0 & operation.bit() != 0
    }

    /// The operations of the set, in the order of their definition.
    pub fn iter(self) -> impl Iterator<Item = Operation> {
        Operation::ALL.into_iter().filter(move |operation| self.contains(*operation))
    }
}

impl fmt::Display for Operations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, operation) in self.iter().enumerate() {
            f.write_str(if i == 0 { "" } else { ", " })?;
            f.write_str(operation.name())?;
        }
        Ok(())
    }
}

impl fmt::Debug for Operations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}
