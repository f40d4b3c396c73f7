//! Which runtime, and which of its seats, runs on this thread: the one thread-local of the runtime.
#![allow(unsafe_code)] // the thread-local holds a pointer to a context on the stack below

use std::cell::Cell;
use std::marker::PhantomData;
use std::ptr;

use crate::driver::Io;
use crate::handle::Handle;
use crate::task::LocalTasks;
use crate::timer::Timer;
use crate::worker::home::Home;
use crate::worker::stealing::OwnQueue;

#[cfg(loom)]
loom::thread_local! {
    static CURRENT: Cell<*const Context<'static>> = Cell::new(ptr::null());
}

#[cfg(not(loom))]
thread_local! {
    static CURRENT: Cell<*const Context<'static>> = const { Cell::new(ptr::null()) };
}

/// What free functions find on a thread that belongs to a runtime: a handle of it, and its seat, if the thread has one
/// (threads of the blocking pool have none).
///
/// This is the only place where driver and timer are behind `dyn`: the generated struct has their types.
pub struct Context<'a> {
    pub(crate) handle: &'a Handle,
    pub(crate) seat: Option<SeatContext<'a>>,
}

/// The parts of a seat that free functions use.
pub(crate) struct SeatContext<'a> {
    pub(crate) local: &'a LocalTasks,
    pub(crate) io: &'a dyn Io,
    pub(crate) timer: &'a dyn Timer,
    /// The queue of a worker thread; entry seats have none.
    pub(crate) worker: Option<&'a dyn OwnQueue>,
}

impl std::fmt::Debug for Context<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Context").field("has_seat", &self.seat.is_some()).finish_non_exhaustive()
    }
}

impl Context<'_> {
    /// The driver of this thread's seat.
    ///
    /// # Panics
    /// On a thread of the blocking pool, which has no driver.
    #[track_caller]
    #[must_use]
    pub fn io(&self) -> &dyn Io {
        self.seat().io
    }

    /// The driver of this thread's seat, if the thread has one.
    #[must_use]
    pub fn try_io(&self) -> Option<&dyn Io> {
        Some(self.seat.as_ref()?.io)
    }

    /// The timer of this thread's seat.
    ///
    /// # Panics
    /// As [`io`](Self::io).
    #[track_caller]
    #[must_use]
    pub fn timer(&self) -> &dyn Timer {
        self.seat().timer
    }

    /// The runtime that this thread belongs to.
    #[must_use]
    pub const fn handle(&self) -> &Handle {
        self.handle
    }

    /// This thread's own queue, if the thread is a worker of the scheduler behind `home`.
    #[inline]
    pub(crate) fn own_queue(&self, home: *const Home) -> Option<&dyn OwnQueue> {
        self.seat.as_ref()?.worker.filter(|queue| ptr::eq(queue.home(), home))
    }

    #[track_caller]
    pub(crate) fn seat(&self) -> &SeatContext<'_> {
        self.seat.as_ref().expect(
            "this thread belongs to the blocking pool, where futures of I/O and time cannot be polled: \
             poll them in a task (`Handle::current().spawn(..)`) and wait for it there",
        )
    }
}

/// Calls `f` with this thread's context, or returns `None` outside of a runtime.
#[inline]
pub fn try_with<R>(f: impl FnOnce(&Context<'_>) -> R) -> Option<R> {
    let current = CURRENT.try_with(Cell::get).unwrap_or(ptr::null());
    // SAFETY: `enter` put a pointer to a context there that lives until its guard has put the previous one back.
    unsafe { current.as_ref() }.map(f)
}

/// Calls `f` with this thread's context.
///
/// # Panics
/// Outside of a runtime.
#[inline]
#[track_caller]
pub fn with<R>(f: impl FnOnce(&Context<'_>) -> R) -> R {
    match try_with(f) {
        Some(result) => result,
        None => panic!(
            "there is no zokio runtime on this thread: call this from an async fn under `#[zokio::main]`, \
             from a spawned task, or inside of `block_on`"
        ),
    }
}

/// The tasks of this thread's seat, if `home` is that seat: the thread is the owner of the tasks pinned there.
#[inline]
pub(crate) fn seat_of<'a>(home: *const Home) -> Option<&'a LocalTasks> {
    let current = CURRENT.try_with(Cell::get).unwrap_or(ptr::null());
    // SAFETY: as in `try_with`. The lifetime is that of the entered context: callers use the result at once and do not
    // keep it, and a context is left only by the frame that entered it, which is below theirs.
    let local = unsafe { current.as_ref() }?.seat.as_ref()?.local;
    ptr::eq(local.home(), home).then_some(local)
}

/// # Panics
/// When the thread has a seat already: a runtime does not run within a runtime.
#[track_caller]
pub(crate) fn assert_no_seat() {
    let within = try_with(|outer| outer.seat.is_some()).unwrap_or(false);
    assert!(
        !within,
        "cannot start a runtime within a runtime: `block_on` was called on a thread that is driving tasks already; \
         await the future instead, or call `block_on` on another thread"
    );
}

/// Makes `context` this thread's context while `f` runs. It may come on top of another one: a runtime may end within
/// another, whose tasks on this thread are then reached as from elsewhere.
pub(crate) fn enter<R>(context: &Context<'_>, f: impl FnOnce() -> R) -> R {
    let _guard = Guard { previous: CURRENT.with(Cell::get), _not_send: PhantomData };
    CURRENT.with(|current| current.set(ptr::from_ref(context).cast()));
    f()
}

/// Puts the previous context back, also when `f` unwinds.
struct Guard {
    previous: *const Context<'static>,
    _not_send: PhantomData<*const ()>,
}

impl Drop for Guard {
    fn drop(&mut self) {
        CURRENT.with(|current| current.set(self.previous));
    }
}
