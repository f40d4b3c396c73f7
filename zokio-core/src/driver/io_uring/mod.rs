//! The completion driver: one io_uring for each seat.
//!
//! ```text
//! setup      what is asked of the kernel, and what it means when it refuses
//! ring       submissions of a turn gathered, one enter, completions taken out
//! userdata   what a completion is of, in 64 bits
//! remote     what other threads say: wake up, an operation has been dropped, a source has gone
//! ```
//!
//! A turn is one system call: it submits what the polls before it have queued, runs the kernel's deferred work for this
//! ring, and waits where there is nothing to do. Nothing of it is shared: the ring is made with `SINGLE_ISSUER` and
//! `DEFER_TASKRUN`, so completions are posted by the seat's own thread, in the turn, and interrupt nothing.
#![allow(unsafe_code)] // user data of completions become the operations and readinesses that they are of

mod remote;
mod ring;
mod setup;
mod userdata;

use std::cell::{Cell, RefCell};
use std::fmt;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use io_uring::{opcode, types};

use super::op::{self, Header, InFlight};
use super::{
    Completion, Descriptor, Direction, Driver, DriverId, Face, Io, Operation, Operations, Readiness, Remote, Source,
    Watch,
};
use remote::{Bell, Letter, Shared};
use ring::{Completed, Ring};
use userdata::UserData;

/// An io_uring with `ENTRIES` submissions (a power of two, 1..=32768) to one system call; any number may be in flight.
pub struct Uring<const ENTRIES: u32> {
    id: DriverId,
    ring: RefCell<Ring>,
    /// Operations, polls and the bell's read: what the kernel owes an answer for. Cancellations are not counted.
    in_flight: Cell<usize>,
    /// Something was submitted since the kernel was last asked to end all of it.
    unasked: Cell<bool>,
    closed: Cell<bool>,
    shared: Arc<Shared>,
    remote: Arc<dyn Remote>,
    /// Where the kernel counts the bell's rings.
    rings: Box<Cell<u64>>,
    /// Completions of one turn; kept for its memory.
    completed: Cell<Vec<Completed>>,
}

impl<const ENTRIES: u32> Driver for Uring<ENTRIES> {
    type Unpark = Bell;

    const NAME: &'static str = "io_uring";

    const SUPPORTED_OPERATIONS: Operations = Operations::of(&Operation::ALL);

    fn new() -> io::Result<Self> {
        const { assert!(ENTRIES.is_power_of_two() && ENTRIES <= 32_768, "ring_entries is a power of two up to 32768") };
        let id = DriverId::next();
        let ring = RefCell::new(Ring::new(setup::ring(ENTRIES)?));
        let shared = Arc::new(Shared::new(id)?);
        let remote = Arc::clone(&shared) as Arc<dyn Remote>;
        let (unasked, closed) = <(Cell<bool>, Cell<bool>)>::default();
        let (in_flight, rings, completed) = (Cell::new(0), Box::default(), Cell::default());
        let driver = Self { id, ring, in_flight, unasked, closed, shared, remote, rings, completed };
        driver.listen();
        Ok(driver)
    }

    fn unparker(&self) -> Bell {
        Bell::of(&self.shared)
    }

    fn turn(&self, timeout: Option<Duration>) -> io::Result<()> {
        self.read_letters();
        self.ring.borrow_mut().enter(timeout)?;
        self.handle_completions();
        Ok(())
    }

    fn rest(&self) {
        while self.in_flight() > 0 {
            // What an answer wakes or drops may submit something: that is asked to end as well.
            if self.unasked.replace(false) {
                self.cancel_by(types::CancelBuilder::any().all());
            }
            self.end_some();
        }
    }

    fn shutdown(&self) {
        if !self.closed.replace(true) {
            // Everything that was ever submitted is before this in the queue, and nothing comes after it.
            self.cancel_by(types::CancelBuilder::any().all());
        }
        while self.in_flight.get() > 0 {
            self.end_some();
        }
        for letter in self.shared.close() {
            self.handle_letter(letter);
        }
    }

