//! The readiness driver: one poll of the operating system (epoll, kqueue, AFD) for each seat.
//!
//! A source is registered once, for both directions, with the seat that first waits for it, and announces its edges there
//! as long as that seat is driven; whoever waits for it on another seat is woken across.

mod remote;
mod slots;

use std::cell::{Cell, RefCell};
use std::fmt;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use mio::{Events, Interest, Token};

use super::{
    Completion, Descriptor, Direction, Driver, DriverId, Face, Io, Operation, Operations, Readiness, Source, Unpark,
    Watch,
};
use remote::Shared;
use slots::Slots;

/// A poll of the operating system's.
pub struct Mio {
    id: DriverId,
    poll: RefCell<(mio::Poll, Events)>,
    waker: Arc<mio::Waker>,
    shared: Arc<Shared>,
    slots: RefCell<Slots>,
    /// What one turn announces; kept for its memory.
    announced: Cell<Vec<Announcement>>,
}

/// An event of a source.
#[derive(Debug)]
struct Announcement {
    readiness: Arc<Readiness>,
    direction: Direction,
    closed: bool,
}

/// Events that are taken out in one turn.
const EVENTS: usize = 1024;

/// The waker's token, which no slot has.
const WAKER: Token = Token(usize::MAX);

const BOTH: Interest = Interest::READABLE.add(Interest::WRITABLE);

impl Driver for Mio {
    type Unpark = Arc<mio::Waker>;

    const NAME: &'static str = "mio";

    const SUPPORTED_OPERATIONS: Operations = Operations::of(&Operation::ALL);

    fn new() -> io::Result<Self> {
        let poll = mio::Poll::new()?;
        let waker = Arc::new(mio::Waker::new(poll.registry(), WAKER)?);
        let id = DriverId::next();
        let shared = Arc::new(Shared::new(id, poll.registry().try_clone()?));
        let poll = RefCell::new((poll, Events::with_capacity(EVENTS)));
        Ok(Self { id, poll, waker, shared, slots: RefCell::default(), announced: Cell::default() })
    }

    fn unparker(&self) -> Arc<mio::Waker> {
        Arc::clone(&self.waker)
    }

    fn turn(&self, timeout: Option<Duration>) -> io::Result<()> {
        self.free_forgotten();
        let mut announced = self.announced.take();
        {
            let (poll, events) = &mut *self.poll.borrow_mut();
            match poll.poll(events, timeout) {
                Err(error) if error.kind() != io::ErrorKind::Interrupted => return Err(error),
                _ => {}
            }
            let slots = self.slots.borrow();
            for event in events.iter() {
                let Some(readiness) = slots.get(event.token()) else {
                    continue;
                };
                if event.is_readable() || event.is_read_closed() || event.is_error() {
                    let closed = event.is_read_closed() || event.is_error();
                    announced.push(Announcement { readiness: readiness.clone(), direction: Direction::Read, closed });
                }
                if event.is_writable() || event.is_write_closed() || event.is_error() {
                    let closed = event.is_write_closed() || event.is_error();
                    announced.push(Announcement { readiness: readiness.clone(), direction: Direction::Write, closed });
                }
            }
            events.clear();
        }
        // No borrow is held from here: a waker runs other people's code.
        for Announcement { readiness, direction, closed } in announced.drain(..) {
            if Descriptor::REARMS {
                readiness.set_disarmed(direction);
            }
            readiness.announce(direction, closed);
        }
        self.announced.set(announced);
        Ok(())
    }

    fn rest(&self) {
        // What they wake may wait for other sources, here: no borrow.
        let watched: Vec<_> = self.slots.borrow().watched().cloned().collect();
        leave(watched);
    }

    fn shutdown(&self) {
        drop(self.shared.close());
        let slots = self.slots.take();
        leave(slots.into_watched());
    }

    fn in_flight(&self) -> usize {
        self.slots.borrow().len()
    }
}

/// Has everybody who waits ask the driver of his own seat.
fn leave(watched: impl IntoIterator<Item = Arc<Readiness>>) {
    for readiness in watched {
        for direction in Direction::BOTH {
            readiness.set_disarmed(direction);
            readiness.announce(direction, false);
        }
    }
}

impl Unpark for Arc<mio::Waker> {
    fn unpark(&self) {
        // It fails only when the poll is gone, and then nobody sleeps in it.
        let _ = self.wake();
    }
}

impl Mio {
    fn register(&self, source: &Source) -> io::Result<Watch> {
        let token = self.slots.borrow_mut().insert(Arc::clone(source.readiness()));
        if let Err(error) = source.descriptor().register(self.shared.registry(), token, BOTH) {
            let readiness = self.slots.borrow_mut().remove(token);
            drop(readiness);
            return Err(error);
        }
        let by = Arc::clone(&self.shared) as _;
        Ok(Watch { by, readiness: Arc::clone(source.readiness()), token: token.0 })
    }

    fn free_forgotten(&self) {
        for token in self.shared.forgotten() {
            let readiness = self.slots.borrow_mut().remove(token);
            drop(readiness);
        }
    }
}

impl Io for Mio {
    fn id(&self) -> DriverId {
        self.id
    }

    fn face(&self, operation: Operation) -> Face {
        if Operation::FILE.contains(&operation) { Face::Blocking } else { Face::Readiness }
    }

    fn unsupported(&self, operation: Operation) -> io::Error {
        io::Error::new(io::ErrorKind::Unsupported, format!("the mio driver does not perform `{operation}`"))
    }

    fn completion(&self) -> Option<&dyn Completion> {
        None
    }

    fn arm(&self, source: &Source, direction: Direction) -> io::Result<()> {
        if self.shared.is_closed() {
            return Err(io::Error::other("the runtime that was to wait has been shut down"));
        }
        let mut watches = source.watches();
        let readiness = source.readiness();
        if readiness.is_armed(direction) {
            // By another thread, just now.
            return Ok(());
        }
        match &watches[direction as usize] {
            Some(watch) if watch.by.id() == self.id => {
                source.descriptor().register(self.shared.registry(), Token(watch.token), BOTH)?;
            }
            previous => {
                if let Some(previous) = previous {
                    // A seat that is not driven any more, or has ended.
                    previous.by.forget(Some(source.descriptor()), previous, Direction::Read);
                }
                *watches = [None, None];
                let watch = self.register(source)?;
                *watches = [Some(watch.clone()), Some(watch)];
            }
        }
        for direction in Direction::BOTH {
            readiness.set_armed(direction);
        }
        Ok(())
    }

    fn disarm(&self, descriptor: Option<&Descriptor>, watch: &Watch, direction: Direction) {
        // One registration serves both directions.
        if direction == Direction::Write {
            return;
        }
        if let Some(descriptor) = descriptor {
            descriptor.deregister(self.shared.registry());
        }
        let readiness = self.slots.borrow_mut().remove(Token(watch.token));
        drop(readiness);
    }
}

impl fmt::Debug for Mio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mio").field("sources", &self.in_flight()).finish_non_exhaustive()
    }
}

impl Drop for Mio {
    fn drop(&mut self) {
        self.shutdown();
    }
}
