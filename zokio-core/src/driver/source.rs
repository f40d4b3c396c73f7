//! A descriptor that can be waited for: the readiness face of the drivers.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

use super::choice::{Descriptor, Socket};
use super::current::{try_with_io, with_io};
use super::readiness::{Key, Readiness, Seen, Waiters};
use super::{Io, Watcher};
use crate::task::coop;

/// Which way bytes go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(usize)]
pub enum Direction {
    /// Out of the descriptor: receiving, accepting.
    Read = 0,
    /// Into the descriptor: sending, connecting.
    Write = 1,
}

impl Direction {
    pub(super) const BOTH: [Self; 2] = [Self::Read, Self::Write];
}

/// An open non-blocking socket, pipe or the like, and its readiness.
///
/// It belongs to no driver: whoever has to wait has the driver of the polling seat watch it, so it may wander between
/// threads with the task that uses it. It borrows as the standard library's handles do (`AsFd`, `AsSocket`), which is what
/// `socket2::SockRef` wants:
///
/// ```no_run
/// # use std::{io, task::{Context, Poll}};
/// # use zokio_core::driver::{Direction, Source};
/// # fn recv(socket: &Source, _: &mut [u8]) -> io::Result<usize> { let _ = socket; Ok(0) }
/// fn poll_recv(source: &Source, cx: &mut Context<'_>, buffer: &mut [u8]) -> Poll<io::Result<usize>> {
///     source.poll_transfer(cx, Direction::Read, buffer.len(), || recv(source, buffer))
/// }
/// ```
///
/// Dropping it closes the descriptor, after its watchers have been told.
#[derive(Debug)]
pub struct Source {
    // Before the descriptor, so that its watchers are told before it closes.
    watched: Watched,
    descriptor: Descriptor,
}

/// The part of a source that drivers know.
#[derive(Debug)]
struct Watched {
    readiness: Arc<Readiness>,
    /// Who watches which direction. A driver holds the lock while it talks to the kernel about the source.
    watches: Mutex<Watches>,
}

pub(super) type Watches = [Option<Watch>; 2];

/// A driver that watches a direction of a source.
#[derive(Clone, Debug)]
pub struct Watch {
    /// Who watches.
    pub by: Arc<dyn Watcher>,
    /// What it announces.
    pub readiness: Arc<Readiness>,
    /// The driver's own name for the source.
    pub token: usize,
}

impl Source {
    /// A source of an open socket or other pollable descriptor, which is in non-blocking mode. Asks the kernel nothing.
    #[must_use]
    pub fn new(socket: Socket) -> Self {
        Self {
            watched: Watched { readiness: Arc::new(Readiness::new()), watches: Mutex::new([None, None]) },
            descriptor: Descriptor::new(socket),
        }
    }

    /// Calls `attempt`, a non-blocking system call, whenever the descriptor may be ready, until it answers anything else
    /// than [`WouldBlock`](io::ErrorKind::WouldBlock) or [`Interrupted`](io::ErrorKind::Interrupted).
    ///
    /// Of several tasks that poll one direction the last one is woken; [`io`](Self::io) is for several. After many calls in
    /// a row that did not have to wait it is pending once, and wakes the task, so that others have their turn.
    ///
    /// # Errors
    /// Those of `attempt`, and the kernel's when the descriptor cannot be watched.
    ///
    /// # Panics
    /// Outside of a runtime, when it has to wait.
    pub fn poll_io<R>(
        &self,
        cx: &mut Context<'_>,
        direction: Direction,
        mut attempt: impl FnMut() -> io::Result<R>,
    ) -> Poll<io::Result<R>> {
        loop {
            let seen = std::task::ready!(self.poll_seen(cx, direction, |waiters| waiters.set_poller(cx.waker())))?;
            if let Some(result) = self.attempt(direction, seen, &mut attempt) {
                return Poll::Ready(result);
            }
        }
    }

    /// [`poll_io`](Self::poll_io) for reading or writing up to `wanted` bytes.
    ///
    /// A transfer of fewer bytes says that the kernel's buffer is now empty (or full), which saves the next attempt.
    ///
    /// # Errors
    /// As [`poll_io`](Self::poll_io).
    ///
    /// # Panics
    /// As [`poll_io`](Self::poll_io).
    pub fn poll_transfer(
        &self,
        cx: &mut Context<'_>,
        direction: Direction,
        wanted: usize,
        mut attempt: impl FnMut() -> io::Result<usize>,
    ) -> Poll<io::Result<usize>> {
        loop {
            let seen = std::task::ready!(self.poll_seen(cx, direction, |waiters| waiters.set_poller(cx.waker())))?;
            match self.attempt(direction, seen, &mut attempt) {
                Some(Ok(moved)) => {
                    if 0 < moved && moved < wanted {
                        self.readiness().clear_after_short_transfer(direction, seen);
                    }
                    return Poll::Ready(Ok(moved));
                }
                Some(Err(error)) => return Poll::Ready(Err(error)),
                None => {}
            }
        }
    }

    /// Waits until an attempt may succeed. It may also fail: readiness is a hint.
    ///
    /// # Errors
    /// The kernel's, when the descriptor cannot be watched.
    ///
    /// # Panics
    /// Outside of a runtime, when it has to wait.
    pub fn poll_ready(&self, cx: &mut Context<'_>, direction: Direction) -> Poll<io::Result<()>> {
        self.poll_seen(cx, direction, |waiters| waiters.set_poller(cx.waker())).map_ok(|_| ())
    }

