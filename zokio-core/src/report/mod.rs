//! The report: what was decided about a runtime when it was compiled, and what that costs, as constants that print.
//!
//! The macro writes the decisions ([`decision`]); sizes ([`layout`]) and costs ([`fact`]) are asked of the types that the
//! decisions chose ([`cost`]), so they cannot differ from what runs.

pub mod cost;
pub mod decision;
pub mod fact;
pub mod layout;
mod table;

use std::fmt;

pub use cost::{Cost, memory_layout, performance_characteristics};
pub use decision::{By, Decision};
pub use fact::{Amount, Fact, PerformanceCharacteristics};
pub use layout::{Layout, MemoryLayout};

use crate::platform::Platform;

/// What was decided about one runtime, with reasons. `zokio::runtime::report()` returns that of the running one.
///
/// ```
/// use zokio_core::report::{By, Decision, MemoryLayout, OptimizationReport, PerformanceCharacteristics};
/// use zokio_core::platform::Platform;
///
/// const REPORT: OptimizationReport = OptimizationReport {
///     name: "App",
///     decisions: &[Decision { key: "workers", value: "1", by: By::User, reason: "as written" }],
///     applied: &["tasks are pinned to the one worker"],
///     possible: &[],
///     platform: Platform::TARGET,
///     memory: MemoryLayout { entries: &[] },
///     performance: PerformanceCharacteristics { facts: &[] },
/// };
/// assert!(REPORT.to_string().contains("workers  1  user  as written"));
/// ```
#[derive(Debug, Clone, Copy)]
pub struct OptimizationReport {
    /// The name of the runtime.
    pub name: &'static str,
    /// What each key was set to, by whom, and why.
    pub decisions: &'static [Decision],
    /// The optimisations that follow from the decisions.
    pub applied: &'static [&'static str],
    /// Optimisations that other decisions would allow.
    pub possible: &'static [&'static str],
    /// The target.
    pub platform: Platform,
    /// Sizes of the runtime's parts.
    pub memory: MemoryLayout,
    /// What the runtime's steps cost.
    pub performance: PerformanceCharacteristics,
}

impl OptimizationReport {
    /// What was decided for a key, if the attribute has it.
    #[must_use]
    pub fn decision(&self, key: &str) -> Option<&'static Decision> {
        self.decisions.iter().find(|decision| decision.key == key)
    }
}

impl fmt::Display for OptimizationReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, decisions, applied, possible, platform, memory, performance } = self;
        writeln!(f, "runtime {name}")?;
        writeln!(f, "\nplatform\n  {platform}")?;
        section(f, "decided", &table::Rows(decisions))?;
        section(f, "applied", &table::Items(applied))?;
        section(f, "possible", &table::Items(possible))?;
        section(f, "memory", memory)?;
        section(f, "costs", performance)
    }
}

/// A section with a heading; nothing where there is nothing to say.
fn section(f: &mut fmt::Formatter<'_>, heading: &str, body: &dyn fmt::Display) -> fmt::Result {
    let body = body.to_string();
    if body.is_empty() { Ok(()) } else { write!(f, "\n{heading}\n{body}") }
}

#[cfg(all(test, not(loom)))]
mod tests;
