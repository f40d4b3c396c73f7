//! Compile-fail tests of the macros: `runtime/`, `future/`, `derive/` and `budget/` have a file for each fault, `lint/` for each warning, with the
//! compiler's output beside it. What should compile is in `pass/`. Machines are compiled in all of them, except for those of `checked/`, which are
//! as `cargo check` has them.
//!
//! After a change of words, `TRYBUILD=overwrite cargo test -p zokio-ui-tests` writes the outputs anew: read them.

use std::env;
use std::process::Command;

#[test]
fn faults_are_explained() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("runtime/*.rs");
    cases.compile_fail("future/*.rs");
    cases.compile_fail("derive/*.rs");
    cases.compile_fail("lint/*.rs");
}

/// Sizes are known when a program is built; with a program that compiles among them, trybuild builds.
#[test]
fn budgets_fail_the_build() {
    let cases = trybuild::TestCases::new();
    cases.pass("budget/kept.rs");
    cases.compile_fail("budget/*_too_large.rs");
}

#[test]
fn what_is_right_compiles_and_runs() {
    let cases = trybuild::TestCases::new();
    cases.pass("pass/*.rs");
}

/// The environment is the process's, so that is started once more.
#[test]
fn checks_tell_of_faults_without_machines() {
    const CHECK: &str = "ZOKIO_CHECK";
    if env::var(CHECK).is_ok_and(|what| what.is_empty()) {
        trybuild::TestCases::new().compile_fail("checked/*.rs");
        return;
    }
    let itself = env::current_exe().expect("a test has a file");
    let mut again = Command::new(itself);
    again.args(["--exact", "checks_tell_of_faults_without_machines", "--nocapture"]).args(filter());
    assert!(again.env(CHECK, "").status().expect("it starts").success());
}

/// What trybuild is asked for.
fn filter() -> impl Iterator<Item = String> {
    env::args().filter(|argument| argument.starts_with("trybuild="))
}
