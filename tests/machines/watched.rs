//! What the environment asks the macros for, they read: so cargo has to know.

use std::env::current_exe;
use std::fs::read_to_string;

#[test]
fn cargo_compiles_again_what_was_compiled_for_another_environment() {
    let read =
        read_to_string(current_exe().unwrap().with_extension("d")).expect("rustc writes what a program depends on");
    let depends_on = |name: &str| {
        read.lines()
            .any(|line| line.strip_prefix("# env-dep:").is_some_and(|rest| rest.split('=').next() == Some(name)))
    };
    for name in ["ZOKIO_CHECK", "ZOKIO_DEBUG", "ZOKIO_DUMP"] {
        assert!(depends_on(name), "{name}");
    }
    assert!(!depends_on("ZOKIO_ELSE"));
}
