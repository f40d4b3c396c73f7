//! One allocation per operation in flight: a header that drivers see, then the payload that the kernel uses.
//!
//! Two types stand for the two owners that `lifecycle` tells of: [`Node`] is the future's half, [`InFlight`] the
//! driver's; [`Returned`] is the future's half on its way back to the driver.
#![allow(unsafe_code)] // the two halves share the allocation by pointer

use std::fmt;
use std::mem::ManuallyDrop;
use std::ptr::NonNull;
use std::sync::Arc;
use std::task::Waker;

use super::lifecycle::{AGAIN, Answer, Completion, Lifecycle};
use super::{Operate, Request, blocking, outcome};
use crate::contained::contained;
use crate::driver::blocking::Duty;
use crate::driver::current::try_with_io;
use crate::driver::{Io, Remote};

/// What drivers see of an operation.
#[repr(align(8))] // drivers mark kinds of submissions in the low bits of its address
pub struct Header {
    pub(super) life: Lifecycle,
    request: Request,
    duty: Duty,
    /// The part of its driver that other threads reach.
    pub(super) remote: Arc<dyn Remote>,
    /// Drops payload and answer, and frees the node.
    discard: unsafe fn(NonNull<Self>, Answer),
}

impl Header {
    /// What is asked of the kernel.
    #[must_use]
    pub const fn request(&self) -> &Request {
        &self.request
    }

    /// Whether the kernel may be asked to stop when nobody waits any more.
    #[must_use]
    pub fn is_optional(&self) -> bool {
        self.duty == Duty::Optional
    }
}

impl fmt::Debug for Header {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Header").field("request", &self.request).field("life", &self.life).finish_non_exhaustive()
    }
}

#[repr(C)] // the header first: a pointer to the node is one to the header
struct Shared<T> {
    header: Header,
    payload: T,
}

/// The future's half of an operation.
pub(super) struct Node<T> {
    shared: NonNull<Shared<T>>,
}

impl<T: Operate + Send> Node<T> {
    /// Moves the payload to where it stays, and makes the request of it. The second half is to be submitted.
    pub(super) fn new(payload: T, remote: Arc<dyn Remote>, waker: Waker) -> (Self, InFlight) {
        let shared = Box::new(std::mem::MaybeUninit::<Shared<T>>::uninit());
        let shared = NonNull::from(Box::leak(shared)).cast::<Shared<T>>();
        // SAFETY: the pointer is to a `Shared<T>`'s memory.
        let place = unsafe { &raw mut (*shared.as_ptr()).payload };
        // SAFETY: the memory is this function's alone, and the place is aligned and within it.
        unsafe { place.write(payload) };
        // The request points into the payload where it will stay.
        // SAFETY: it has just been written, and nothing else refers to it.
        let request = unsafe { &mut *place }.request();
        let (life, duty) = (Lifecycle::new(Some(waker)), T::DUTY);
        let header = Header { life, request, duty, remote, discard: discard::<T> };
        // SAFETY: as for the payload.
        let place = unsafe { &raw mut (*shared.as_ptr()).header };
        // SAFETY: as for the payload.
        unsafe { place.write(header) };
        (Self { shared }, InFlight(shared.cast()))
    }
}

impl<T> Node<T> {
    pub(super) fn header(&self) -> &Header {
        // SAFETY: this half keeps the node alive. The header is shared, and changes only within its cells.
        unsafe { &(*self.shared.as_ptr()).header }
    }

    /// The payload, when the kernel has answered: the node is freed.
    ///
    /// # Safety
    /// The lifecycle said that the operation is the future's alone.
    pub(super) unsafe fn take(self) -> T {
        let shared = ManuallyDrop::new(self).shared;
        // SAFETY: by the caller's promise.
        unsafe { unbox(shared) }
    }
}

impl<T> Drop for Node<T> {
    /// The future is dropped while the operation is in flight.
    fn drop(&mut self) {
        let header = self.header();
        let driver = header.remote.id();
        let here = |io: &dyn Io| {
            let its = io.completion().filter(|_| io.id() == driver)?;
            let answer = header.life.abandon();
            if answer.is_none() {
                its.cancel(header);
            }
            Some(answer)
        };
        let address = self.shared.cast::<Header>();
        let answer = match try_with_io(here).flatten() {
            Some(answer) => answer,
            None => {
                // Before the node may be gone.
                let remote = Arc::clone(&header.remote);
                let answer = header.life.depart();
                if answer.is_none() {
                    remote.give_back(Returned(address));
                }
                answer
            }
        };
        if let Some(answer) = answer {
            let discard = self.header().discard;
            // SAFETY: the kernel has answered, so the operation is the future's alone, and the future is gone.
            unsafe { discard(address, answer) };
        }
    }
}

