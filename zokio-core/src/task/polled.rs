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

/// Polls a task by `f`, or drops its future: what was polled around it, if this is within another poll, is so again afterwards.
#[inline(always)]
pub(super) fn within<R>(task: Task, f: impl FnOnce() -> R) -> R {
    let before = exchange((task.as_ptr().addr(), PER_POLL));
    // Nothing unwinds through here: what panics is caught where the future is polled.
    let result = f();
    exchange(before);
    result
}

#[inline(always)]
fn exchange((task, budget): (usize, u8)) -> (usize, u8) {
    // While the thread ends nothing is polled that others wait for.
    let before = POLLED.try_with(|polled| (polled.task.replace(task), polled.budget.replace(budget)));
    before.unwrap_or((0, UNLIMITED))
}

/// What is polled from here on is not limited.
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
