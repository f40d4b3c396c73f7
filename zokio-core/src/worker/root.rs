//! The future of a `block_on`, as a task that borrows it.
#![allow(unsafe_code)] // spawns a future that is not `'static` and sees to it that the task ends first

use std::cell::Cell;
use std::future::Future;
use std::panic::resume_unwind;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use crate::task::{self, JoinHandle, LocalTasks};

/// The task that polls a borrowed future. It has ended, one way or the other, when this is dropped.
pub(super) struct Root<'a, F: Future> {
    local: &'a LocalTasks,
    ended: &'a Cell<bool>,
    handle: JoinHandle<F::Output>,
}

/// What the task owns: a borrow of the future. Dropping it says that the task has ended.
struct Borrowed<'a, F> {
    future: Pin<&'a mut F>,
    ended: &'a Cell<bool>,
}

impl<F: Future> Future for Borrowed<'_, F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        self.future.as_mut().poll(context)
    }
}

impl<F> Drop for Borrowed<'_, F> {
    fn drop(&mut self) {
        self.ended.set(true);
    }
}

impl<'a, F: Future> Root<'a, F> {
    /// Spawns the future; `ended` becomes true with its end.
    pub(super) fn spawn(local: &'a LocalTasks, future: Pin<&'a mut F>, ended: &'a Cell<bool>) -> Self {
        // SAFETY: it is not moved.
        let address: *mut F = unsafe { future.get_unchecked_mut() };
        // SAFETY: it was pinned, and is borrowed for as long as before. Through the address nobody reads while it is polled.
        let future = unsafe { Pin::new_unchecked(&mut *address) };
        let task = local.spawn(Borrowed { future, ended });
        // SAFETY: the future is pinned, and borrowed until the task has ended.
        local.set_root(Some(unsafe { task::inspect::Root::new(task, address) }));
        // SAFETY: `LocalTasks::spawn` counted a reference for the handle; the output is the future's.
        Self { local, ended, handle: unsafe { JoinHandle::new(task) } }
    }

    /// The output, once the task has ended. A panic of the future goes on here.
    pub(super) fn finish(mut self) -> F::Output {
        match Pin::new(&mut self.handle).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(Ok(output)) => output,
            Poll::Ready(Err(error)) => match error.try_into_panic() {
                Ok(payload) => resume_unwind(payload),
                Err(error) => unreachable!("nobody has a handle that could abort the future of a `block_on`: {error}"),
            },
            Poll::Pending => unreachable!("`finish` is called when the task has ended"),
        }
    }
}

impl<F: Future> Drop for Root<'_, F> {
    fn drop(&mut self) {
        self.local.set_root(None);
        // Only when the loop of the seat unwinds has the task not ended: then the frame that owns the future is about
        // to go, and the task with the borrow must go first.
        while !self.ended.get() {
            self.handle.abort();
            if let Some(task) = self.local.queue.pop() {
                self.local.run(task);
            }
        }
    }
}
