//! A driver without I/O that records when its seat sleeps and who wakes it.

use std::io;
use std::time::Duration;

use zokio_core::driver::{
    Completion, Descriptor, Direction, Driver, DriverId, Face, Io, NoDriver, Operation, Operations, Source, Unpark,
    Watch,
};

use crate::record;

/// [`NoDriver`], recording: `park` and `park for a time` before the seat sleeps, `unpark` from whoever wakes it, `shutdown`.
#[derive(Debug)]
pub struct Recorded(NoDriver);

/// Wakes a [`Recorded`] driver.
#[derive(Debug)]
pub struct Unparker(<NoDriver as Driver>::Unpark);

impl Unpark for Unparker {
    fn unpark(&self) {
        record("unpark");
        self.0.unpark();
    }
}

impl Driver for Recorded {
    type Unpark = Unparker;

    const NAME: &'static str = "recorded";

    const SUPPORTED_OPERATIONS: Operations = NoDriver::SUPPORTED_OPERATIONS;

    fn new() -> io::Result<Self> {
        NoDriver::new().map(Self)
    }

    fn unparker(&self) -> Unparker {
        Unparker(self.0.unparker())
    }

    fn turn(&self, timeout: Option<Duration>) -> io::Result<()> {
        match timeout {
            Some(Duration::ZERO) => {}
            Some(_) => record("park for a time"),
            None => record("park"),
        }
        self.0.turn(timeout)
    }

    fn rest(&self) {
        self.0.rest();
    }

    fn shutdown(&self) {
        record("the driver shuts down");
        self.0.shutdown();
    }

    fn in_flight(&self) -> usize {
        self.0.in_flight()
    }
}

impl Io for Recorded {
    fn id(&self) -> DriverId {
        self.0.id()
    }

    fn face(&self, operation: Operation) -> Face {
        self.0.face(operation)
    }

    fn unsupported(&self, operation: Operation) -> io::Error {
        self.0.unsupported(operation)
    }

    fn completion(&self) -> Option<&dyn Completion> {
        self.0.completion()
    }

    fn arm(&self, source: &Source, direction: Direction) -> io::Result<()> {
        self.0.arm(source, direction)
    }

    fn disarm(&self, descriptor: Option<&Descriptor>, watch: &Watch, direction: Direction) {
        self.0.disarm(descriptor, watch, direction);
    }
}
