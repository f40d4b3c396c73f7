//! The driver of `io = none`: it waits for other threads and for the time, and does no I/O.

use std::io;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::{
    Completion, Descriptor, Direction, Driver, DriverId, Face, Io, Operation, Operations, Source, Unpark, Watch,
};

/// A driver without I/O: tasks, timers and blocking calls alone. A runtime with it holds no descriptor.
#[derive(Debug)]
pub struct NoDriver {
    id: DriverId,
    parking: Arc<Parking>,
}

/// Where the thread sleeps, and the handle that wakes it.
#[derive(Debug, Default)]
pub struct Parking {
    unparked: Mutex<bool>,
    changed: Condvar,
}

impl Parking {
    fn unparked(&self) -> MutexGuard<'_, bool> {
        // A bool is never half written.
        self.unparked.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Unpark for Arc<Parking> {
    fn unpark(&self) {
        *self.unparked() = true;
        self.changed.notify_one();
    }
}

impl Driver for NoDriver {
    type Unpark = Arc<Parking>;

    const NAME: &'static str = "none";

    const SUPPORTED_OPERATIONS: Operations = Operations::of(&Operation::FILE);

    fn new() -> io::Result<Self> {
        Ok(Self { id: DriverId::next(), parking: Arc::default() })
    }

    fn unparker(&self) -> Self::Unpark {
        Arc::clone(&self.parking)
    }

    fn turn(&self, timeout: Option<Duration>) -> io::Result<()> {
        let asleep = |unparked: &mut bool| !*unparked;
        let unparked = self.parking.unparked();
        let mut unparked = match timeout {
            Some(Duration::ZERO) => unparked,
            Some(limit) => {
                let (unparked, _) = self
                    .parking
                    .changed
                    .wait_timeout_while(unparked, limit, asleep)
                    .unwrap_or_else(PoisonError::into_inner);
                unparked
            }
            None => self.parking.changed.wait_while(unparked, asleep).unwrap_or_else(PoisonError::into_inner),
        };
        *unparked = false;
        Ok(())
    }

    fn rest(&self) {}

    fn shutdown(&self) {}

    fn in_flight(&self) -> usize {
        0
    }
}

impl Io for NoDriver {
    fn id(&self) -> DriverId {
        self.id
    }

    fn face(&self, operation: Operation) -> Face {
        if Self::SUPPORTED_OPERATIONS.contains(operation) { Face::Blocking } else { Face::Unsupported }
    }

    fn unsupported(&self, operation: Operation) -> io::Error {
        let text =
            format!("`{operation}` needs a driver, and this runtime was made with `io = none`: write `io = auto`");
        io::Error::new(io::ErrorKind::Unsupported, text)
    }

    fn completion(&self) -> Option<&dyn Completion> {
        None
    }

    fn arm(&self, _: &Source, _: Direction) -> io::Result<()> {
        Err(self.unsupported(Operation::Poll))
    }

    fn disarm(&self, _: Option<&Descriptor>, _: &Watch, _: Direction) {}
}
