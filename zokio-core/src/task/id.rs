//! Which task something is.

use std::fmt;

use super::header::Task;
use super::polled;

/// Tells tasks apart as long as they are there: one that has completed, and whose handles are gone, leaves its identity to a later one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Id(usize);

impl Id {
    pub(crate) fn of(task: Task) -> Self {
        Self(task.as_ptr().addr())
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:#x}", self.0)
    }
}

/// The task that calls this.
///
/// # Panics
/// Outside of a task; [`try_id`] asks.
#[track_caller]
#[must_use]
pub fn id() -> Id {
    match try_id() {
        Some(id) => id,
        None => panic!("`task::id` was called outside of a task: `task::try_id` says whether there is one"),
    }
}

/// The task that calls this, if it is one. The future of a `block_on` is polled as one too.
#[must_use]
pub fn try_id() -> Option<Id> {
    polled::task().map(Id)
}
