//! What expanded code names: every path in an expansion of `#[zokio::runtime]` begins with `zokio::plumbing::`.
//!
//! Nothing here is for people, and all of it may change with any release: macros and core are pinned to each other.

pub use crate::driver::{Auto, Mio, NoDriver, Uring};
pub use crate::handle::Handle;
pub use crate::machine;
pub use crate::platform::Platform;
pub use crate::report::{
    By, Decision, Layout, MemoryLayout, OptimizationReport, PerformanceCharacteristics, memory_layout,
    performance_characteristics,
};
pub use crate::task::JoinHandle;
pub use crate::timer::Wheel;
pub use crate::worker::plan::{
    Assembled, Parts, Plan, Workers, block_on, build, handle, run_main, run_test, shutdown, shutdown_timeout, spawn,
    spawn_blocking, spawn_local,
};
pub use crate::worker::strategy::{GlobalFirst, LocalFirst, RoundRobin};
pub use crate::worker::{OneWorker, WorkStealing};

/// The queue of the worker of a one-worker runtime: it grows, and has no atomics.
pub use crate::queue::LocalQueue;

/// The queue of each of several workers: `CAPACITY` tasks, of which others steal half.
pub type StealQueue<const CAPACITY: usize> = crate::queue::StealQueue<crate::task::Task, CAPACITY>;

/// The allocator of `memory = general`: tasks come from the program's global allocator (`#[global_allocator]`, or std's),
/// so there is nothing to hold.
#[derive(Debug, Clone, Copy, Default)]
pub struct General;

#[cfg(all(test, not(loom)))]
mod tests;
