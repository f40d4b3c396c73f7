//! Step 7, driver: an operation is submitted to the kernel, completes, and wakes the task that waits for it.
//!
//! Every seat of a runtime (a worker thread, or the thread in `block_on`) has a driver of its own, built on that thread
//! and never leaving it. Nothing above this folder knows which one it is: [`choice`] picks the types for the target, the
//! plan picks one of them, and futures reach it as `&dyn` [`Io`] through the thread's context.
//!
//! ```text
//!  future ──► Op<T> (data that owns its buffers) ──► Completion::submit ► kernel ┐
//!         │                                                                 ├──► Driver::turn ──► InFlight::complete ──► wake   
//!         └─► Source::poll_io (readiness) ─────────► Io::arm ─────► kernel ─┘              └────► Readiness::announce ──► wake
//! ```
//!
//! Two faces, because there are two kinds of callers:
//! - *completion* ([`op`]): the operation owns its buffer and the kernel fills it. Dropping the future abandons the
//!   operation; buffer and descriptor stay until the kernel has answered.
//! - *readiness* ([`source`]): the caller lends a buffer for one attempt of a system call and waits for the descriptor to
//!   become ready in between. Dropping the future is always safe and loses nothing.
//!
//! The law of re-entrance: [`Driver::turn`] holds no borrow of the driver's state while it wakes a waker or drops a
//! payload, since both may run code that submits to or cancels on the same driver.

#[cfg(target_os = "linux")]
mod auto;
pub(crate) mod blocking;
pub mod buffer;
pub mod choice;
mod current;
#[cfg(target_os = "linux")]
mod io_uring;
mod mailbox;
mod mio;
pub mod none;
pub mod op;
mod operation;
mod readiness;
pub mod source;
#[cfg(all(test, unix, not(loom)))]
mod tests;

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

pub use buffer::{IoBuf, IoBufMut, Slice};
pub use choice::{Auto, Descriptor, Mio, Socket, Uring};
pub use none::NoDriver;
pub use op::{Header, Op};
pub use operation::{Operation, Operations};
pub use readiness::Readiness;
pub use source::{Direction, Source, Watch};

/// The I/O engine of one seat: built on the thread that turns it, and never leaving that thread.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a driver on this target",
    label = "this target has no such driver",
    note = "io_uring exists on Linux alone: write `io = auto` (io_uring where the kernel has it, else mio) or `io = mio`"
)]
pub trait Driver: Io + Sized + 'static {
    /// What wakes this driver out of a blocking [`turn`](Self::turn), from any thread.
    type Unpark: Unpark;

    /// The driver's name in reports and messages.
    const NAME: &'static str;

    /// What the driver can do where the kernel has everything; [`Io::supports`] says what this kernel has.
    const SUPPORTED_OPERATIONS: Operations;

    /// Asks the kernel for what the driver needs.
    ///
    /// # Errors
    /// What the kernel refused. The text says why that may be and what to write instead; the kind is the kernel's.
    fn new() -> io::Result<Self>;

    /// A handle that wakes this driver.
    fn unparker(&self) -> Self::Unpark;

    /// Submits what is queued and handles what has completed, with one system call where possible, none where nothing is
    /// to be done.
    ///
    /// `Some(ZERO)` does not block, `Some(limit)` blocks for that long at most, `None` until something has completed or
    /// the driver was unparked. It may return earlier than that with nothing done.
    ///
    /// # Errors
    /// The kernel's, when it refuses to be waited for: the seat cannot go on. Failures of single operations are their
    /// own results.
    fn turn(&self, timeout: Option<Duration>) -> io::Result<()>;

    /// The seat stops driving for a while, and comes back or not: gives back what is in flight, so that it goes on wherever it
    /// is polled next. Operations that the kernel has not performed are answered with [`AGAIN`](op::AGAIN), watched sources
    /// are announced and watched no more. Returns when the kernel has let go of all of it.
    fn rest(&self);

    /// Cancels every operation in flight and returns when the kernel has answered each: buffers are freed, descriptors
    /// that arrived late are closed. What is submitted later is answered with `ECANCELED`. Doing it again does nothing.
    fn shutdown(&self);

    /// How many operations (readiness polls included) the kernel has not answered yet.
    fn in_flight(&self) -> usize;
}

