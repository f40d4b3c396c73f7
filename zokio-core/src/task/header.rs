//! The header of a task: 64 bytes in front of every future, the same for every future type.
#![allow(unsafe_code)] // a `Task` is a thin pointer to a header whose type behind it is erased

use std::fmt;
use std::ptr::NonNull;
use std::task::{Context, Waker};

use super::state::{OwnerWord, RemoteWord};
use crate::machine::Chain;
use crate::primitive::UnsafeCell;
use crate::primitive::atomic::{AtomicPtr, AtomicU32};
use crate::worker::home::Home;

/// What every task begins with. The future, later its output, lies behind it in the same allocation ([`super::cell`]).
///
/// Who may touch which field, and when, is the law at the head of [`super`].
#[repr(C)]
pub(crate) struct Header {
    /// Pinned tasks: what threads other than the owner did. Shared tasks: the whole state.
    pub(super) remote: RemoteWord,
    /// Pinned tasks: the owner's state and count. Shared tasks: constant, names the kind and the list's shard.
    pub(super) owner: OwnerWord,
    /// How to poll, cancel, read and free what lies behind the header.
    pub(super) vtable: &'static Vtable,
    /// Where the task is pushed when it is woken.
    pub(super) home: *const Home,
    /// Neighbours in the list of the tasks that a shutdown has to drop.
    pub(super) links: UnsafeCell<Links>,
    /// Who awaits the task. Pinned tasks: only while the handle is on the owner's thread.
    pub(super) join_waker: UnsafeCell<Option<Waker>>,
    /// Pinned tasks: who awaits the task on another thread, boxed.
    pub(super) remote_join: AtomicPtr<Waker>,
}

/// Neighbours in an intrusive list.
#[derive(Default)]
pub(crate) struct Links {
    pub(super) previous: Option<Task>,
    pub(super) next: Option<Task>,
}

/// What the core must know of a future's type, as functions.
pub(crate) struct Vtable {
    /// Polls the future once and catches its panic. `true`: it ended, and its output (or panic) is stored.
    pub(super) poll: unsafe fn(Task, &mut Context<'_>) -> bool,
    /// Drops the future and stores that it was cancelled.
    pub(super) cancel: unsafe fn(Task),
    /// Moves the output to `*mut Result<Output, JoinError>`.
    pub(super) take_output: unsafe fn(Task, *mut ()),
    /// Drops the output where it lies, if it is still there.
    pub(super) drop_output: unsafe fn(Task),
    /// The future's type; where the caller has the stage, which holds the future, adds the awaits of its machines too.
    pub(super) describe: unsafe fn(Task, Option<&mut Chain>) -> &'static str,
    /// Drops whatever is left and frees the allocation.
    pub(super) free: unsafe fn(Task),
}

/// A pointer to a task, of any future type. Copies count nothing: who holds which count is the law in [`super`].
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(transparent)]
pub struct Task(NonNull<Header>);

// SAFETY: a `Task` is only a name. What may be done with it from which thread is decided by the views in `local`,
// `remote` and `shared`, whose operations carry the conditions.
unsafe impl Send for Task {}

impl Task {
    pub(super) const fn new(header: NonNull<Header>) -> Self {
        Self(header)
    }

    /// # Safety
    /// `pointer` came from [`Self::as_ptr`], and the task has not been freed.
    pub(crate) unsafe fn from_ptr(pointer: *const ()) -> Self {
        // SAFETY: `as_ptr` never yields null.
        Self(unsafe { NonNull::new_unchecked(pointer.cast_mut().cast()) })
    }

    pub(crate) const fn as_ptr(self) -> *const () {
        self.0.as_ptr().cast_const().cast()
    }

    pub(super) fn header_ptr(self) -> *mut Header {
        self.0.as_ptr()
    }

    /// # Safety
    /// The task has not been freed and is not freed while the reference lives.
    #[inline(always)]
    pub(super) unsafe fn header<'a>(self) -> &'a Header {
        // SAFETY: by the caller's promise the allocation is alive; headers are only ever shared, never `&mut`.
        unsafe { self.0.as_ref() }
    }
}

impl fmt::Debug for Task {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Task({:p})", self.0)
    }
}

impl Header {
    pub(super) fn new(remote: u32, owner: u32, vtable: &'static Vtable, home: *const Home) -> Self {
        Self {
            remote: RemoteWord(AtomicU32::new(remote)),
            owner: OwnerWord(AtomicU32::new(owner)),
            vtable,
            home,
            links: UnsafeCell::new(Links::default()),
            join_waker: UnsafeCell::new(None),
            remote_join: AtomicPtr::new(std::ptr::null_mut()),
        }
    }
}
