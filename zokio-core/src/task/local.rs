//! What the owner's thread may do with its pinned tasks: plain loads and stores, no read-modify-write.
#![allow(unsafe_code)] // acts on erased tasks; every method's caller is the owner's thread

use std::cell::{Cell, RefCell};
use std::mem::ManuallyDrop;
use std::task::{Context, Poll, Waker};

use super::cell::Cell as TaskCell;
use super::header::{Header, Task};
use super::inspect::Root;
use super::polled;
use super::state::{owner, remote};
use super::storage::OwnedList;
use crate::contained::contained;
use crate::primitive::atomic::Ordering;
use crate::queue::LocalQueue;
use crate::wake;
use crate::worker::home::Home;

/// The pinned tasks of one seat: those ready to run, and all that a shutdown has to drop. For the owner's thread alone.
#[derive(Debug)]
pub(crate) struct LocalTasks {
    home: *const Home,
    /// The size of the largest future that `spawn_local` takes.
    pub(crate) largest: usize,
    pub(crate) queue: LocalQueue,
    pub(super) owned: RefCell<OwnedList>,
    /// The future of the `block_on` that drives this seat.
    pub(super) root: Cell<Option<Root>>,
    /// Set while the seat shuts down: what is spawned from then on is cancelled at once.
    closed: Cell<bool>,
}

impl LocalTasks {
    /// The home must outlive every task spawned here that is not yet merged: [`close`](Self::close) sees to it.
    pub(crate) fn new(home: *const Home, largest: Option<usize>) -> Self {
        Self {
            home,
            largest: largest.unwrap_or(usize::MAX),
            queue: LocalQueue::default(),
            owned: RefCell::default(),
            root: Cell::new(None),
            closed: Cell::new(false),
        }
    }

    /// Who this seat is to its tasks.
    #[inline(always)]
    pub(crate) const fn home(&self) -> *const Home {
        self.home
    }

    /// Says which future is that of the `block_on` that drives this seat, or that it has ended.
    pub(crate) fn set_root(&self, root: Option<Root>) {
        self.root.set(root);
    }

    /// Allocates a pinned task with one reference for the owner and one for the handle, and queues it.
    #[inline]
    pub(crate) fn spawn<F: Future>(&self, future: F) -> Task {
        let task = TaskCell::allocate(future, 0, owner::SCHEDULED | owner::JOIN | (2 * owner::ONE), self.home);
        self.adopt(task);
        self.queue.push_back(task);
        task
    }

    /// Takes a new task into the list; after the close it will be cancelled by its first run.
    fn adopt(&self, task: Task) {
        // SAFETY: the task is new: alive, in no list; the borrow makes the access exclusive.
        unsafe { self.owned.borrow_mut().link(task) };
        if self.closed.get() {
            // SAFETY: alive, and this is the owner's thread.
            let header = unsafe { task.header() };
            header.owner.set(header.owner.get() | owner::CANCELLED);
        }
    }

    /// Polls a task that came out of the run queue.
    #[inline]
    pub(crate) fn run(&self, task: Task) {
        // SAFETY: SCHEDULED says that the task is not complete, so the owner's reference keeps it alive.
        let header = unsafe { task.header() };
        let word = header.owner.get();
        debug_assert!(word & owner::SCHEDULED != 0 && word & (owner::RUNNING | owner::COMPLETE) == 0);
        header.owner.set(word & !owner::SCHEDULED | owner::RUNNING);
        if word & owner::CANCELLED != 0 || !self.poll(task, header) {
            let word = header.owner.get();
            if word & owner::CANCELLED == 0 {
                header.owner.set(word & !owner::RUNNING);
                if word & owner::SCHEDULED != 0 {
                    self.queue.push_back(task);
                }
                return;
            }
            // SAFETY: the task is RUNNING and not finished, so the stage is ours and holds the future.
            polled::within(task, || unsafe { (header.vtable.cancel)(task) });
        }
        self.complete(task, header);
    }

    /// Polls once with a waker that borrows the owner's reference.
    #[inline]
    fn poll(&self, task: Task, header: &Header) -> bool {
        // SAFETY: the task outlives the poll (owner's reference), and `ManuallyDrop` never releases what was not taken.
        let waker = ManuallyDrop::new(unsafe { Waker::from_raw(wake::pinned(task)) });
        // SAFETY: RUNNING gives this thread the stage.
        polled::within(task, || unsafe { (header.vtable.poll)(task, &mut Context::from_waker(&waker)) })
    }

