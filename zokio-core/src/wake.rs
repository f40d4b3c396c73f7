//! Wakers: two tables of functions, one for pinned tasks and one for shared tasks.
#![allow(unsafe_code)] // the functions of a `RawWakerVTable` get an erased task back

use std::task::{RawWaker, RawWakerVTable};

use crate::context;
use crate::task::{Task, remote, shared};

/// The waker of a pinned task. It looks whether it is on the owner's thread: there a wake is a store and a push.
pub(crate) const fn pinned(task: Task) -> RawWaker {
    RawWaker::new(task.as_ptr(), &PINNED)
}

/// The waker of a shared task.
pub(crate) const fn shared(task: Task) -> RawWaker {
    RawWaker::new(task.as_ptr(), &SHARED)
}

static PINNED: RawWakerVTable = RawWakerVTable::new(clone_pinned, wake_pinned, wake_pinned_by_ref, drop_pinned);

static SHARED: RawWakerVTable = RawWakerVTable::new(clone_shared, wake_shared, wake_shared_by_ref, drop_shared);

unsafe fn clone_pinned(pointer: *const ()) -> RawWaker {
    // SAFETY: the waker holds (or, inside of a poll, borrows) a reference.
    let task = unsafe { Task::from_ptr(pointer) };
    // SAFETY: as above.
    unsafe { task.retain_pinned() };
    pinned(task)
}

unsafe fn wake_pinned(pointer: *const ()) {
    // SAFETY: the waker holds a reference.
    unsafe { wake_pinned_by_ref(pointer) };
    // SAFETY: and gives it up.
    unsafe { drop_pinned(pointer) };
}

unsafe fn wake_pinned_by_ref(pointer: *const ()) {
    // SAFETY: the waker holds (or borrows) a reference.
    let task = unsafe { Task::from_ptr(pointer) };
    // SAFETY: as above.
    let home = unsafe { task.home() };
    match context::seat_of(home) {
        // SAFETY: as above, and this is the owner's thread.
        Some(seat) => unsafe { seat.wake(task) },
        // SAFETY: as above.
        None => unsafe { remote::wake(task) },
    }
}

unsafe fn drop_pinned(pointer: *const ()) {
    // SAFETY: the waker holds a reference, and gives it up.
    let task = unsafe { Task::from_ptr(pointer) };
    // SAFETY: as above.
    unsafe { task.release_pinned() };
}

unsafe fn clone_shared(pointer: *const ()) -> RawWaker {
    // SAFETY: the waker holds (or, inside of a poll, borrows) a reference.
    let task = unsafe { Task::from_ptr(pointer) };
    // SAFETY: as above.
    unsafe { shared::retain(task) };
    shared(task)
}

unsafe fn wake_shared(pointer: *const ()) {
    // SAFETY: the waker holds a reference.
    unsafe { wake_shared_by_ref(pointer) };
    // SAFETY: and gives it up.
    unsafe { drop_shared(pointer) };
}

unsafe fn wake_shared_by_ref(pointer: *const ()) {
    // SAFETY: the waker holds (or borrows) a reference.
    let task = unsafe { Task::from_ptr(pointer) };
    // SAFETY: as above; `push` follows a `schedule` that returned true.
    unsafe {
        if shared::schedule(task) {
            shared::push(task);
        }
    }
}

unsafe fn drop_shared(pointer: *const ()) {
    // SAFETY: the waker holds a reference, and gives it up.
    let task = unsafe { Task::from_ptr(pointer) };
    // SAFETY: as above.
    unsafe { shared::release(task) };
}
