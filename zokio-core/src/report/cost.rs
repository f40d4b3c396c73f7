//! Asking a plan's types what they cost.

use super::{MemoryLayout, PerformanceCharacteristics};
use crate::worker::plan::Plan;

/// What a scheduler knows of itself. The implementations stand beside the schedulers, in `worker/cost.rs`.
pub trait Cost {
    /// The sizes of its parts.
    const MEMORY: MemoryLayout;

    /// What its steps cost.
    const PERFORMANCE: PerformanceCharacteristics;
}

/// The sizes of the parts of the runtime with the plan `P`.
#[must_use]
pub const fn memory_layout<P: Plan<Scheduler: Cost>>() -> MemoryLayout {
    P::Scheduler::MEMORY
}

/// What the steps of the runtime with the plan `P` cost.
#[must_use]
pub const fn performance_characteristics<P: Plan<Scheduler: Cost>>() -> PerformanceCharacteristics {
    P::Scheduler::PERFORMANCE
}
