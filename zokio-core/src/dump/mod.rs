//! What the tasks of a runtime wait for, seen from outside: nobody is stopped or polled for it.
//!
//! A task's machines are read by whoever could poll it at that moment, so that nobody else touches them meanwhile:
//!
//! - A *shared* task that is idle is claimed as a worker claims it (`shared::inspect`), read on the caller's thread, and given back. Whoever
//!   wakes it meanwhile leaves a mark, as when it is running, and the caller then queues it.
//! - A *pinned* task is read by its owner's thread alone, whose path has no atomic exchange that a claim could meet. From elsewhere a
//!   [probe](seat) is sent there: a task that reads the others.
//! - What is running is not read, and neither is a shared task that is queued: a worker takes it without asking anybody.
//!
//! What it costs where nobody asks: a function in each task's table, and for each machine the code that reads it.

pub(crate) mod seat;
mod text;

use crate::machine::Chain;
use crate::task::{Id, Task};

/// The tasks of a runtime that have not completed, and what each waits for.
///
/// [`Display`](std::fmt::Display) draws it:
///
/// ```text
/// 2 tasks
/// task 0x7f1c28000b70 server::serve, idle
/// └ server::serve, src/main.rs:14:36: listener.accept()
/// task 0x7f1c28001e30 server::client, idle
/// └ server::client, src/main.rs:27:39: echo(&mut stream)
///   └ server::echo, src/main.rs:41:45: stream.read(&mut buffer)
/// ```
#[derive(Debug, Clone, Default)]
pub struct Dump {
    pub(crate) tasks: Vec<TaskDump>,
    pub(crate) unanswered: usize,
}

impl Dump {
    /// The tasks, in no particular order.
    #[must_use]
    pub fn tasks(&self) -> &[TaskDump] {
        &self.tasks
    }

    /// How many threads have not answered in time: they were in the middle of a long poll, or it is the thread that `block_on` was called on
    /// and it is not in it now. The tasks that are pinned to them are not in the list.
    #[must_use]
    pub const fn unanswered(&self) -> usize {
        self.unanswered
    }
}

impl<'d> IntoIterator for &'d Dump {
    type Item = &'d TaskDump;
    type IntoIter = std::slice::Iter<'d, TaskDump>;

    fn into_iter(self) -> Self::IntoIter {
        self.tasks.iter()
    }
}

/// A task, and what it waits for.
#[derive(Debug, Clone)]
pub struct TaskDump {
    pub(crate) id: Id,
    pub(crate) name: &'static str,
    pub(crate) state: TaskState,
    pub(crate) awaits: Vec<Await>,
}

impl TaskDump {
    pub(crate) fn new(task: Task, name: &'static str, state: TaskState, chain: &Chain) -> Self {
        let awaits = chain.machines.iter().filter(|machine| machine.state.line > 0).map(|machine| Await {
            function: machine.name,
            name: machine.state.name,
            file: machine.state.file,
            line: machine.state.line,
            column: machine.state.column,
            expression: machine.state.awaited,
        });
        // A coroutine's type is a closure of its function.
        let name = chain.machines.first().map_or(name, |machine| machine.name).trim_end_matches("::{{closure}}");
        Self { id: Id::of(task), name, state, awaits: awaits.collect() }
    }

    /// Which task it is.
    #[must_use]
    pub const fn id(&self) -> Id {
        self.id
    }

    /// The function whose future it is, or the future's type.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Whether it waits.
    #[must_use]
    pub const fn state(&self) -> TaskState {
        self.state
    }

    /// The awaits at which its machines stand, from the task's own future down to the leaf, as far as it consists of machines: of
    /// `async_block!` and `#[async_fn]`, where they stand directly behind an `.await`, be it boxed or borrowed. None of a task that is not one, of one that
    /// has not been polled, and of one that could not be read: see [`TaskState`].
    #[must_use]
    pub fn awaits(&self) -> &[Await] {
        &self.awaits
    }
}

/// Whether a task waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TaskState {
    /// Nobody has woken it.
    Idle,
    /// It was woken, and is about to be polled. Its awaits are listed where it was read by the thread that will poll it.
    Scheduled,
    /// It was being polled: its awaits are in motion, and not listed.
    Running,
}

/// An await at which a machine stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Await {
    /// The function that awaits, with the path of its module.
    pub function: &'static str,
    /// The name of the state: what is called.
    pub name: &'static str,
    /// The file.
    pub file: &'static str,
    /// The line, counted from 1.
    pub line: u32,
    /// The column, counted from 1.
    pub column: u32,
    /// The awaited expression, as it is written.
    pub expression: &'static str,
}

/// Lists the tasks of the runtime on whose thread this is called, each with the chain of awaits at which its
/// [machines](crate::machine::StateMachine) stand.
///
/// It stops nothing and polls nothing. Tasks that belong to another thread (those of `spawn_local`, of `block_on`, and all of a runtime with
/// one worker) are read by that thread, which is asked and waited for, a second at most: see [`Dump::unanswered`].
///
/// ```
/// # mod zokio { pub mod task { pub use zokio_core::dump::dump; } }
/// fn print_what_is_going_on() {
///     println!("{}", zokio::task::dump());
/// }
/// ```
///
/// # Panics
/// Outside of a runtime; [`Handle::dump`](crate::handle::Handle::dump) may be called from anywhere.
#[track_caller]
#[must_use]
pub fn dump() -> Dump {
    crate::context::with(|context| context.handle.dump())
}
