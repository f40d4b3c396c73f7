//! The allocation of a task: header, then the future, later the output in its place.
#![allow(unsafe_code)] // goes from the erased pointer back to the typed cell

use std::any::{Any, type_name};
use std::future::Future;
use std::mem;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::ptr::NonNull;
use std::task::{Context, Poll};

use super::error::JoinError;
use super::header::{Header, Task, Vtable};
use super::id::Id;
use crate::contained::{contained, discard, drop_contained};
use crate::machine::{self, Chain};
use crate::primitive::UnsafeCell;
use crate::primitive::atomic::Ordering;
use crate::worker::home::Home;

/// One allocation: the header first, so that a pointer to the cell is a pointer to its header.
#[repr(C)]
pub(crate) struct Cell<F: Future> {
    header: Header,
    stage: UnsafeCell<Stage<F>>,
}

/// What lies behind the header. Futures are pinned: a `Running` is only ever dropped in place.
enum Stage<F: Future> {
    Running(F),
    Finished(Result<F::Output, JoinError>),
    Consumed,
}

impl<F: Future> Cell<F> {
    const VTABLE: Vtable = Vtable {
        poll: Self::poll,
        cancel: Self::cancel,
        take_output: Self::take_output,
        drop_output: Self::drop_output,
        describe: Self::describe,
        free: Self::free,
    };

    /// Allocates a task with the given words; its references are counted in them from the start.
    pub(super) fn allocate(future: F, remote: u32, owner: u32, home: *const Home) -> Task {
        let cell = Box::new(Self {
            header: Header::new(remote, owner, &Self::VTABLE, home),
            stage: UnsafeCell::new(Stage::Running(future)),
        });
        Task::new(NonNull::from(Box::leak(cell)).cast())
    }

    /// # Safety
    /// `task` is a cell of this very `F`, alive, and the caller has its stage to itself.
    unsafe fn stage<R>(task: Task, f: impl FnOnce(*mut Stage<F>) -> R) -> R {
        let cell: *mut Self = task.header_ptr().cast();
        // SAFETY: the header is the cell's first field (`repr(C)`), and the cell is alive.
        let cell = unsafe { &*cell };
        cell.stage.with_mut(f)
    }

    unsafe fn poll(task: Task, context: &mut Context<'_>) -> bool {
        let poll = |stage: *mut Stage<F>| {
            // SAFETY: the caller runs the task, which gives it the stage.
            let Stage::Running(future) = (unsafe { &mut *stage }) else {
                unreachable!("a completed task is never polled")
            };
            // SAFETY: the cell is on the heap and its future is not moved before it is dropped in place.
            let future = unsafe { Pin::new_unchecked(future) };
            catch_unwind(AssertUnwindSafe(|| future.poll(context)))
        };
        // SAFETY: the cell is alive and of this type, and its stage is the caller's.
        let output = unsafe { Self::stage(task, poll) };
        let result = match output {
            Ok(Poll::Pending) => return false,
            Ok(Poll::Ready(output)) => Ok(output),
            Err(payload) => Err(JoinError::panic(Id::of(task), payload)),
        };
        // SAFETY: as for the poll.
        unsafe { Self::finish(task, result) };
        true
    }

    unsafe fn cancel(task: Task) {
        // SAFETY: the caller runs the task, which gives it the stage.
        unsafe { Self::finish(task, Err(JoinError::cancelled(Id::of(task)))) };
    }

    /// Drops the future and stores the result. A panic of the future's `Drop` takes the place of the result: it is what
    /// happened last, and nothing else would tell.
    ///
    /// # Safety
    /// As for [`Self::stage`].
    unsafe fn finish(task: Task, result: Result<F::Output, JoinError>) {
        // SAFETY: forwarded.
        let dropped = unsafe { Self::replace(task, Stage::Consumed) };
        let result = match dropped {
            Ok(()) => result,
            Err(payload) => {
                contained(|| drop(result));
                Err(JoinError::panic(Id::of(task), payload))
            }
        };
        // SAFETY: forwarded; the stage is `Consumed`, overwriting it drops nothing.
        unsafe { Self::stage(task, |stage| stage.write(Stage::Finished(result))) };
    }

    /// Drops the stage in place and puts another there. If the drop panics, the payload is returned.
    ///
    /// # Safety
    /// As for [`Self::stage`].
    unsafe fn replace(task: Task, next: Stage<F>) -> Result<(), Box<dyn Any + Send>> {
        let replace = |stage: *mut Stage<F>| {
            // SAFETY: exclusive; a panicking drop leaves a stage that the write below overwrites without dropping.
            let dropped = catch_unwind(AssertUnwindSafe(|| unsafe { stage.drop_in_place() }));
            // SAFETY: exclusive, and what was there has been dropped.
            unsafe { stage.write(next) };
            dropped
        };
        // SAFETY: forwarded.
        unsafe { Self::stage(task, replace) }
    }

    unsafe fn take_output(task: Task, destination: *mut ()) {
        // SAFETY: the caller has the output to itself: the task is complete and it is the handle.
        let stage = unsafe { Self::stage(task, |stage| mem::replace(&mut *stage, Stage::Consumed)) };
        let Stage::Finished(result) = stage else {
            panic!("a JoinHandle was polled after it had returned the task's output");
        };
        // SAFETY: the caller passes a place for exactly this type.
        unsafe { destination.cast::<Result<F::Output, JoinError>>().write(result) };
    }

    unsafe fn drop_output(task: Task) {
        // SAFETY: the caller has the output to itself.
        let dropped = unsafe { Self::replace(task, Stage::Consumed) };
        // Nobody awaits this output, so nobody can be told that its `Drop` panicked but the panic hook, which has
        // already printed it.
        if let Err(payload) = dropped {
            discard(payload);
        }
    }

    unsafe fn describe(task: Task, chain: Option<&mut Chain>) -> &'static str {
        if let Some(chain) = chain {
            let read = |stage: *mut Stage<F>| {
                // SAFETY: the caller has the stage. A reference as that of a poll, not a shared one: what the future holds borrows itself.
                if let Stage::Running(future) = unsafe { &mut *stage } {
                    // SAFETY: the future is pinned, and nobody polls it: it is the caller's.
                    unsafe { machine::read(machine::Type::of::<F>(), (&raw const *future).cast(), chain) };
                }
            };
            // SAFETY: the cell is alive and of this type, and its stage is the caller's.
            unsafe { Self::stage(task, read) };
        }
        type_name::<F>()
    }

    unsafe fn free(task: Task) {
        // SAFETY: the caller held the last reference.
        unsafe { Self::drop_output(task) };
        // SAFETY: the caller held the last reference, nothing else ends the task before the line below.
        let header = unsafe { task.header() };
        // Relaxed, and no swap: whoever dropped the references before this one has published what it did to the task.
        let remote_join = header.remote_join.load(Ordering::Relaxed);
        if !remote_join.is_null() {
            // SAFETY: `remote::poll_join` put a box there, and nobody has taken it.
            drop_contained(*unsafe { Box::from_raw(remote_join) });
        }
        // SAFETY: nobody else is left that could use the slot.
        if let Some(waker) = header.join_waker.with_mut(|slot| unsafe { (*slot).take() }) {
            drop_contained(waker);
        }
        let cell: *mut Self = task.header_ptr().cast();
        // SAFETY: `allocate` made it with `Box`, and nobody refers to it any more.
        drop(unsafe { Box::from_raw(cell) });
    }
}
