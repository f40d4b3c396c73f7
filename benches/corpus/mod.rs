//! Realistic async bodies, each compiled twice: as `async fn`, and as an explicit state machine.
//!
//! `bodies` is included once for each side. What stands within `compiled! { .. }` there is what differs: the same text, with or
//! without `#[zokio::async_fn]`. The [`world`] that it stands on is the same for both.

// One file for both sides is the idea, and what stands in it is written as people write it.
#![allow(clippy::duplicate_mod, clippy::style, clippy::complexity, clippy::use_self, clippy::useless_vec)]

mod machine;
mod native;
pub mod world;

use self::world::{Outcome, World};

/// A body with what it is given.
#[derive(Debug, Clone, Copy)]
pub struct Case {
    /// The file that it is in.
    pub kind: &'static str,
    /// Its function.
    pub name: &'static str,
    /// Polls it to completion.
    pub run: fn(&World) -> Outcome,
}

/// Both sides of a case.
#[derive(Debug, Clone, Copy)]
pub struct Pair {
    /// As the compiler has it.
    pub native: Case,
    /// As Zokio has it.
    pub machine: Case,
}

impl Pair {
    /// Its name, with that of its file: `servers::echo`.
    pub fn name(&self) -> String {
        format!("{}::{}", self.native.kind, self.native.name)
    }
}

/// All cases.
pub fn pairs() -> Vec<Pair> {
    let pair = |(native, machine): (Case, Case)| {
        assert_eq!((native.kind, native.name), (machine.kind, machine.name));
        Pair { native, machine }
    };
    native::bodies::cases().into_iter().zip(machine::bodies::cases()).map(pair).collect()
}
