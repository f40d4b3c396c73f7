//! What this thread polls: which task, and how much that may still do.

use std::cell::Cell;

use super::header::Task;

/// What a poll may do: so many futures may be ready in it.
const PER_POLL: u8 = 128;

/// No task is polled, or one that is not limited.
pub(super) const UNLIMITED: u8 = u8::MAX;

struct Polled {
    /// The address of the task; zero: none.
    task: Cell<usize>,
    /// What is left of its [budget](super::coop).
    budget: Cell<u8>,
}

#[cfg(loom)]
loom::thread_local! {
    static POLLED: Polled = Polled { task: Cell::new(0), budget: Cell::new(UNLIMITED) };
}

#[cfg(not(loom))]
thread_local! {
    static POLLED: Polled = const { Polled { task: Cell::new(0), budget: Cell::new(UNLIMITED) } };
}

/// Begins the poll of a task.
#[inline(always)]
pub(crate) fn begin(task: Task) {
    // While the thread ends nothing is polled that others wait for.
    let _ = POLLED.try_with(|polled| {
        polled.task.set(task.as_ptr().addr());
        polled.budget.set(PER_POLL);
    });
}

/// The poll has ended. The budget of the last poll stays: nothing takes from it before the next.
#[inline(always)]
pub(super) fn end() {
    let _ = POLLED.try_with(|polled| polled.task.set(0));
}

/// This thread polls no task any more, or one that is not limited.
pub(crate) fn unlimited() {
    set_budget(UNLIMITED);
}

pub(super) fn budget() -> u8 {
    POLLED.try_with(|polled| polled.budget.get()).unwrap_or(UNLIMITED)
}

pub(super) fn set_budget(budget: u8) {
    let _ = POLLED.try_with(|polled| polled.budget.set(budget));
}

/// The address of the task that this thread polls.
pub(super) fn task() -> Option<usize> {
    POLLED.try_with(|polled| polled.task.get()).ok().filter(|task| *task != 0)
}
