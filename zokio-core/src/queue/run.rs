//! The run queue of a seat that runs pinned tasks: a run-next slot before a growing ring, neither with any atomics.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;

use crate::task::Task;

/// How many tasks in a row may come from the run-next slot before the ring gets its turn: two tasks that wake each other
/// must not starve the rest. tokio's multi-thread scheduler uses the same bound.
pub(crate) const MOST_NEXT_IN_A_ROW: u32 = 3;

/// The run queue of a seat, for its own thread alone.
///
/// A task that is woken while another runs goes into the *run-next slot* if that is free: what it was woken for is still
/// in the cache. Everything else goes to the back of the ring, so tasks woken by one poll run in the order of their wakes.
#[derive(Debug, Default)]
pub struct LocalQueue {
    next: Cell<Option<Task>>,
    next_in_a_row: Cell<u32>,
    ring: RefCell<VecDeque<Task>>,
}

impl LocalQueue {
    /// Queues a task that was woken.
    #[inline]
    pub(crate) fn push_next(&self, task: Task) {
        match self.next.get() {
            None => self.next.set(Some(task)),
            Some(_) => self.push_back(task),
        }
    }

    /// Queues a task behind all others: one that was spawned, or that yielded.
    #[inline]
    pub(crate) fn push_back(&self, task: Task) {
        self.ring.borrow_mut().push_back(task);
    }

    /// The task whose turn it is.
    #[inline]
    pub(crate) fn pop(&self) -> Option<Task> {
        if let Some(task) = self.next.take() {
            if self.next_in_a_row.get() < MOST_NEXT_IN_A_ROW {
                self.next_in_a_row.set(self.next_in_a_row.get() + 1);
                return Some(task);
            }
            self.push_back(task);
        }
        self.next_in_a_row.set(0);
        self.ring.borrow_mut().pop_front()
    }

    /// Whether no task waits to be run.
    #[inline]
    pub(crate) fn is_empty(&self) -> bool {
        self.next.get().is_none() && self.ring.borrow().is_empty()
    }
}