    /// The output is stored: tell whoever waits, then let go of the owner's reference.
    fn complete(&self, task: Task, header: &Header) {
        let word = header.owner.get() & !(owner::RUNNING | owner::SCHEDULED | owner::JOIN_WAKER);
        let had_waker = header.owner.get() & owner::JOIN_WAKER != 0;
        header.owner.set(word | owner::COMPLETE);
        if word & owner::JOIN == 0 {
            // SAFETY: complete and without a handle: nobody else touches the output.
            unsafe { (header.vtable.drop_output)(task) };
        }
        if had_waker {
            // SAFETY: the slot is used by the owner's thread alone.
            let waker = header.join_waker.with_mut(|slot| unsafe { (*slot).take() });
            if let Some(waker) = waker {
                contained(|| waker.wake());
            }
        }
        if word & owner::REMOTE_JOIN != 0 {
            super::remote::wake_join(header);
        }
        // SAFETY: this is the owner's own reference, dropped once, here.
        unsafe { self.release(task) };
    }

    /// Drops one reference that the owner's thread holds.
    ///
    /// # Safety
    /// The caller holds a reference to a pinned task of this seat and gives it up.
    #[inline]
    pub(crate) unsafe fn release(&self, task: Task) {
        // SAFETY: the caller's reference keeps the task alive until the count is written.
        let header = unsafe { task.header() };
        let word = header.owner.get();
        if word & owner::MERGED != 0 {
            // SAFETY: merged: every reference is counted in the remote word.
            unsafe { super::remote::release(task) };
            return;
        }
        let word = word.wrapping_sub(owner::ONE);
        header.owner.set(word);
        if word & owner::COMPLETE != 0 {
            self.free_if_unused(task, header);
        } else if owner::count(word) <= 0 {
            // The owner's own reference is counted somewhere, so other threads have counted the one dropped here.
            super::remote::take_count(header);
        }
    }

    /// Frees a complete task whose last reference is gone, or hands the count over to the other threads if they have
    /// counted all that is left: they would not tell us about the last.
    fn free_if_unused(&self, task: Task, header: &Header) {
        let word = header.remote.load();
        if word & remote::QUEUED != 0 {
            // Somebody has pushed the task into the inbox or is about to: what to do is decided when it comes out.
            return;
        }
        let local = header.owner.count();
        if local + remote::count(word) == 0 {
            // SAFETY: no reference is left anywhere, so nobody else can reach the task.
            unsafe { self.owned.borrow_mut().unlink(task) };
            // SAFETY: as above.
            unsafe { (header.vtable.free)(task) };
        } else if local <= 0 {
            self.hand_over(task, header, word);
        }
    }

    /// Adds the owner's count to the remote word of a complete task, unless a request is under way: from then on whoever
    /// drops the last reference frees the task. `before` is the remote word as it was last seen.
    #[cold]
    #[inline(never)]
    fn hand_over(&self, task: Task, header: &Header, mut before: u32) {
        let word = header.owner.get();
        let local = owner::count(word).cast_unsigned().wrapping_mul(remote::ONE);
        while before & remote::QUEUED == 0 {
            let merged = before.wrapping_add(local) | remote::MERGED;
            // It has to be out of the list and marked before, since it may be freed at once afterwards.
            // SAFETY: alive and in the list until the exchange below succeeds.
            unsafe { self.owned.borrow_mut().unlink(task) };
            header.owner.set(word | owner::MERGED);
            // AcqRel: publishes all that the owner did to whoever frees; acquires the others' uses if that is us.
            match header.remote.0.compare_exchange(before, merged, Ordering::AcqRel, Ordering::Acquire) {
                Ok(_) if remote::count(merged) == 0 => {
                    // SAFETY: no reference is left anywhere.
                    unsafe { (header.vtable.free)(task) };
                    return;
                }
                Ok(_) => return,
                Err(actual) => {
                    header.owner.set(word);
                    // SAFETY: not merged, so alive; it was just unlinked.
                    unsafe { self.owned.borrow_mut().link(task) };
                    before = actual;
                }
            }
        }
    }

    /// Wakes a task from the owner's thread.
    ///
    /// # Safety
    /// The caller holds a reference to a pinned task of this seat.
    #[inline]
    pub(crate) unsafe fn wake(&self, task: Task) {
        // SAFETY: by the caller's promise.
        let header = unsafe { task.header() };
        let word = header.owner.get();
        if word & (owner::SCHEDULED | owner::COMPLETE) != 0 {
            return;
        }
        header.owner.set(word | owner::SCHEDULED);
        if word & owner::RUNNING == 0 {
            self.queue.push_next(task);
        }
    }

    /// Cancels a task from the owner's thread: it is dropped by its next run.
    ///
    /// # Safety
    /// As for [`wake`](Self::wake).
    pub(crate) unsafe fn abort(&self, task: Task) {
        // SAFETY: by the caller's promise.
        let header = unsafe { task.header() };
        let word = header.owner.get();
        if word & owner::COMPLETE == 0 {
            header.owner.set(word | owner::CANCELLED);
            // SAFETY: forwarded.
            unsafe { self.wake(task) };
        }
    }

