//! Which of its arguments a macro evaluates.

use super::known::{diverges, ends_temporaries};

/// As far as the macro's name tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Evaluated {
    /// All of them, once each, in their order.
    All,
    /// So many; and the others, if it fails: in a message.
    First(usize),
    /// Each or not, as nobody knows: one that logs does so if somebody listens.
    Perhaps,
}

/// Of a macro with this name.
pub(crate) fn evaluated(name: &str) -> Evaluated {
    match name {
        "assert" | "ensure" => Evaluated::First(1),
        "assert_eq" | "assert_ne" | "ensure_eq" => Evaluated::First(2),
        "write" | "writeln" | "format_args" | "vec" | "dbg" | "matches" | "concat" => Evaluated::All,
        "join" | "try_join" | "select" | "select_biased" | "pin" => Evaluated::All,
        name if ends_temporaries(name) || diverges(name) => Evaluated::All,
        _ => Evaluated::Perhaps,
    }
}
