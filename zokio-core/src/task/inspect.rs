//! Reading what a task waits for: by its owner, or by whoever claims it while it is idle.
#![allow(unsafe_code)] // acts on erased tasks

use std::time::Instant;

use super::header::Task;
use super::join::AbortHandle;
use super::local::LocalTasks;
use super::state::{owner, remote as pinned, shared};
use super::{remote, storage::OwnedList};
use crate::dump::{TaskDump, TaskState, seat};
use crate::machine::{self, Chain};
use crate::primitive::atomic::Ordering;

/// The future of a `block_on`, which its task only borrows: what lies in the task has no chain of its own.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Root {
    task: Task,
    name: &'static str,
    future: *const (),
    read: unsafe fn(*const (), &mut Chain),
}

impl Root {
    /// # Safety
    /// The future is pinned, and is not dropped as long as the task is not complete.
    pub(crate) unsafe fn new<F: Future>(task: Task, future: *const F) -> Self {
        unsafe fn read<F: Future>(future: *const (), chain: &mut Chain) {
            // SAFETY: the caller's promise.
            unsafe { machine::read(machine::Type::of::<F>(), future.cast(), chain) };
        }
        Self { task, name: std::any::type_name::<F>(), future: future.cast(), read: read::<F> }
    }
}

impl LocalTasks {
    /// All tasks of this seat, for its thread.
    pub(crate) fn all(&self) -> Vec<TaskDump> {
        self.look(true)
    }

    /// All but the one that runs, which asks.
    pub(crate) fn others(&self) -> Vec<TaskDump> {
        self.look(false)
    }

    fn look(&self, running: bool) -> Vec<TaskDump> {
        let mut tasks = Vec::new();
        let mut next = self.owned.borrow().first();
        while let Some(task) = next {
            // SAFETY: tasks in the list are alive, and this is the owner's thread.
            let header = unsafe { task.header() };
            // People's own machines say where they stand in code of their own, which may drop tasks: not before they are all read.
            header.owner.retain();
            tasks.push(task);
            // SAFETY: as above.
            next = unsafe { OwnedList::next(task) };
        }
        let read = tasks.iter().filter_map(|task| {
            // SAFETY: retained above; this is the owner's thread.
            let read = unsafe { self.dump(*task) }?;
            (running || read.state != TaskState::Running).then_some(read)
        });
        let read = read.filter(|read| read.name != std::any::type_name::<seat::Probe>()).collect();
        for task in tasks {
            // SAFETY: retained above.
            unsafe { self.release(task) };
        }
        read
    }

    /// What a task of this seat waits for; `None`: it has completed.
    ///
    /// # Safety
    /// The caller holds a reference to a pinned task of this seat, and is on its thread.
    pub(crate) unsafe fn dump(&self, task: Task) -> Option<TaskDump> {
        // SAFETY: the caller's reference.
        let header = unsafe { task.header() };
        let state = match header.owner.get() {
            word if word & owner::COMPLETE != 0 => return None,
            word if word & owner::RUNNING != 0 => TaskState::Running,
            word if word & owner::SCHEDULED != 0 => TaskState::Scheduled,
            _ => TaskState::Idle,
        };
        let mut chain = Chain::default();
        let readable = (state != TaskState::Running).then_some(&mut chain);
        let name = match self.root.get() {
            Some(root) if root.task == task => {
                if let Some(chain) = readable {
                    // SAFETY: the task is not complete, so the future is there; it is not being polled, and only this thread could.
                    unsafe { (root.read)(root.future, chain) };
                }
                root.name
            }
            // SAFETY: the task is neither complete nor running, and only this thread could run it.
            _ => unsafe { (header.vtable.describe)(task, readable) },
        };
        Some(TaskDump::new(task, name, state, &chain))
    }
}

