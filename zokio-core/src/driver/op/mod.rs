//! The completion face: an operation is data that owns its buffers.
//!
//! ```text
//! stream, file   what is asked, as typed payloads      Recv { source, buffer }
//! request        the same as plain data                Request::Stream(Recv { socket, pointer, length })
//! lifecycle      submitted, waiting, completed, abandoned
//! node           the payload beside its lifecycle, shared by future and driver
//! blocking       the payload on a thread of the blocking pool
//! ```
//!
//! [`Op`] is the future over them. Under a completion driver it submits itself at its first poll, and dropping it abandons
//! it: buffer and descriptor stay with the driver until the kernel has answered. Under a readiness driver the very same
//! future attempts the system call whenever the descriptor is ready, and nothing is ever in flight. What no readiness
//! tells of (files) goes to the blocking pool there.
#![allow(unsafe_code)] // the trait of payloads is unsafe, for what the kernel does with them

mod blocking;
pub mod file;
mod lifecycle;
mod node;
mod request;
pub mod stream;

use std::fmt;
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use super::current::with_io;
use super::{Face, Operation};
use blocking::Handed;
use node::Node;

pub use super::blocking::Duty;
pub use lifecycle::{AGAIN, Answer};
pub use node::{Abandoned, Header, InFlight, Returned};
pub use request::Request;

/// What an operation owns, and what it makes of the kernel's answer.
///
/// # Safety
/// What [`request`](Self::request) points to must stay valid, at its address, for as long as the payload is not moved or
/// dropped, whatever else happens to the value that was given to make it.
pub unsafe trait Operate: Sized + 'static {
    /// What the future returns.
    type Output;

    /// The kind of operation.
    const OPERATION: Operation;

    /// What it comes to when nobody waits any more: it is cancelled, or performed all the same, also by a runtime that ends.
    const DUTY: Duty = Duty::Optional;

    /// The payload as plain data. The pointers are good until the payload moves.
    fn request(&mut self) -> Request;

    /// Attempts the operation while its descriptor is ready: what a readiness driver does.
    fn poll_attempt(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<u32>>;

    /// Performs the operation and blocks meanwhile: what the blocking pool does, for those whose driver says
    /// [`Face::Blocking`].
    fn perform(&mut self) -> io::Result<u32>;

    /// Takes note of a result; whether it is one of several, and the operation is to be submitted for the rest.
    fn goes_on(&mut self, _: &io::Result<u32>) -> bool {
        false
    }

    /// Whether an operation that was given back ([`AGAIN`]) goes on in the kernel by itself, so that it is to be attempted
    /// rather than submitted again.
    fn is_under_way(&self) -> bool {
        false
    }

    /// Makes the output of the kernel's answer. It is also called when nobody waits any more, and its output then dropped.
    fn finish(self, result: io::Result<u32>) -> Self::Output;
}

/// The kernel's answer as a result.
fn outcome(answer: Answer) -> io::Result<u32> {
    if answer == AGAIN {
        return Err(io::ErrorKind::Interrupted.into());
    }
    u32::try_from(answer).map_err(|_| io::Error::from_raw_os_error(answer.wrapping_neg()))
}

/// An operation as a future.
///
/// It is submitted by its first poll, to the driver of the seat that polls it, and may wander between threads afterwards. When
/// that seat stops driving or ends, it is submitted again by its next poll, wherever that is.
///
/// # Cancel safety
/// Dropping it is always sound and asks the kernel to stop, unless the operation says that it is performed all the same. If the kernel has performed it already, the result is lost:
/// received bytes are dropped with the buffer, an accepted or opened descriptor is closed.
///
/// # Panics
/// When first polled outside of a runtime, and when polled after it has returned.
#[must_use = "futures do nothing unless polled"]
pub struct Op<T> {
    stage: Stage<T>,
}