    /// Answers what other threads asked for, with the task in hand from the inbox.
    ///
    /// # Safety
    /// The task came out of this seat's inbox, and it is pinned to this seat.
    pub(crate) unsafe fn receive(&self, task: Task) {
        // SAFETY: QUEUED keeps the task alive until it is taken back below.
        let header = unsafe { task.header() };
        let requests = header.remote.take_requests();
        if remote::count(requests) < 0 {
            super::remote::take_count(header);
        }
        if requests & remote::NEW != 0 {
            self.adopt(task);
        }
        if requests & remote::DETACH != 0 {
            let word = header.owner.get() & !owner::JOIN;
            header.owner.set(word);
            if word & owner::COMPLETE != 0 {
                // SAFETY: complete, and the handle said that it is gone without having taken the output.
                unsafe { (header.vtable.drop_output)(task) };
            }
        }
        if requests & remote::ABORT != 0 {
            // SAFETY: alive; an aborted or woken task that is not complete is held by the owner's reference.
            unsafe { self.abort(task) };
        }
        if requests & remote::WAKE != 0 {
            // SAFETY: as above.
            unsafe { self.wake(task) };
        }
        let word = header.owner.get();
        if word & owner::COMPLETE == 0 {
            if requests & remote::JOIN != 0 {
                header.owner.set(word | owner::REMOTE_JOIN);
            }
            return;
        }
        if requests & remote::JOIN != 0 {
            super::remote::wake_join(header);
        }
        self.free_if_unused(task, header);
    }

    /// Begins the shutdown: every task is cancelled by its next run, which this call queues, as is every later one.
    pub(crate) fn close(&self) {
        self.closed.set(true);
        let mut next = self.owned.borrow().first();
        while let Some(task) = next {
            // SAFETY: tasks in the list are alive, and this is the owner's thread; queueing changes no list.
            next = unsafe { OwnedList::next(task) };
            // SAFETY: alive.
            unsafe { self.abort(task) };
        }
    }

    /// With every task complete and the inbox drained: hands those that are still referenced to their holders.
    ///
    /// `false`: some are about to be pushed into the inbox; drain it and call again.
    pub(crate) fn merge_all(&self) -> bool {
        let mut next = self.owned.borrow().first();
        while let Some(task) = next {
            // SAFETY: tasks in the list are alive, and this is the owner's thread.
            next = unsafe { OwnedList::next(task) };
            // SAFETY: as above.
            let header = unsafe { task.header() };
            if header.owner.is_complete() {
                self.hand_over(task, header, header.remote.load());
            }
        }
        self.owned.borrow().len() == 0
    }

    /// How many tasks of this seat are not freed.
    pub(crate) fn len(&self) -> usize {
        self.owned.borrow().len()
    }
}

/// The owner's thread polls the handle of one of its tasks.
///
/// # Safety
/// The caller is the task's handle, on the owner's thread, and `destination` is a place for `Result<Output, JoinError>`.
pub(super) unsafe fn poll_join(task: Task, context: &Context<'_>, destination: *mut ()) -> Poll<()> {
    // SAFETY: the handle's reference keeps the task alive.
    let header = unsafe { task.header() };
    let word = header.owner.get();
    if word & owner::COMPLETE != 0 {
        // SAFETY: complete: the output belongs to the handle.
        unsafe { (header.vtable.take_output)(task, destination) };
        return Poll::Ready(());
    }
    let replaced = header.join_waker.with_mut(|slot| {
        // SAFETY: the slot is used by the owner's thread alone, and no user code runs inside.
        let slot = unsafe { &mut *slot };
        match slot {
            Some(waker) if waker.will_wake(context.waker()) => None,
            _ => Some(context.waker()),
        }
    });
    if let Some(waker) = replaced {
        // Cloning and dropping wakers runs their code, which may come back here: neither with the slot borrowed.
        let waker = waker.clone();
        // SAFETY: as above.
        let old = header.join_waker.with_mut(|slot| unsafe { (*slot).replace(waker) });
        drop(old);
    }
    header.owner.set(header.owner.get() | owner::JOIN_WAKER);
    Poll::Pending
}

/// The owner's thread drops the handle of one of its tasks: with it goes the output, or the interest in it.
///
/// # Safety
/// The caller is the task's handle, on the owner's thread. Its reference is released separately.
pub(super) unsafe fn drop_join(task: Task) {
    // SAFETY: the handle's reference keeps the task alive.
    let header = unsafe { task.header() };
    let word = header.owner.get();
    header.owner.set(word & !(owner::JOIN | owner::JOIN_WAKER));
    // SAFETY: the slot is used by the owner's thread alone.
    let waker = header.join_waker.with_mut(|slot| unsafe { (*slot).take() });
    drop(waker);
    if word & owner::COMPLETE != 0 {
        // SAFETY: complete, and the handle is the only one that may touch the output.
        unsafe { (header.vtable.drop_output)(task) };
    }
}
