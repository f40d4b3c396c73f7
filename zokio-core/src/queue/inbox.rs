//! The inbox: the unbounded queue through which any thread hands tasks to a seat or to all workers.

#[cfg(not(loom))]
use crossbeam_deque::{Injector, Steal};

use crate::task::Task;

/// An unbounded queue of tasks, in order, for any number of threads on both sides.
///
/// It is `crossbeam_deque::Injector`; under loom, which cannot look into that, a locked queue with the same interface.
#[derive(Debug, Default)]
pub(crate) struct Inbox {
    #[cfg(not(loom))]
    tasks: Injector<Task>,
    #[cfg(loom)]
    tasks: crate::primitive::Mutex<std::collections::VecDeque<Task>>,
}

#[cfg(not(loom))]
impl Inbox {
    pub(crate) fn push(&self, task: Task) {
        self.tasks.push(task);
    }

    pub(crate) fn pop(&self) -> Option<Task> {
        loop {
            match self.tasks.steal() {
                Steal::Success(task) => return Some(task),
                Steal::Empty => return None,
                // Another thread took the task that this one had looked at: the queue made progress, try the next.
                Steal::Retry => std::hint::spin_loop(),
            }
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.tasks.is_empty()
    }
}

#[cfg(loom)]
impl Inbox {
    pub(crate) fn push(&self, task: Task) {
        self.tasks.lock().unwrap().push_back(task);
    }

    pub(crate) fn pop(&self) -> Option<Task> {
        self.tasks.lock().unwrap().pop_front()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.tasks.lock().unwrap().is_empty()
    }
}