/// # Safety
/// `shared` is a node that belongs to the caller alone.
unsafe fn unbox<T>(shared: NonNull<Shared<T>>) -> T {
    // SAFETY: by the caller's promise nobody else refers to the node, which was a box of this layout.
    let shared = unsafe { Box::from_raw(shared.as_ptr()) };
    shared.payload
}

/// # Safety
/// `header` is of a `Shared<T>` that belongs to the caller alone.
unsafe fn discard<T: Operate + Send>(header: NonNull<Header>, answer: Answer) {
    // SAFETY: by the caller's promise.
    let mut payload = unsafe { unbox(header.cast::<Shared<T>>()) };
    let result = outcome(answer);
    if T::DUTY == Duty::Mandatory && (answer == AGAIN || payload.goes_on(&result)) {
        return blocking::perform_for_nobody(payload);
    }
    // Makes the result that nobody asks for any more, and drops it: a descriptor that arrived late is closed.
    drop(payload.finish(result));
}

/// The driver's half of an operation: to be answered once.
#[derive(Debug)]
#[must_use = "an operation that is not completed is leaked, and its future waits forever"]
pub struct InFlight(NonNull<Header>);

impl InFlight {
    /// What drivers see of the operation.
    #[must_use]
    pub const fn header(&self) -> &Header {
        // SAFETY: the driver's half keeps the node alive until it is completed.
        unsafe { self.0.as_ref() }
    }

    /// Hands the kernel's answer over: wakes the future's task, or frees the operation if its future is gone. Either may
    /// run any code, so the driver must be in no borrow of its own state.
    pub fn complete(self, answer: Answer) {
        match self.header().life.complete(answer) {
            Completion::Wake(waker) => contained(|| waker.wake()),
            Completion::Noted => {}
            Completion::Free => {
                let discard = self.header().discard;
                // SAFETY: the future is gone and the kernel has answered. `discard` is of the node's own type.
                contained(|| unsafe { discard(self.0, answer) });
            }
        }
    }

    /// The address that stands for the operation while the kernel has it.
    #[must_use = "an operation that is not completed is leaked, and its future waits forever"]
    pub fn into_address(self) -> usize {
        self.0.as_ptr().expose_provenance()
    }

    /// The operation that the address stands for.
    ///
    /// # Safety
    /// The address came from [`into_address`](Self::into_address) and this is done once for it.
    pub unsafe fn from_address(address: usize) -> Self {
        let header = std::ptr::with_exposed_provenance_mut(address);
        // SAFETY: it was made of a pointer that is not null.
        Self(unsafe { NonNull::new_unchecked(header) })
    }
}

/// The future's half of an operation that was dropped on another thread than its driver's.
#[derive(Debug)]
pub struct Returned(NonNull<Header>);

// SAFETY: the node may be freed on the receiving thread, payload included. It comes from an `Op<T>` that was dropped here:
// either it was sent here, so that `T: Send`, or this is its driver's thread.
unsafe impl Send for Returned {}

impl Returned {
    /// For the driver, or for the sender whom a closed mailbox has refused: frees the operation if the kernel has
    /// answered. Otherwise it is now abandoned and to be cancelled.
    pub fn receive(self) -> Option<Abandoned> {
        // SAFETY: while it is `Returning`, nobody frees the node but who receives it.
        let header = unsafe { self.0.as_ref() };
        match header.life.returned() {
            // SAFETY: the future is gone and the kernel has answered. `discard` is of the node's own type.
            Some(answer) => unsafe { (header.discard)(self.0, answer) },
            None => return Some(Abandoned(self.0)),
        }
        None
    }
}

/// An operation whose future is gone while the kernel has it.
#[derive(Debug)]
pub struct Abandoned(NonNull<Header>);

impl Abandoned {
    /// The operation, for the time until the driver's next completion.
    #[must_use]
    pub const fn header(&self) -> &Header {
        // SAFETY: made on the driver's thread, which frees the node no sooner than when it handles completions.
        unsafe { self.0.as_ref() }
    }
}
