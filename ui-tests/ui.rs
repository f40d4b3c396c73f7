//! Compile-fail tests of the macros: `runtime/`, `future/`, `derive/`, `select/` and `budget/` have a file for each fault, `lint/` for each warning, with the
//! compiler's output beside it. What should compile is in `pass/`. Machines are compiled in all of them but in `debug/`. As `cargo check`
//! has them are those of `checked/`, which it tells in other words, and some of the others once more.
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
    cases.compile_fail("select/*.rs");
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
        let cases = trybuild::TestCases::new();
        cases.compile_fail("checked/*.rs");
        // What is told of these is the same with machines and without.
        let same = ["future/borrowed_twice", "future/name_never_used", "lint/await_holding_lock", "lint/blocking_call"];
        same.iter().for_each(|name| cases.compile_fail(format!("{name}.rs")));
        return;
    }
    again("checks_tell_of_faults_without_machines", &[(CHECK, "")]);
}

/// As whoever asks for coroutines in debug builds has them: what is refused is so all the same.
#[test]
fn debug_builds_may_have_coroutines() {
    const DEBUG: &str = "ZOKIO_DEBUG";
    if env::var_os(DEBUG).is_some() {
        let cases = trybuild::TestCases::new();
        cases.pass("debug/*.rs");
        cases.compile_fail("future/guard_that_awaits_twice.rs");
        return;
    }
    again("debug_builds_may_have_coroutines", &[("ZOKIO_CHECK", ""), (DEBUG, "coroutines")]);
}

/// What the environment asks for is told where it is nothing.
#[test]
fn words_of_the_environment_are_known() {
    const DEBUG: &str = "ZOKIO_DEBUG";
    if env::var_os(DEBUG).is_some() {
        trybuild::TestCases::new().compile_fail("environment/*.rs");
        return;
    }
    again("words_of_the_environment_are_known", &[("ZOKIO_CHECK", "all"), (DEBUG, "coroutine")]);
}

/// Runs a test in a process with another environment.
fn again(test: &str, environment: &[(&str, &str)]) {
    let itself = env::current_exe().expect("a test has a file");
    let mut again = Command::new(itself);
    again.args(["--exact", test, "--nocapture"]).args(filter()).envs(environment.iter().copied());
    assert!(again.status().expect("it starts").success());
}

/// What trybuild is asked for.
fn filter() -> impl Iterator<Item = String> {
    env::args().filter(|argument| argument.starts_with("trybuild="))
}
