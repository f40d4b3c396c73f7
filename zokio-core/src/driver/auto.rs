//! io_uring where the running kernel permits it, else mio: the driver of `io = auto` on Linux.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use super::choice::{Mio, Uring};
use super::{
    Completion, Descriptor, Direction, Driver, DriverId, Face, Io, Operation, Operations, Source, Unpark, Watch,
};

/// Either of two drivers, chosen when it is made.
#[derive(Debug)]
#[allow(clippy::large_enum_variant, reason = "there is one for each seat, and the large one is the usual one")]
pub enum Auto<const ENTRIES: u32> {
    /// The kernel has what the io_uring driver needs.
    Uring(Uring<ENTRIES>),
    /// It has not.
    Mio(Mio),
}

/// What wakes either driver.
#[derive(Debug)]
pub enum Unparker<const ENTRIES: u32> {
    /// An io_uring's.
    Uring(<Uring<ENTRIES> as Driver>::Unpark),
    /// A poll's.
    Mio(Arc<mio::Waker>),
}

impl<const ENTRIES: u32> Unpark for Unparker<ENTRIES> {
    fn unpark(&self) {
        match self {
            Self::Uring(unparker) => unparker.unpark(),
            Self::Mio(unparker) => unparker.unpark(),
        }
    }
}

impl<const ENTRIES: u32> Auto<ENTRIES> {
    fn io(&self) -> &dyn Io {
        match self {
            Self::Uring(driver) => driver,
            Self::Mio(driver) => driver,
        }
    }
}

impl<const ENTRIES: u32> Driver for Auto<ENTRIES> {
    type Unpark = Unparker<ENTRIES>;

    const NAME: &'static str = "auto (io_uring, else mio)";

    const SUPPORTED_OPERATIONS: Operations = Operations::of(&Operation::ALL);

    fn new() -> io::Result<Self> {
        match Uring::new() {
            Ok(driver) => Ok(Self::Uring(driver)),
            // Why there is no io_uring is no error here: that is what `auto` asks. mio's own failure is.
            Err(_) => Mio::new().map(Self::Mio),
        }
    }

    fn unparker(&self) -> Self::Unpark {
        match self {
            Self::Uring(driver) => Unparker::Uring(driver.unparker()),
            Self::Mio(driver) => Unparker::Mio(driver.unparker()),
        }
    }

    fn turn(&self, timeout: Option<Duration>) -> io::Result<()> {
        match self {
            Self::Uring(driver) => driver.turn(timeout),
            Self::Mio(driver) => driver.turn(timeout),
        }
    }

    fn rest(&self) {
        match self {
            Self::Uring(driver) => driver.rest(),
            Self::Mio(driver) => driver.rest(),
        }
    }

    fn shutdown(&self) {
        match self {
            Self::Uring(driver) => driver.shutdown(),
            Self::Mio(driver) => driver.shutdown(),
        }
    }

    fn in_flight(&self) -> usize {
        match self {
            Self::Uring(driver) => driver.in_flight(),
            Self::Mio(driver) => driver.in_flight(),
        }
    }
}

impl<const ENTRIES: u32> Io for Auto<ENTRIES> {
    fn id(&self) -> DriverId {
        self.io().id()
    }

    fn face(&self, operation: Operation) -> Face {
        self.io().face(operation)
    }

    fn unsupported(&self, operation: Operation) -> io::Error {
        self.io().unsupported(operation)
    }

    fn completion(&self) -> Option<&dyn Completion> {
        self.io().completion()
    }

    fn arm(&self, source: &Source, direction: Direction) -> io::Result<()> {
        self.io().arm(source, direction)
    }

    fn disarm(&self, descriptor: Option<&Descriptor>, watch: &Watch, direction: Direction) {
        self.io().disarm(descriptor, watch, direction);
    }
}