/// Wakes a driver that blocks in [`Driver::turn`], or makes its next blocking turn return at once.
pub trait Unpark: Send + Sync + 'static {
    /// Wakes the driver.
    fn unpark(&self);
}

/// How a driver performs an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    /// The kernel performs it and answers: [`Completion::submit`].
    Completion,
    /// It is attempted whenever the descriptor is ready: [`Io::arm`].
    Readiness,
    /// A thread of the blocking pool performs it.
    Blocking,
    /// It does not: [`Io::unsupported`] says what to write instead.
    Unsupported,
}

/// The part of a driver that futures use, behind one pointer.
pub trait Io {
    /// Which driver this is: no two drivers that live at the same time have the same.
    fn id(&self) -> DriverId;

    /// How `operation` is performed here.
    fn face(&self, operation: Operation) -> Face;

    /// The error for an operation whose [`face`](Self::face) is [`Face::Unsupported`]: it says what to write instead.
    fn unsupported(&self, operation: Operation) -> io::Error;

    /// Whether `operation` can be performed here at all.
    fn supports(&self, operation: Operation) -> bool {
        self.face(operation) != Face::Unsupported
    }

    /// The driver as one that performs operations by itself, if it is one.
    fn completion(&self) -> Option<&dyn Completion>;

    /// Has the readiness announced, once at least, when `source` becomes ready in `direction`.
    ///
    /// # Errors
    /// The kernel's, when it cannot watch the descriptor.
    fn arm(&self, source: &Source, direction: Direction) -> io::Result<()>;

    /// Takes back what [`arm`](Self::arm) has asked for: nobody waits for it any more. `descriptor` is given where it stays
    /// open; otherwise it is about to be closed.
    fn disarm(&self, descriptor: Option<&Descriptor>, watch: &Watch, direction: Direction);
}

/// A driver that hands operations to the kernel and is told when they are done.
pub trait Completion {
    /// Takes the driver's half of an operation. The driver calls [`InFlight::complete`](op::InFlight::complete) on it exactly
    /// once, in a later turn; or now, when it is shut down.
    fn submit(&self, op: op::InFlight);

    /// Asks the kernel to hurry: the operation has been abandoned and is still in flight on this driver.
    fn cancel(&self, op: &Header);

    /// The part of this driver that futures on other threads reach.
    fn remote(&self) -> &Arc<dyn Remote>;
}

/// What the future of an operation in flight knows of its driver, on whichever thread it is.
pub trait Remote: std::fmt::Debug + Send + Sync + 'static {
    /// The driver that this is a part of.
    fn id(&self) -> DriverId;

    /// The operation was dropped on another thread: its future's half goes back to the driver.
    fn give_back(&self, op: op::Returned);
}

/// What a source knows of a driver that watches it, on whichever thread it is.
pub trait Watcher: std::fmt::Debug + Send + Sync + 'static {
    /// The driver that this is a part of.
    fn id(&self) -> DriverId;

    /// [`Io::disarm`], from another thread: the driver may go on announcing for a while.
    fn forget(&self, descriptor: Option<&Descriptor>, watch: &Watch, direction: Direction);
}

/// Tells drivers apart. Zero is no driver.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct DriverId(usize);

impl DriverId {
    /// An id that no other driver of this process has.
    pub(crate) fn next() -> Self {
        static LAST: AtomicUsize = AtomicUsize::new(0);
        // Relaxed: all that matters is that no two calls get the same number.
        Self(LAST.fetch_add(1, Ordering::Relaxed) + 1)
    }
}
