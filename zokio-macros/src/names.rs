//! The names that users write: macros and keys.

use std::fmt;

/// Which macro is being expanded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Runtime,
    Main,
    Test,
}

impl Kind {
    /// The macro's name, which is also the `kind` in reports.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Runtime => "runtime",
            Self::Main => "main",
            Self::Test => "test",
        }
    }
}

/// As in the source: `#[zokio::main]`.
impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#[zokio::{}]", self.name())
    }
}

/// A key of the attributes.
#[derive(Debug)]
pub(crate) struct Key {
    pub(crate) name: &'static str,
    /// What may stand behind the `=`, in words.
    pub(crate) values: &'static str,
    /// A good value.
    pub(crate) example: &'static str,
    /// Where it comes from: tokio's keys are for `main` and `test`.
    pub(crate) origin: Origin,
}

/// Whose key it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    Zokio,
    Tokio,
}

impl Key {
    /// The key of that name.
    pub(crate) fn find(name: &str) -> Option<&'static Self> {
        KEYS.iter().find(|key| key.name == name)
    }

    /// Whether the macro takes it.
    pub(crate) fn is_for(&self, kind: Kind) -> bool {
        self.origin == Origin::Zokio || kind != Kind::Runtime
    }
}

const fn key(name: &'static str, values: &'static str, example: &'static str) -> Key {
    Key { name, values, example, origin: Origin::Zokio }
}

const fn tokio(name: &'static str, values: &'static str, example: &'static str) -> Key {
    Key { name, values, example, origin: Origin::Tokio }
}

/// Every key that is accepted, in the order of the documentation.
pub(crate) const KEYS: &[Key] = &[
    key("workers", "a whole number from 1 to 1024, or `auto`", "4"),
    key("stealing", "`true` or `false`", "false"),
    key("strategy", "`local_first`, `global_first` or `round_robin`", "local_first"),
    key("queue_capacity", "a power of two from 2 to 65536", "256"),
    key("io", "`auto`, `uring`, `mio` or `none`", "auto"),
    key("ring_entries", "a power of two from 1 to 32768", "256"),
    key("memory", "`general`", "general"),
    key("max_task_size", "a whole number of bytes from 1 to 1073741824", "1024"),
    key("blocking_threads", "a whole number from 1 to 4096", "512"),
    key("timer_resolution", "a time from \"1us\" to \"1s\", as a string with its unit (ns, us, ms, s)", "\"1ms\""),
    key("thread_name", "a string that is not empty and has no NUL in it", "\"zokio-worker\""),
    key("report", "`off`, `file` or `note`", "file"),
    key("crate", "the path of zokio in this crate", "::zokio"),
    tokio("flavor", "\"current_thread\" or \"multi_thread\"", "\"multi_thread\""),
    tokio("worker_threads", "a whole number from 1 to 1024, or `auto`", "4"),
    tokio("start_paused", "`false`", "false"),
];
