//! Whether functions are compiled to the compiler's own coroutines, as if all of them said `machine = rustc`: where code is not
//! optimised, and whoever builds has asked for it by `ZOKIO_DEBUG=coroutines`.
//!
//! A debug build of a machine takes longer than one of what it stands for; while a program is written, that may be worth more than sizes.
//! What the macro refuses it refuses all the same, so that such a build promises as much as a check does. `machine = explicit` and
//! blocks remain machines, as all do where `ZOKIO_CHECK=machines`, or where passes are dumped.

use std::env;
use std::sync::OnceLock;

use super::checked;
use crate::{compiler, variable};

/// Whether they are, found once in a process.
pub(crate) fn wanted() -> bool {
    static WANTED: OnceLock<bool> = OnceLock::new();
    *WANTED.get_or_init(|| {
        let is_asked = variable::DEBUG.is_set() && env::var_os(variable::DUMP).is_none_or(|folder| folder.is_empty());
        let is_debug = compiler::asked().is_some_and(|asked| !asked.checks && !asked.optimises);
        is_asked && is_debug && !checked::machines_wanted()
    })
}
