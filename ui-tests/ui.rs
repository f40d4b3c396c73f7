//! Compile-fail tests of the macros: `runtime/`, `future/`, `derive/` and `budget/` have a file for each fault, `lint/` for each warning, with the
//! compiler's output beside it. What should compile is in `pass/`.
//!
//! After a change of words, `TRYBUILD=overwrite cargo test -p zokio-ui-tests` writes the outputs anew: read them.

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
