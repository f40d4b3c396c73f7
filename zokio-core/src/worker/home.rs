//! Where a task goes when it is woken: the part of a seat, or of a runtime, that any thread may reach.

use crate::task::Task;

/// The head of whatever schedules tasks. A task's header points to one; the scheduler behind it is erased, so that
/// headers and wakers are the same in every runtime.
#[derive(Debug)]
#[repr(C)]
pub(crate) struct Home {
    /// Takes a task from any thread and wakes whoever runs it.
    ///
    /// # Safety
    /// The scheduler behind the pointer is alive when the call begins. It may be gone right after the task has become
    /// visible to it, so an implementation holds itself alive on its own (`Arc::increment_strong_count`).
    pub(crate) push: unsafe fn(*const Self, Task),
}