enum Stage<T> {
    /// Not submitted; under a readiness driver until the end.
    Owned(T),
    /// The driver has its half.
    InFlight(Node<T>),
    /// A thread of the blocking pool has it.
    Handed(Handed<T>),
    Returned,
}

// No bound but `Send` here: the compiler asks for it with lifetimes erased, where `&'static str` is no buffer any more.
// SAFETY: the node is shared with the driver's thread by a protocol of atomics. That thread may drop the payload, which is
// `Send`, as everything else here is.
unsafe impl<T: Send> Send for Op<T> {}
// SAFETY: nothing can be done with a shared reference.
unsafe impl<T: Send> Sync for Op<T> {}

// The payload is moved into its node before anything refers to it.
impl<T> Unpin for Op<T> {}

impl<T: Operate + Send> Op<T> {
    pub(crate) const fn new(payload: T) -> Self {
        Self { stage: Stage::Owned(payload) }
    }

    /// Hands the payload to who performs it here. The output, if it is there already.
    fn poll_owned(&mut self, mut payload: T, cx: &mut Context<'_>) -> Poll<T::Output> {
        let face = if payload.is_under_way() { Face::Readiness } else { with_io(|io| io.face(T::OPERATION)) };
        match face {
            Face::Completion => {
                self.stage = with_io(|io| {
                    let driver = io.completion().expect("a driver that performs operations takes them");
                    let (node, in_flight) = Node::new(payload, driver.remote().clone(), cx.waker().clone());
                    driver.submit(in_flight);
                    Stage::InFlight(node)
                });
                Poll::Pending
            }
            Face::Readiness => match payload.poll_attempt(cx) {
                Poll::Ready(result) => Poll::Ready(payload.finish(result)),
                Poll::Pending => {
                    self.stage = Stage::Owned(payload);
                    Poll::Pending
                }
            },
            Face::Blocking => self.poll_handed(Handed::new(payload), cx),
            Face::Unsupported => {
                let error = with_io(|io| io.unsupported(T::OPERATION));
                Poll::Ready(payload.finish(Err(error)))
            }
        }
    }

    fn poll_in_flight(&mut self, node: Node<T>, cx: &mut Context<'_>) -> Poll<T::Output> {
        match node.header().life.poll(cx.waker()) {
            Some(answer) => {
                // SAFETY: the driver has answered, so the operation is the future's alone.
                let mut payload = unsafe { node.take() };
                let result = outcome(answer);
                if answer == AGAIN || payload.goes_on(&result) {
                    return self.poll_owned(payload, cx);
                }
                Poll::Ready(payload.finish(result))
            }
            None => {
                self.stage = Stage::InFlight(node);
                Poll::Pending
            }
        }
    }

    fn poll_handed(&mut self, mut handed: Handed<T>, cx: &mut Context<'_>) -> Poll<T::Output> {
        match handed.poll(cx) {
            Poll::Ready((payload, result)) => Poll::Ready(payload.finish(result)),
            Poll::Pending => {
                self.stage = Stage::Handed(handed);
                Poll::Pending
            }
        }
    }
}

impl<T: Operate + Send> Future for Op<T> {
    type Output = T::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<T::Output> {
        match std::mem::replace(&mut self.stage, Stage::Returned) {
            Stage::Owned(payload) => self.poll_owned(payload, cx),
            Stage::InFlight(node) => self.poll_in_flight(node, cx),
            Stage::Handed(handed) => self.poll_handed(handed, cx),
            Stage::Returned => panic!("the operation `{}` was polled after it had returned", T::OPERATION),
        }
    }
}

impl<T> fmt::Debug for Op<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let stage = match &self.stage {
            Stage::Owned(_) => "not submitted",
            Stage::InFlight(_) => "in flight",
            Stage::Handed(_) => "on the blocking pool",
            Stage::Returned => "returned",
        };
        f.debug_struct("Op").field("stage", &stage).finish_non_exhaustive()
    }
}
