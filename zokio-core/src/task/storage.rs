//! The list of a seat's tasks: what a shutdown has to drop.
#![allow(unsafe_code)] // an intrusive list: the links lie in the tasks

use super::header::Task;

/// A doubly linked list through the headers of tasks. It counts no references: a task leaves the list before it is freed.
#[derive(Debug, Default)]
pub(crate) struct OwnedList {
    first: Option<Task>,
    len: usize,
}

impl OwnedList {
    pub(crate) const fn len(&self) -> usize {
        self.len
    }

    pub(crate) const fn first(&self) -> Option<Task> {
        self.first
    }

    /// The task behind this one.
    ///
    /// # Safety
    /// The task is alive and in a list to which the caller has exclusive access.
    pub(crate) unsafe fn next(task: Task) -> Option<Task> {
        // SAFETY: alive by the caller's promise.
        let header = unsafe { task.header() };
        // SAFETY: exclusive by the caller's promise.
        header.links.with(|links| unsafe { (*links).next })
    }

    /// # Safety
    /// The task is alive and in no list, and whoever shares this list has exclusive access to it now.
    pub(crate) unsafe fn link(&mut self, task: Task) {
        // SAFETY: alive by the caller's promise.
        let header = unsafe { task.header() };
        header.links.with_mut(|links| {
            // SAFETY: links are only touched with exclusive access to their list.
            let links = unsafe { &mut *links };
            debug_assert!(links.previous.is_none() && links.next.is_none(), "a task is in one list at most");
            links.next = self.first;
        });
        if let Some(first) = self.first {
            // SAFETY: tasks in the list are alive.
            let first = unsafe { first.header() };
            // SAFETY: as above.
            first.links.with_mut(|links| unsafe { (*links).previous = Some(task) });
        }
        self.first = Some(task);
        self.len += 1;
    }

    /// Takes a task out; nothing happens if it is in no list.
    ///
    /// # Safety
    /// The task is alive and in this list or none, and whoever shares this list has exclusive access to it now.
    pub(crate) unsafe fn unlink(&mut self, task: Task) {
        // SAFETY: alive by the caller's promise.
        let header = unsafe { task.header() };
        // SAFETY: links are only touched with exclusive access to their list.
        let links = header.links.with_mut(|links| std::mem::take(unsafe { &mut *links }));
        match links.previous {
            None if self.first == Some(task) => self.first = links.next,
            // Neither behind another task nor the first: it is in no list.
            None => return,
            Some(previous) => {
                // SAFETY: tasks in the list are alive.
                let previous = unsafe { previous.header() };
                // SAFETY: as above.
                previous.links.with_mut(|other| unsafe { (*other).next = links.next });
            }
        }
        if let Some(next) = links.next {
            // SAFETY: tasks in the list are alive.
            let next = unsafe { next.header() };
            // SAFETY: as above.
            next.links.with_mut(|other| unsafe { (*other).previous = links.previous });
        }
        self.len -= 1;
    }
}
