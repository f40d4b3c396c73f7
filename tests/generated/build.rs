//! A program of many bodies: written, compiled, run.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::grammar;

/// What came of a program.
#[derive(Debug)]
pub(crate) enum Outcome {
    Agreed,
    /// It does not compile: the compiler's words.
    Refused(String),
    /// A body differs: what was printed.
    Differed(String),
}

/// The largest budget of a body.
pub(crate) const LARGEST: u32 = 40;

/// How large a body may become: most are small, since what one costs to compile grows faster than what it shows.
pub(crate) fn budget(seed: u64) -> u32 {
    if seed.is_multiple_of(25) { LARGEST } else { 4 + (seed % 9) as u32 }
}

/// The edition that the bodies are compiled by: `ZOKIO_EDITION`, or that of the workspace.
fn edition() -> u64 {
    crate::number("ZOKIO_EDITION", 2024)
}

/// Whether the edition has all that a body is written in: chains of `let`s are of 2024.
pub(crate) fn is_in_edition(seed: u64) -> bool {
    let chained = |line: &str| line.contains("let ") && line.contains(" && ");
    edition() >= 2024 || !grammar::body(seed, budget(seed)).lines().any(chained)
}

/// The text of one body, twice, and its comparison; with another budget than its own, if one is given.
pub(crate) fn pair(seed: u64, smaller: Option<u32>) -> String {
    let body = grammar::body(seed, smaller.unwrap_or_else(|| budget(seed)));
    format!(
        "mod b{seed} {{\n    use super::*;\n    pub async fn native(t: Script, a: Value, n: u32) -> Result<u32, Failure> {{\n{body}    }}\n    \
         #[zokio::async_fn]\n    pub async fn machine(t: Script, a: Value, n: u32) -> Result<u32, Failure> {{\n{body}    }}\n    \
         pub(crate) fn compare() {{\n        zokio_tests::twin::compare(\"{seed}\", |t: Script| native(t.clone(), t.value(90), 5), |t: Script| machine(t.clone(), t.value(90), 5));\n    }}\n}}\n"
    )
}

/// Programs in one package: cargo compiles them side by side.
const PROGRAMS: usize = 4;

/// Writes programs with these bodies, builds them and runs them: optimised, where this test is.
pub(crate) fn programs(folder: &Path, seeds: &[u64], smaller: Option<u32>, checkout: &Path) -> Outcome {
    let source = folder.join("src/bin");
    let _ = std::fs::remove_dir_all(&source);
    std::fs::create_dir_all(&source).expect("the folder of the program can be made");
    let (display, edition) = (checkout.display(), edition());
    let manifest = format!(
        "[package]\nname = \"bodies\"\nversion = \"0.0.0\"\nedition = \"{edition}\"\n\n[dependencies]\nzokio = {{ path = \"{display}/zokio\" }}\n\
         zokio-tests = {{ path = \"{display}/tests\" }}\n\n[profile.dev]\ndebug = false\nincremental = false\n\n[profile.dev.build-override]\nopt-level = 1\n\n[profile.release]\nopt-level = 2\nincremental = false\n\n[workspace]\n"
    );
    let parts: Vec<&[u64]> = seeds.chunks(seeds.len().div_ceil(PROGRAMS)).collect();
    for (index, seeds) in parts.iter().enumerate() {
        let path = source.join(format!("bodies_{index}.rs"));
        std::fs::write(path, program(seeds, smaller)).expect("the program can be written");
    }
    std::fs::write(folder.join("Cargo.toml"), manifest).expect("the manifest can be written");
    let lock = checkout.join("Cargo.lock");
    if lock.exists() {
        let _ = std::fs::copy(lock, folder.join("Cargo.lock"));
    }
    let target = target(checkout);
    let built = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--color", "never"])
        .args(cfg!(not(debug_assertions)).then_some("--release"))
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", &target)
        .output()
        .expect("cargo can be started");
    if !built.status.success() {
        return Outcome::Refused(String::from_utf8_lossy(&built.stderr).into_owned());
    }
    for index in 0..parts.len() {
        let profile = if cfg!(debug_assertions) { "debug" } else { "release" };
        let program = target.join(profile).join(format!("bodies_{index}"));
        let run = Command::new(program).output().expect("the program can be started");
        if !run.status.success() {
            return Outcome::Differed(String::from_utf8_lossy(&run.stderr).into_owned());
        }
    }
    Outcome::Agreed
}

/// The text of one program.
fn program(seeds: &[u64], smaller: Option<u32>) -> String {
    let mut main = String::from(
        "#![forbid(unsafe_code)]\n#![allow(unused)]\nuse zokio_tests::twin::{Failure, Script, Value};\n\
         fn three(a: Value, b: u32, c: &Value) -> u32 { a.number ^ b ^ c.number }\n\
         fn slice(of: &[u32]) -> &[u32] { &of[..1] }\nfn sum(of: &[u32]) -> u32 { of.iter().sum() }\n\
         fn itself(value: &mut Value) -> &mut Value { value }\nfn looked(value: &Value) -> u32 { value.number }\n\
         async fn counted(t: &Script, of: &Value) -> Option<u32> { t.leaf(of.number).await; t.coin().then_some(3) }\n\
         fn eaten(value: Value) -> u32 { value.finish() }\n\
         fn told(of: &dyn Looks) -> u32 { of.looks() }\nfn text(of: &Value) -> String { of.number.to_string() }\n\
         trait Looks { fn looks(&self) -> u32; }\nimpl Looks for Value { fn looks(&self) -> u32 { self.look() } }\n\
         macro_rules! perhaps { ($c:expr, $e:expr) => { if $c { $e } } }\n\
         macro_rules! leave { ($c:expr, $e:expr) => { if $c { return Ok($e); } } }\n\
         macro_rules! chosen { ($o:expr, $e:expr) => { match $o { Some(it) => it, None => $e } } }\n\
         struct Pair { one: Value, two: Value, number: u32 }\n",
    );
    for seed in seeds {
        main.push_str(&pair(*seed, smaller));
    }
    let calls = seeds.iter().fold(String::new(), |mut calls, seed| {
        let _ = writeln!(calls, "    b{seed}::compare();");
        calls
    });
    let _ = writeln!(main, "fn main() {{\n{calls}}}");
    main
}

/// The target folder of the programs: their dependencies are built once.
fn target(checkout: &Path) -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| checkout.join("target"), PathBuf::from);
    target.join("generated")
}
