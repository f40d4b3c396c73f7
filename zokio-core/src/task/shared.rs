//! What any thread may do with a shared task, one that workers steal from each other: one word, read-modify-writes.
#![allow(unsafe_code)] // acts on erased tasks

use std::mem::ManuallyDrop;
use std::task::{Context, Poll, Waker};

use super::cell::Cell;
use super::header::{Header, Task};
use super::polled;
use super::state::{owner, shared};
use crate::contained::contained;
use crate::primitive::atomic::Ordering;
use crate::wake;
use crate::worker::home::Home;

/// Allocates a shared task with one reference for the scheduler and one for the handle, to be pushed by the caller.
pub(crate) fn allocate<F: Future>(future: F, home: *const Home, shard: u16) -> Task {
    let word = shared::SCHEDULED | shared::JOIN | (2 * shared::ONE);
    Cell::allocate(future, word, owner::SHARED | u32::from(shard) << owner::SHARD_SHIFT, home)
}

/// Which list of its runtime holds the task.
///
/// # Safety
/// The task is alive and shared.
pub(crate) unsafe fn shard(task: Task) -> usize {
    // SAFETY: by the caller's promise.
    let header = unsafe { task.header() };
    (header.owner.get() >> owner::SHARD_SHIFT) as usize
}

/// How a run ended.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Ran {
    /// The task waits for a wake.
    Waits,
    /// The task was woken while it ran: the caller queues it again.
    Again,
    /// The task is complete: the caller takes it out of its list, then calls [`release`] for the scheduler's reference.
    Completed,
}

/// Polls a task that came out of a queue, or drops its future if it was aborted.
///
/// # Safety
/// The caller has taken the task out of a queue (or found it idle and set SCHEDULED): it alone may run it.
pub(crate) unsafe fn run(task: Task) -> Ran {
    // SAFETY: a scheduled task is not complete, and the scheduler's reference keeps it alive until it is.
    let header = unsafe { task.header() };
    // AcqRel: acquires what the wakers published and what the last runner left; SCHEDULED goes, RUNNING comes.
    let before = header.remote.0.fetch_xor(shared::SCHEDULED | shared::RUNNING, Ordering::AcqRel);
    debug_assert!(before & shared::SCHEDULED != 0 && before & (shared::RUNNING | shared::COMPLETE) == 0);
    let ended = polled::within(task, || {
        if before & shared::CANCELLED != 0 {
            // SAFETY: RUNNING gives us the stage, which holds the future.
            unsafe { (header.vtable.cancel)(task) };
            return true;
        }
        // SAFETY: the scheduler's reference outlives the poll, and `ManuallyDrop` never releases what was not taken.
        let waker = ManuallyDrop::new(unsafe { Waker::from_raw(wake::shared(task)) });
        // SAFETY: RUNNING gives us the stage.
        unsafe { (header.vtable.poll)(task, &mut Context::from_waker(&waker)) }
    });
    if !ended {
        // AcqRel: publishes the future's new state to the next runner; a wake from now on pushes by itself.
        let before = header.remote.0.fetch_and(!shared::RUNNING, Ordering::AcqRel);
        return if before & shared::SCHEDULED == 0 { Ran::Waits } else { Ran::Again };
    }
    complete(task, header);
    Ran::Completed
}

fn complete(task: Task, header: &Header) {
    // AcqRel: publishes the output to the handle; acquires the join waker that the handle left.
    let before = header.remote.0.fetch_xor(shared::RUNNING | shared::COMPLETE, Ordering::AcqRel);
    if before & shared::JOIN == 0 {
        // SAFETY: complete and without a handle: nobody else touches the output.
        unsafe { (header.vtable.drop_output)(task) };
    } else if before & shared::JOIN_WAKER != 0 {
        // SAFETY: with COMPLETE and JOIN_WAKER set the slot is only read, by us and by a handle that checks its waker.
        header.join_waker.with(|slot| {
            // SAFETY: as above.
            if let Some(waker) = unsafe { &*slot } {
                contained(|| waker.wake_by_ref());
            }
        });
    }
}

/// Marks the task as woken; `true`: the caller has to push it into a queue.
///
/// # Safety
/// The caller holds a reference.
#[inline]
pub(crate) unsafe fn schedule(task: Task) -> bool {
    // SAFETY: by the caller's promise.
    let header = unsafe { task.header() };
    // AcqRel: publishes what the waker did to the next run, even when the task is scheduled already.
    let before = header.remote.0.fetch_or(shared::SCHEDULED, Ordering::AcqRel);
    before & (shared::SCHEDULED | shared::RUNNING | shared::COMPLETE) == 0
}