    fn in_flight(&self) -> usize {
        // The bell's read is the driver's own.
        self.in_flight.get().saturating_sub(1)
    }
}

impl<const ENTRIES: u32> Uring<ENTRIES> {
    /// Has the bell end the next blocking turn.
    fn listen(&self) {
        let bell = types::Fd(self.shared.bell());
        let rings = self.rings.as_ptr().cast::<u8>();
        let read = opcode::Read::new(bell, rings, size_of::<u64>() as u32).build();
        // SAFETY: the count is boxed, used by nobody else, and freed after `shutdown` has waited for the answer.
        unsafe { self.push(&read, UserData::BELL) };
        self.in_flight.update(|count| count + 1);
    }

    /// # Safety
    /// What the entry points to is good until its completion has been handled.
    unsafe fn push(&self, entry: &io_uring::squeue::Entry, what: UserData) {
        let entry = entry.clone().user_data(what.to_bits());
        // SAFETY: the caller's promise.
        unsafe { self.ring.borrow_mut().push(entry) };
    }

    fn cancel_by(&self, builder: types::CancelBuilder) {
        // SAFETY: the entry has no pointers.
        unsafe { self.push(&opcode::AsyncCancel2::new(builder).build(), UserData::IGNORED) };
    }

    /// Waits for the kernel to end some of what it was asked to end.
    fn end_some(&self) {
        self.read_letters();
        // A ring that cannot be entered any more answers nothing: it is better to stop here, with buffers kept, than to free
        // what the kernel may still write.
        if let Err(error) = self.ring.borrow_mut().enter(None) {
            panic!("the io_uring driver cannot end its operations: {error}");
        }
        self.handle_completions();
    }

    /// Handles what the kernel has answered. No borrow is held while an answer is handed over: that runs other people's
    /// code, which may submit to this driver, or turn it.
    fn handle_completions(&self) {
        let mut completed = self.completed.take();
        self.ring.borrow_mut().take_completed(&mut completed);
        for Completed { user_data, result } in completed.drain(..) {
            self.handle(user_data, result);
        }
        self.completed.set(completed);
    }

    fn handle(&self, user_data: UserData, result: i32) {
        match user_data {
            UserData::IGNORED => {}
            UserData::BELL => {
                self.in_flight.update(|count| count - 1);
                if !self.closed.get() {
                    self.listen();
                }
            }
            _ => {
                self.in_flight.update(|count| count - 1);
                match user_data.side() {
                    // SAFETY: `submit` made the address of an operation in flight, and this is its only completion.
                    None => unsafe { InFlight::from_address(user_data.address()) }.complete(answer(result)),
                    Some(direction) => {
                        // SAFETY: `arm` made the address of a readiness, of which the kernel had a reference.
                        let readiness = unsafe { Arc::from_raw(user_data.address() as *const Readiness) };
                        readiness.set_disarmed(direction);
                        let closed = answer(result) != op::AGAIN && (result < 0 || result as u32 & CLOSED != 0);
                        readiness.announce(direction, closed);
                    }
                }
            }
        }
    }

    fn read_letters(&self) {
        for letter in self.shared.letters() {
            self.handle_letter(letter);
        }
    }

    fn handle_letter(&self, letter: Letter) {
        match letter {
            Letter::Returned(returned) => {
                if let Some(abandoned) = returned.receive() {
                    self.cancel(abandoned.header());
                }
            }
            Letter::Forget(user_data) => self.cancel_by(types::CancelBuilder::user_data(user_data)),
        }
    }
}

