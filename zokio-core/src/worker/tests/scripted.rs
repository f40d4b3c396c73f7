//! A driver without I/O that fails where a test wants it to.

use std::io;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use crate::driver::none::Parking;
use crate::driver::{
    Completion, Descriptor, Direction, Driver, DriverId, Face, Io, NoDriver, Operation, Operations, Source, Watch,
};

/// What happens to a test's drivers.
pub(super) trait Script: 'static {
    /// Whether a driver can be made on this thread.
    fn start() -> io::Result<()> {
        Ok(())
    }

    /// Whether this thread's driver can go on.
    fn turn() -> io::Result<()> {
        Ok(())
    }

    /// A driver is gone.
    fn end() {}
}

/// [`NoDriver`] with a script.
pub(super) struct Scripted<S: Script> {
    inner: NoDriver,
    script: PhantomData<S>,
}

impl<S: Script> Driver for Scripted<S> {
    type Unpark = Arc<Parking>;

    const NAME: &'static str = "scripted";

    const SUPPORTED_OPERATIONS: Operations = NoDriver::SUPPORTED_OPERATIONS;

    fn new() -> io::Result<Self> {
        S::start()?;
        Ok(Self { inner: NoDriver::new()?, script: PhantomData })
    }

    fn unparker(&self) -> Arc<Parking> {
        self.inner.unparker()
    }

    fn turn(&self, timeout: Option<Duration>) -> io::Result<()> {
        S::turn()?;
        self.inner.turn(timeout)
    }

    fn rest(&self) {}

    fn shutdown(&self) {
        self.inner.shutdown();
    }

    fn in_flight(&self) -> usize {
        self.inner.in_flight()
    }
}

impl<S: Script> Io for Scripted<S> {
    fn id(&self) -> DriverId {
        self.inner.id()
    }

    fn face(&self, operation: Operation) -> Face {
        self.inner.face(operation)
    }

    fn unsupported(&self, operation: Operation) -> io::Error {
        self.inner.unsupported(operation)
    }

    fn completion(&self) -> Option<&dyn Completion> {
        self.inner.completion()
    }

    fn arm(&self, source: &Source, direction: Direction) -> io::Result<()> {
        self.inner.arm(source, direction)
    }

    fn disarm(&self, descriptor: Option<&Descriptor>, watch: &Watch, direction: Direction) {
        self.inner.disarm(descriptor, watch, direction);
    }
}

impl<S: Script> Drop for Scripted<S> {
    fn drop(&mut self) {
        S::end();
    }
}
