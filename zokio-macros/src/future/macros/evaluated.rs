//! Which of its arguments a macro evaluates.

use syn::Path;

use super::known::{diverges, is_well_known};

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

/// Of a macro of this path. That prints may be compiled out: it may be anybody's of that name, as those of another crate may be.
pub(crate) fn evaluated(path: &Path) -> Evaluated {
    let Some(name) = path.segments.last().filter(|_| is_well_known(path)) else { return Evaluated::Perhaps };
    match name.ident.to_string().as_str() {
        "assert" | "ensure" => Evaluated::First(1),
        "assert_eq" | "assert_ne" | "ensure_eq" => Evaluated::First(2),
        "format" | "write" | "writeln" | "format_args" | "vec" | "dbg" | "matches" | "concat" => Evaluated::All,
        "join" | "try_join" | "select" | "select_biased" | "pin" => Evaluated::All,
        _ if diverges(path) => Evaluated::All,
        _ => Evaluated::Perhaps,
    }
}
