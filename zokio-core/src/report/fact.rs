//! Costs: amounts that can be counted in the source, each with its unit and with where it comes from. There are no times
//! here: those depend on the machine, and are measured by `benches`.

use std::fmt;

use super::table::{Cell, Row, Rows};

/// How much, as far as it is known when the runtime is compiled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Amount {
    /// This, always.
    Exactly(usize),
    /// This or less.
    AtMost(usize),
    /// This or more.
    AtLeast(usize),
    /// As much as there is memory for.
    Unbounded,
    /// The system is asked at start.
    AskedAtStart,
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exactly(amount) => write!(f, "{amount}"),
            Self::AtMost(amount) => write!(f, "at most {amount}"),
            Self::AtLeast(amount) => write!(f, "at least {amount}"),
            Self::Unbounded => f.write_str("unbounded"),
            Self::AskedAtStart => f.write_str("asked at start"),
        }
    }
}

/// What one step costs, or one part holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fact {
    /// Of what.
    pub name: &'static str,
    /// How much.
    pub amount: Amount,
    /// Of which kind.
    pub unit: &'static str,
    /// When it holds and where it comes from.
    pub reason: &'static str,
}

impl fmt::Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, amount, unit, reason } = self;
        write!(f, "{name}: {amount} ({unit}): {reason}")
    }
}

impl Row for Fact {
    fn cells(&self) -> Vec<Cell> {
        vec![
            Cell::Left(self.name.to_owned()),
            Cell::Right(self.amount.to_string()),
            Cell::Left(self.unit.to_owned()),
            Cell::Left(self.reason.to_owned()),
        ]
    }
}

/// What the steps of a runtime cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PerformanceCharacteristics {
    /// Each of them.
    pub facts: &'static [Fact],
}

impl PerformanceCharacteristics {
    /// The fact of that name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&'static Fact> {
        self.facts.iter().find(|fact| fact.name == name)
    }
}

impl fmt::Display for PerformanceCharacteristics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Rows(self.facts).fmt(f)
    }
}
