//! Whether the compiler only checks: then of a machine it is given the witness alone, which has all of the user's mistakes in it.
//!
//! `cargo check` and clippy generate no code, so no machine of theirs ever runs; that it compiles is the macro's affair. A macro runs
//! in the compiler's process and sees what that was [asked](compiler::asked) for. Where that cannot be told, all is compiled. So it is where
//! somebody else than cargo asks: other builders join what one compiler has said of a crate with what another has made of it, and both
//! must have compiled the same. `ZOKIO_CHECK=machines` compiles all in any case.

use std::env;
use std::sync::OnceLock;

use crate::{compiler, variable};

/// Whether it does, found once in a process.
pub(super) fn only_checks() -> bool {
    static ONLY_CHECKS: OnceLock<bool> = OnceLock::new();
    *ONLY_CHECKS.get_or_init(|| {
        let is_check = compiler::asked().is_some_and(|asked| asked.checks);
        is_check && env::var_os("CARGO").is_some() && !machines_wanted()
    })
}

/// Whether whoever builds wants machines in any case.
pub(super) fn machines_wanted() -> bool {
    variable::CHECK.is_set()
}