/// What an operation is answered with. The driver alone cancels: when nobody waits any more, or when somebody is to begin
/// again elsewhere. An interruption is what a cancellation comes to where the kernel has a thread blocked in the call.
const fn answer(result: i32) -> op::Answer {
    const CANCELED: i32 = -libc::ECANCELED;
    const INTERRUPTED: i32 = -libc::EINTR;
    match result {
        CANCELED | INTERRUPTED => op::AGAIN,
        result => result,
    }
}

/// Events that no later attempt needs to wait for.
const CLOSED: u32 = (libc::POLLHUP | libc::POLLERR | libc::POLLRDHUP) as u32;

impl<const ENTRIES: u32> Io for Uring<ENTRIES> {
    fn id(&self) -> DriverId {
        self.id
    }

    fn face(&self, operation: Operation) -> Face {
        if operation == Operation::Poll { Face::Readiness } else { Face::Completion }
    }

    fn unsupported(&self, operation: Operation) -> io::Error {
        io::Error::new(io::ErrorKind::Unsupported, format!("the io_uring driver does not perform `{operation}`"))
    }

    fn completion(&self) -> Option<&dyn Completion> {
        Some(self)
    }

    fn arm(&self, source: &Source, direction: Direction) -> io::Result<()> {
        if self.closed.get() {
            return Err(io::Error::from_raw_os_error(libc::ECANCELED));
        }
        let mut watches = source.watches();
        let readiness = source.readiness();
        if readiness.is_armed(direction) {
            // By another thread's driver, just now.
            return Ok(());
        }
        let events = match direction {
            Direction::Read => libc::POLLIN | libc::POLLRDHUP,
            Direction::Write => libc::POLLOUT,
        };
        let address = Arc::into_raw(Arc::clone(readiness)) as usize;
        let what = UserData::poll(address, direction);
        watches[direction as usize] = Some(Watch {
            by: Arc::clone(&self.shared) as _,
            readiness: Arc::clone(readiness),
            token: what.to_bits() as usize,
        });
        readiness.set_armed(direction);
        drop(watches);
        let entry = opcode::PollAdd::new(types::Fd(super::choice::raw_socket(source)), events as u32).build();
        // SAFETY: the entry has no pointers. A descriptor that closes before the submission is answered with an error, or
        // names another file, whose readiness is announced for nothing.
        unsafe { self.push(&entry, what) };
        self.in_flight.update(|count| count + 1);
        self.unasked.set(true);
        Ok(())
    }

    fn disarm(&self, _: Option<&Descriptor>, watch: &Watch, direction: Direction) {
        if watch.readiness.is_armed(direction) {
            self.cancel_by(types::CancelBuilder::user_data(watch.token as u64));
        }
    }
}

impl<const ENTRIES: u32> Completion for Uring<ENTRIES> {
    fn submit(&self, op: InFlight) {
        if self.closed.get() {
            return op.complete(-libc::ECANCELED);
        }
        let entry = match op.header().request() {
            op::Request::Stream(request) => op::stream::io_uring::entry(request),
            op::Request::File(request) => op::file::io_uring::entry(request),
        };
        let what = UserData::op(op.into_address());
        // SAFETY: the operation keeps what its request points to until it is completed.
        unsafe { self.push(&entry, what) };
        self.in_flight.update(|count| count + 1);
        self.unasked.set(true);
    }

    fn cancel(&self, op: &Header) {
        if !op.is_optional() {
            return;
        }
        let what = UserData::op(std::ptr::from_ref(op).expose_provenance());
        self.cancel_by(types::CancelBuilder::user_data(what.to_bits()));
    }

    fn remote(&self) -> &Arc<dyn Remote> {
        &self.remote
    }
}

impl<const ENTRIES: u32> Drop for Uring<ENTRIES> {
    fn drop(&mut self) {
        self.shutdown();
    }
}

impl<const ENTRIES: u32> fmt::Debug for Uring<ENTRIES> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Uring").field("entries", &ENTRIES).field("in_flight", &self.in_flight()).finish_non_exhaustive()
    }
}
