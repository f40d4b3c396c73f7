//! Which threads run tasks: four keys and the macro say it together.

use super::config::Config;
use super::value::{Flavor, Workers};
use crate::names::Kind;

/// Which threads run tasks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Threads {
    /// The thread in `block_on`.
    One,
    /// Threads besides the one in `block_on`.
    Many(Workers),
}

impl Threads {
    /// What the attribute says, or what the macro has where it says nothing. One worker that is called `multi_thread` is a
    /// thread of its own, as tokio's is: tasks go on while the thread in `block_on` is busy.
    pub(crate) fn of(kind: Kind, config: &Config) -> Self {
        let flavor = config.flavor.value();
        match (config.workers.value().or_else(|| config.worker_threads.value()), flavor) {
            (Some(Workers::Exactly(1)), None | Some(Flavor::CurrentThread)) => Self::One,
            (Some(&workers), _) => Self::Many(workers),
            (None, Some(Flavor::CurrentThread)) => Self::One,
            (None, Some(Flavor::MultiThread)) => Self::Many(Workers::Auto),
            (None, None) if kind == Kind::Test => Self::One,
            (None, None) => Self::Many(Workers::Auto),
        }
    }
}
