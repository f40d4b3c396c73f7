//! What a handle or a waker may do with a task of either kind, from any thread: chooses the view.
#![allow(unsafe_code)] // acts on erased tasks

use std::task::{Context, Poll};

use super::header::Task;
use super::state::owner;
use super::{inspect, local, remote, shared};
use crate::context;
use crate::dump::TaskDump;
use crate::worker::home::Home;

/// For all of these: the caller holds a reference.
impl Task {
    /// # Safety
    /// The caller holds a reference.
    #[inline]
    pub(crate) unsafe fn home(self) -> *const Home {
        // SAFETY: by the caller's promise.
        unsafe { self.header() }.home
    }

    /// # Safety
    /// The caller holds a reference.
    #[inline]
    unsafe fn is_shared(self) -> bool {
        // SAFETY: by the caller's promise.
        unsafe { self.header() }.owner.is_shared()
    }

    /// # Safety
    /// The caller holds a reference, and the task is pinned.
    #[inline]
    pub(crate) unsafe fn retain_pinned(self) {
        // SAFETY: by the caller's promise.
        let header = unsafe { self.header() };
        if context::seat_of(header.home).is_some() && header.owner.get() & owner::MERGED == 0 {
            header.owner.retain();
        } else {
            // SAFETY: by the caller's promise.
            unsafe { remote::retain(self) };
        }
    }

    /// # Safety
    /// The caller gives up a reference, and the task is pinned.
    #[inline]
    pub(crate) unsafe fn release_pinned(self) {
        // SAFETY: the caller's reference.
        match context::seat_of(unsafe { self.home() }) {
            // SAFETY: forwarded; this is the owner's thread.
            Some(seat) => unsafe { seat.release(self) },
            // SAFETY: forwarded.
            None => unsafe { remote::release(self) },
        }
    }

    /// # Safety
    /// The caller holds a reference.
    pub(super) unsafe fn retain(self) {
        // SAFETY: forwarded, by kind.
        unsafe { if self.is_shared() { shared::retain(self) } else { self.retain_pinned() } }
    }

    /// # Safety
    /// The caller gives up a reference.
    pub(super) unsafe fn release(self) {
        // SAFETY: forwarded, by kind.
        unsafe { if self.is_shared() { shared::release(self) } else { self.release_pinned() } }
    }

    /// # Safety
    /// The caller holds a reference.
    pub(super) unsafe fn abort(self) {
        // SAFETY: the caller's reference.
        if unsafe { self.is_shared() } {
            // SAFETY: forwarded; `push` follows a `cancel` that returned true.
            unsafe {
                if shared::cancel(self) {
                    shared::push(self);
                }
            }
            return;
        }
        // SAFETY: the caller's reference.
        match context::seat_of(unsafe { self.home() }) {
            // SAFETY: forwarded; this is the owner's thread.
            Some(seat) => unsafe { seat.abort(self) },
            // SAFETY: forwarded.
            None => unsafe { remote::abort(self) },
        }
    }

    /// # Safety
    /// The caller holds a reference.
    pub(crate) unsafe fn is_finished(self) -> bool {
        // SAFETY: forwarded, by kind.
        unsafe { if self.is_shared() { shared::is_complete(self) } else { self.header().owner.is_complete() } }
    }

    /// # Safety
    /// The caller holds a reference.
    pub(super) unsafe fn dump(self) -> Option<TaskDump> {
        // SAFETY: forwarded, by kind and thread.
        unsafe {
            if self.is_shared() {
                return inspect::shared(self);
            }
            match context::seat_of(self.home()) {
                Some(seat) => seat.dump(self),
                None => inspect::elsewhere(self),
            }
        }
    }

    /// # Safety
    /// The caller is the task's handle, and `destination` is a place for `Result<Output, JoinError>`.
    pub(super) unsafe fn poll_join(self, context: &Context<'_>, destination: *mut ()) -> Poll<()> {
        // SAFETY: forwarded, by kind and thread.
        unsafe {
            if self.is_shared() {
                shared::poll_join(self, context, destination)
            } else if context::seat_of(self.home()).is_some() {
                local::poll_join(self, context, destination)
            } else {
                remote::poll_join(self, context, destination)
            }
        }
    }

    /// # Safety
    /// The caller is the task's handle, which gives up its reference.
    pub(super) unsafe fn drop_join(self) {
        // SAFETY: forwarded, by kind and thread.
        unsafe {
            if self.is_shared() {
                shared::drop_join(self);
            } else if context::seat_of(self.home()).is_some() {
                local::drop_join(self);
            } else {
                remote::drop_join(self);
            }
            self.release();
        }
    }
}