/// What a shared task waits for, from any thread; `None`: it has completed.
///
/// An idle task is claimed as a run claims it, so that nobody else runs it meanwhile: a wake finds it running, and leaves SCHEDULED for us to
/// push it. A task that is queued is left to the worker that will take it, and looks at nothing when it does.
///
/// # Safety
/// The caller holds a reference.
pub(crate) unsafe fn shared(task: Task) -> Option<TaskDump> {
    // SAFETY: the caller's reference.
    let header = unsafe { task.header() };
    let unread = |state| {
        // SAFETY: alive; nothing is read of the future.
        let name = unsafe { (header.vtable.describe)(task, None) };
        Some(TaskDump::new(task, name, state, &Chain::default()))
    };
    let mut before = header.remote.load();
    loop {
        if before & shared::COMPLETE != 0 {
            return None;
        }
        if before & shared::RUNNING != 0 {
            return unread(TaskState::Running);
        }
        if before & shared::SCHEDULED != 0 {
            return unread(TaskState::Scheduled);
        }
        // AcqRel: acquires what the last runner left, as a run does.
        let claimed = before | shared::RUNNING;
        match header.remote.0.compare_exchange_weak(before, claimed, Ordering::AcqRel, Ordering::Acquire) {
            Ok(_) => break,
            Err(actual) => before = actual,
        }
    }
    let _claim = Claim(task);
    let mut chain = Chain::default();
    // SAFETY: RUNNING gives us the stage.
    let name = unsafe { (header.vtable.describe)(task, Some(&mut chain)) };
    Some(TaskDump::new(task, name, TaskState::Idle, &chain))
}

/// A shared task that is being read. It is given back also when that panics.
struct Claim(Task);

impl Drop for Claim {
    fn drop(&mut self) {
        // SAFETY: whoever claims a task holds a reference.
        let header = unsafe { self.0.header() };
        // AcqRel: our reading comes before the next run; a wake from now on pushes by itself.
        let before = header.remote.0.fetch_and(!shared::RUNNING, Ordering::AcqRel);
        if before & shared::SCHEDULED != 0 {
            // SAFETY: woken (or cancelled) while it was claimed, which left the push to us: until it has run, its runtime is alive.
            unsafe { super::shared::push(self.0) };
        }
    }
}

/// What a pinned task waits for, from a thread that is not its owner's; `None`: it has completed.
///
/// # Safety
/// The caller holds a reference.
pub(super) unsafe fn elsewhere(task: Task) -> Option<TaskDump> {
    // SAFETY: the caller's reference.
    let header = unsafe { task.header() };
    let deadline = Instant::now() + seat::PATIENCE;
    while !header.owner.is_complete() {
        // The owner's seat may be gone, unless the task is about to be pushed there: so the probe goes along with it.
        let before = header.remote.request(0);
        if before & pinned::MERGED != 0 {
            return None;
        }
        if before & pinned::QUEUED == 0 {
            // SAFETY: the caller's reference.
            let handle = unsafe {
                task.retain();
                AbortHandle::of(task)
            };
            let answer = seat::probe(handle, |probe| {
                remote::spawn(probe, header.home, |probe| {
                    for task in [probe, task] {
                        // SAFETY: QUEUED was set by us on a task that is not merged: its seat waits for the second push before it goes.
                        unsafe { ((*header.home).push)(header.home, task) };
                    }
                })
            });
            return match answer {
                Ok(answer) => answer,
                // SAFETY: the caller's reference.
                Err(_) => unsafe { unread(task) },
            };
        }
        // Somebody else pushes it, and does not wait for us.
        if Instant::now() >= deadline {
            // SAFETY: the caller's reference.
            return unsafe { unread(task) };
        }
        crate::primitive::thread::yield_now();
    }
    None
}

/// What can be said of a pinned task whose owner does not answer.
///
/// # Safety
/// The caller holds a reference.
unsafe fn unread(task: Task) -> Option<TaskDump> {
    // SAFETY: by the caller's promise.
    let header = unsafe { task.header() };
    // Acquire: as everybody who looks whether it is complete.
    let state = match header.owner.0.load(Ordering::Acquire) {
        word if word & owner::COMPLETE != 0 => return None,
        word if word & owner::RUNNING != 0 => TaskState::Running,
        word if word & owner::SCHEDULED != 0 => TaskState::Scheduled,
        _ => TaskState::Idle,
    };
    // SAFETY: alive; nothing is read of the future.
    let name = unsafe { (header.vtable.describe)(task, None) };
    Some(TaskDump::new(task, name, state, &Chain::default()))
}