    /// Calls `attempt` once. If it says [`WouldBlock`](io::ErrorKind::WouldBlock), the direction is not ready until the
    /// kernel announces it again.
    ///
    /// # Errors
    /// Those of `attempt`, and `WouldBlock` without a call while the direction is known not to be ready.
    pub fn try_io<R>(&self, direction: Direction, mut attempt: impl FnMut() -> io::Result<R>) -> io::Result<R> {
        while let Some(seen) = self.readiness().seen(direction) {
            if let Some(result) = self.attempt(direction, seen, &mut attempt) {
                return result;
            }
        }
        Err(io::ErrorKind::WouldBlock.into())
    }

    /// [`poll_io`](Self::poll_io) as a future, of which any number may wait for the same direction.
    ///
    /// # Cancel safety
    /// Dropping the future loses nothing: an attempt either has happened and its result was returned, or has not.
    pub fn io<R, F: FnMut() -> io::Result<R>>(&self, direction: Direction, attempt: F) -> Attempts<'_, F> {
        Attempts { source: self, direction, attempt, key: None }
    }

    /// Takes the descriptor out; nobody waits for it any more.
    ///
    /// A driver on another thread may hear of it a little later.
    #[must_use]
    pub fn into_socket(self) -> Socket {
        self.watched.forget(Some(&self.descriptor));
        self.descriptor.into_socket()
    }

    pub(super) const fn descriptor(&self) -> &Descriptor {
        &self.descriptor
    }

    pub(super) const fn readiness(&self) -> &Arc<Readiness> {
        &self.watched.readiness
    }

    pub(super) fn watches(&self) -> MutexGuard<'_, Watches> {
        self.watched.watches()
    }

    /// `None`: not ready after all, or interrupted, so look again.
    fn attempt<R>(
        &self,
        direction: Direction,
        seen: Seen,
        attempt: &mut impl FnMut() -> io::Result<R>,
    ) -> Option<io::Result<R>> {
        match attempt() {
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                self.readiness().clear(direction, seen);
                None
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => None,
            result => Some(result),
        }
    }

    /// Ready, or a waker is stored and this seat's driver watches; or it is the turn of others, and the task is woken
    /// again.
    fn poll_seen(
        &self,
        cx: &Context<'_>,
        direction: Direction,
        store: impl FnOnce(&mut Waiters) -> Option<Waker>,
    ) -> Poll<io::Result<Seen>> {
        if let Some(seen) = self.readiness().seen(direction) {
            return coop::poll_proceed(cx).map(|budget| {
                budget.made_progress();
                Ok(seen)
            });
        }
        // The previous waker is dropped outside of the lock: it may be the last reference to a task.
        let previous = store(&mut self.readiness().waiters(direction));
        drop(previous);
        // Announced before the waker was there: nobody would be woken.
        if let Some(seen) = self.readiness().seen(direction) {
            return Poll::Ready(Ok(seen));
        }
        // Whoever watches announces to everybody, and before it stops driving: it need not be this seat's driver.
        if !self.readiness().is_armed(direction) {
            with_io(|io| io.arm(self, direction))?;
        }
        Poll::Pending
    }
}

impl Watched {
    fn watches(&self) -> MutexGuard<'_, Watches> {
        // Poison says nothing: a watch is put in place as a whole.
        self.watches.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells the watchers, if anybody but this source holds on to the readiness.
    fn forget(&self, descriptor: Option<&Descriptor>) {
        if Arc::strong_count(&self.readiness) == 1 {
            return;
        }
        let watches = std::mem::take(&mut *self.watches());
        for (direction, watch) in Direction::BOTH.into_iter().zip(watches) {
            let Some(watch) = watch else { continue };
            let here = |io: &dyn Io| {
                let its = io.id() == watch.by.id();
                if its {
                    io.disarm(descriptor, &watch, direction);
                }
                its
            };
            if try_with_io(here) != Some(true) {
                watch.by.forget(descriptor, &watch, direction);
            }
        }
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        self.forget(None);
    }
}

/// Attempts of a system call until it answers; made by [`Source::io`].
#[derive(Debug)]
#[must_use = "futures do nothing unless polled"]
pub struct Attempts<'a, F> {
    source: &'a Source,
    direction: Direction,
    attempt: F,
    key: Option<Key>,
}

impl<F> Unpin for Attempts<'_, F> {}

impl<R, F: FnMut() -> io::Result<R>> Future for Attempts<'_, F> {
    type Output = io::Result<R>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let Self { source, direction, attempt, key } = self.get_mut();
        loop {
            let store = |waiters: &mut Waiters| waiters.set_queued(key, cx.waker());
            let seen = std::task::ready!(source.poll_seen(cx, *direction, store))?;
            if let Some(result) = source.attempt(*direction, seen, attempt) {
                return Poll::Ready(result);
            }
        }
    }
}

impl<F> Drop for Attempts<'_, F> {
    fn drop(&mut self) {
        if let Some(key) = self.key.take() {
            let previous = self.source.readiness().waiters(self.direction).remove(key);
            drop(previous);
        }
    }
}