/// Marks the task as cancelled and woken; `true`: the caller has to push it into a queue.
///
/// # Safety
/// The caller holds a reference, or the lock of the list that holds the task.
pub(crate) unsafe fn cancel(task: Task) -> bool {
    // SAFETY: by the caller's promise.
    let header = unsafe { task.header() };
    // AcqRel: as in `schedule`.
    let before = header.remote.0.fetch_or(shared::SCHEDULED | shared::CANCELLED, Ordering::AcqRel);
    before & (shared::SCHEDULED | shared::RUNNING | shared::COMPLETE) == 0
}

/// Pushes a task to where its runtime schedules it.
///
/// # Safety
/// [`schedule`] or [`cancel`] has just returned `true` to the caller: until the task has run, its runtime is alive.
pub(crate) unsafe fn push(task: Task) {
    // SAFETY: scheduled and not run yet, so not complete, so alive.
    let header = unsafe { task.header() };
    // SAFETY: a runtime does not go before each of its tasks has completed.
    unsafe { ((*header.home).push)(header.home, task) };
}

/// One more reference.
///
/// # Safety
/// The caller holds a reference.
pub(crate) unsafe fn retain(task: Task) {
    // SAFETY: by the caller's promise.
    let header = unsafe { task.header() };
    // Relaxed: the caller's own reference keeps the task alive.
    let before = header.remote.0.fetch_add(shared::ONE, Ordering::Relaxed);
    if before > u32::MAX / 2 {
        std::process::abort();
    }
}

/// Drops one reference; the last one frees the task.
///
/// # Safety
/// The caller gives up a reference.
pub(crate) unsafe fn release(task: Task) {
    // SAFETY: the caller's reference keeps the task alive until the subtraction.
    let header = unsafe { task.header() };
    // AcqRel: our use of the task comes before its end on whatever thread; acquires the others' if we end it.
    let before = header.remote.0.fetch_sub(shared::ONE, Ordering::AcqRel);
    if before / shared::ONE == 1 {
        // SAFETY: that was the last reference.
        unsafe { (header.vtable.free)(task) };
    }
}

/// Whether the task has completed.
///
/// # Safety
/// The caller holds a reference.
pub(super) unsafe fn is_complete(task: Task) -> bool {
    // SAFETY: by the caller's promise.
    unsafe { task.header() }.remote.load() & shared::COMPLETE != 0
}

/// Polls the handle.
///
/// # Safety
/// The caller is the task's handle, and `destination` is a place for `Result<Output, JoinError>`.
pub(super) unsafe fn poll_join(task: Task, context: &Context<'_>, destination: *mut ()) -> Poll<()> {
    // SAFETY: the handle's reference keeps the task alive.
    let header = unsafe { task.header() };
    let word = header.remote.load();
    if word & shared::COMPLETE == 0 && !register(header, word, context) {
        return Poll::Pending;
    }
    // SAFETY: complete: the output belongs to the handle.
    unsafe { (header.vtable.take_output)(task, destination) };
    Poll::Ready(())
}

/// Leaves the handle's waker in the slot; `true`: the task has completed meanwhile.
fn register(header: &Header, word: u32, context: &Context<'_>) -> bool {
    if word & shared::JOIN_WAKER != 0 {
        // SAFETY: with JOIN_WAKER set nobody writes the slot, and only the handle clears it.
        let same =
            header.join_waker.with(|slot| unsafe { (*slot).as_ref() }.is_some_and(|w| w.will_wake(context.waker())));
        if same {
            return false;
        }
        // AcqRel: takes the slot back from whoever completes the task.
        if header.remote.0.fetch_and(!shared::JOIN_WAKER, Ordering::AcqRel) & shared::COMPLETE != 0 {
            return true;
        }
    }
    let waker = context.waker().clone();
    // SAFETY: JOIN_WAKER is clear and the task was not complete when it was cleared, so the slot is the handle's.
    let old = header.join_waker.with_mut(|slot| unsafe { (*slot).replace(waker) });
    drop(old);
    // AcqRel: publishes the waker to whoever completes the task; acquires the output if that has happened.
    header.remote.0.fetch_or(shared::JOIN_WAKER, Ordering::AcqRel) & shared::COMPLETE != 0
}

/// Drops the handle: with it goes the output, or the interest in it.
///
/// # Safety
/// The caller is the task's handle. Its reference is released separately.
pub(super) unsafe fn drop_join(task: Task) {
    // SAFETY: the handle's reference keeps the task alive.
    let header = unsafe { task.header() };
    // AcqRel: acquires the output if the task is complete; publishes the slot to whoever frees the task.
    let before = header.remote.0.fetch_and(!(shared::JOIN | shared::JOIN_WAKER), Ordering::AcqRel);
    if before & shared::COMPLETE != 0 {
        // SAFETY: complete: the output belongs to the handle.
        unsafe { (header.vtable.drop_output)(task) };
    } else {
        // SAFETY: the task was not complete when JOIN_WAKER was cleared, so the slot is the handle's.
        let waker = header.join_waker.with_mut(|slot| unsafe { (*slot).take() });
        drop(waker);
    }
}
