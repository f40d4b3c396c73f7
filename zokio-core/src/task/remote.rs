//! What threads other than the owner's may do with a pinned task: ask the owner through its inbox.
//!
//! None of it is inlined: it stays out of the owner's path, which has the same entrances.
#![allow(unsafe_code)] // acts on erased tasks

use std::task::{Context, Poll};

use super::cell::Cell;
use super::header::{Header, Task};
use super::join::JoinHandle;
use super::state::{owner, remote};
use crate::contained::contained;
use crate::primitive::atomic::Ordering;
use crate::worker::home::Home;

/// Allocates a pinned task for another thread's seat: the caller pushes it into that seat's inbox.
#[inline(never)]
pub(crate) fn allocate<F: Future>(future: F, home: *const Home) -> Task {
    Cell::allocate(future, remote::QUEUED | remote::WAKE | remote::NEW, owner::JOIN | (2 * owner::ONE), home)
}

/// Spawns a task on another thread's seat: `send` pushes it into that seat's inbox.
pub(crate) fn spawn<F: Future>(future: F, home: *const Home, send: impl FnOnce(Task)) -> JoinHandle<F::Output> {
    let task = allocate(future, home);
    send(task);
    // SAFETY: `allocate` counted a reference for the handle; the output is the future's.
    unsafe { JoinHandle::new(task) }
}

/// Sets `requests` and pushes the task into its seat's inbox if nobody else has. `false`: the owner has finished with
/// the task, which is complete, and takes no requests any more.
///
/// # Safety
/// The caller holds a reference.
unsafe fn ask(task: Task, requests: u32) -> bool {
    // SAFETY: by the caller's promise.
    let header = unsafe { task.header() };
    let before = header.remote.request(requests);
    if before & (remote::QUEUED | remote::MERGED) == 0 {
        // SAFETY: QUEUED was set by us on a task that is not merged: its seat waits for the push before it goes.
        unsafe { ((*header.home).push)(header.home, task) };
    }
    before & remote::MERGED == 0
}

/// Wakes the task.
///
/// # Safety
/// The caller holds a reference.
#[inline(never)]
pub(crate) unsafe fn wake(task: Task) {
    // SAFETY: by the caller's promise.
    let header = unsafe { task.header() };
    // A completed task needs no wake, and nothing that the caller published needs to reach it.
    if !header.owner.is_complete() {
        // SAFETY: forwarded.
        unsafe { ask(task, remote::WAKE) };
    }
}

/// Cancels the task.
///
/// # Safety
/// The caller holds a reference.
#[inline(never)]
pub(crate) unsafe fn abort(task: Task) {
    // SAFETY: forwarded.
    unsafe { ask(task, remote::ABORT) };
}

/// Counts one more reference.
///
/// # Safety
/// The caller holds a reference.
#[inline(never)]
pub(super) unsafe fn retain(task: Task) {
    // SAFETY: by the caller's promise.
    unsafe { task.header() }.remote.retain();
}

/// Takes over what other threads have counted. To be called by the owner, whose count is then the true one, as long as no
/// other thread counts.
///
/// Other threads tell the owner of a reference that they drop when their count falls below zero, so the owner has to have at
/// least one counted as long as a task may still complete: otherwise the last one would go unheard. It also keeps both
/// counts small when references are always counted on one side and dropped on the other.
#[cold]
#[inline(never)]
pub(super) fn take_count(header: &Header) {
    header.owner.add(header.remote.take_count());
}

/// Wakes who awaits the task's handle on another thread. To be called by the owner, when the task is complete.
#[cold]
#[inline(never)]
pub(super) fn wake_join(header: &Header) {
    // AcqRel: acquires the boxed waker from the thread that put it there.
    let waker = header.remote_join.swap(std::ptr::null_mut(), Ordering::AcqRel);
    if !waker.is_null() {
        // SAFETY: `poll_join` put a box there, and the swap made it ours.
        let waker = unsafe { Box::from_raw(waker) };
        contained(|| waker.wake());
    }
}

/// Drops one reference. The last one of a merged task frees it; one that the owner may have counted is reported to it.
///
/// # Safety
/// The caller gives up a reference.
#[inline(never)]
pub(crate) unsafe fn release(task: Task) {
    // SAFETY: the caller's reference keeps the task alive until the exchange below.
    let header = unsafe { task.header() };
    let home = header.home;
    let push = || {
        // SAFETY: as in `ask`: QUEUED was set by us, and the task is not merged.
        unsafe { ((*home).push)(home, task) };
    };
    // Relaxed: the starting value only.
    let mut before = header.remote.0.load(Ordering::Relaxed);
    loop {
        let mut after = before.wrapping_sub(remote::ONE);
        // A negative count means that the owner counted the reference: the sum may be zero now, which only it can see.
        let tell = before & (remote::MERGED | remote::QUEUED) == 0 && remote::count(after) < 0;
        if tell {
            after |= remote::QUEUED;
        }
        // AcqRel: our use of the task comes before its end on whatever thread; acquires the others' if we end it.
        match header.remote.0.compare_exchange_weak(before, after, Ordering::AcqRel, Ordering::Relaxed) {
            Ok(_) if before & remote::MERGED != 0 && remote::count(after) == 0 => {
                // SAFETY: merged and none left: this was the last reference.
                unsafe { (header.vtable.free)(task) };
                return;
            }
            Ok(_) => {
                if tell {
                    push();
                }
                return;
            }
            Err(actual) => before = actual,
        }
    }
}

/// Another thread polls the handle.
///
/// # Safety
/// The caller is the task's handle, and `destination` is a place for `Result<Output, JoinError>`.
#[inline(never)]
pub(super) unsafe fn poll_join(task: Task, context: &Context<'_>, destination: *mut ()) -> Poll<()> {
    // SAFETY: the handle's reference keeps the task alive.
    let header = unsafe { task.header() };
    if !header.owner.is_complete() {
        let waker = Box::into_raw(Box::new(context.waker().clone()));
        // AcqRel: publishes the box to the owner, acquires an older one of ours to drop it.
        let old = header.remote_join.swap(waker, Ordering::AcqRel);
        if !old.is_null() {
            // SAFETY: an earlier poll put a box there, and the swap made it ours again.
            drop(unsafe { Box::from_raw(old) });
        }
        // SAFETY: forwarded. The owner answers the request, so the box is looked at after it was put there: if the
        // task has completed meanwhile, the waker is woken right then.
        if unsafe { ask(task, remote::JOIN) } {
            return Poll::Pending;
        }
    }
    // SAFETY: complete: the output belongs to the handle.
    unsafe { (header.vtable.take_output)(task, destination) };
    Poll::Ready(())
}

/// Another thread drops the handle.
///
/// # Safety
/// The caller is the task's handle. Its reference is released separately.
#[inline(never)]
pub(super) unsafe fn drop_join(task: Task) {
    // SAFETY: the handle's reference keeps the task alive.
    let header = unsafe { task.header() };
    // SAFETY: forwarded.
    if header.owner.is_complete() || !unsafe { ask(task, remote::DETACH) } {
        // SAFETY: complete: the output belongs to the handle.
        unsafe { (header.vtable.drop_output)(task) };
    }
}
