//! What the compiler was asked for in whose process the macros run: whether it only checks, whether it optimises, and by which edition.
//!
//! Other programs expand macros too: interpreters, verifiers, editors. Of those nothing is known but the edition that they are given.

use std::path::Path;
use std::sync::OnceLock;
use std::{env, fs};

/// What it was asked for.
#[derive(Debug, PartialEq)]
pub(crate) struct Asked {
    /// No code, only metadata.
    pub(crate) checks: bool,
    /// Code that is optimised, somehow.
    pub(crate) optimises: bool,
}

/// Where the temporaries end of an `if let`, and of the expression that a block ends with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Edition {
    /// With the statement around, unless that expression is all that a function, a branch or a loop consists of.
    Before2024,
    /// In front of the `else`, and in front of the block's locals.
    Since2024,
}

/// What this one was asked for, found once in a process; none, if it is not rustc.
pub(crate) fn asked() -> Option<&'static Asked> {
    static ASKED: OnceLock<Option<Asked>> = OnceLock::new();
    ASKED.get_or_init(|| Asked::of(arguments().into_iter())).as_ref()
}

/// The edition of the crate that is compiled, found once in a process.
pub(crate) fn edition() -> Edition {
    static EDITION: OnceLock<Edition> = OnceLock::new();
    *EDITION.get_or_init(|| Edition::of(arguments().into_iter()))
}

/// The process's arguments, and those in the files that they name.
fn arguments() -> Vec<String> {
    // Not UTF-8: none of the words that matter.
    let arguments = env::args_os().map(|argument| argument.to_string_lossy().into_owned());
    arguments.flat_map(written).collect()
}

/// An argument, or those of the file that it names, each on a line.
fn written(argument: String) -> Vec<String> {
    match argument.strip_prefix('@').and_then(|path| fs::read_to_string(path).ok()) {
        Some(lines) => lines.lines().map(str::to_owned).collect(),
        None => vec![argument],
    }
}

impl Edition {
    fn of(mut arguments: impl Iterator<Item = String>) -> Self {
        // What is no compiler, and is given none, is an editor, whose machines nobody runs.
        let mut edition = if arguments.next().is_some_and(|program| is_compiler(&program)) { 2015 } else { 2024 };
        while let Some(argument) = arguments.next() {
            if let Some(given) = value(&argument, &["--edition"], &mut arguments) {
                // One without a number is the next.
                edition = given.parse().unwrap_or(u16::MAX);
            }
        }
        if edition < 2024 { Self::Before2024 } else { Self::Since2024 }
    }
}

/// Whether a program of that path is rustc.
fn is_compiler(program: &str) -> bool {
    let program = Path::new(program).file_stem().and_then(|stem| stem.to_str());
    matches!(program, Some("rustc" | "clippy-driver"))
}

impl Asked {
    fn of(mut arguments: impl Iterator<Item = String>) -> Option<Self> {
        arguments.next().filter(|program| is_compiler(program))?;
        let (mut kinds, mut level, mut unknown) = (Vec::new(), "0".to_owned(), false);
        while let Some(argument) = arguments.next() {
            unknown |= argument.starts_with('@');
            if argument == "-O" {
                level = "3".to_owned();
            } else if let Some(list) = value(&argument, &["--emit"], &mut arguments) {
                kinds.extend(
                    list.split(',').map(|kind| kind.split_once('=').map_or(kind, |(kind, _path)| kind).to_owned()),
                );
            } else if let Some(option) = value(&argument, &["--codegen", "-C"], &mut arguments)
                && let Some(given) = option.strip_prefix("opt-level=")
            {
                level = given.to_owned();
            }
        }
        let checks = kinds.iter().any(|kind| kind == "metadata")
            && kinds.iter().all(|kind| kind == "metadata" || kind == "dep-info");
        (!unknown).then_some(Self { checks, optimises: level != "0" })
    }
}

/// What an argument gives an option, itself or by the next: `--emit=a`, `--emit a`, `-Ca`, `-C a`.
fn value(argument: &str, names: &[&str], rest: &mut impl Iterator<Item = String>) -> Option<String> {
    let (name, given) = names.iter().find_map(|name| Some((name, argument.strip_prefix(name)?)))?;
    match given {
        "" => rest.next(),
        given if name.starts_with("--") => given.strip_prefix('=').map(str::to_owned),
        given => Some(given.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::{Asked, Edition, written};

    fn asked(line: &str) -> Option<Asked> {
        Asked::of(line.split(' ').map(str::to_owned))
    }

    fn checks(line: &str) -> bool {
        asked(line).is_some_and(|asked| asked.checks)
    }

    #[test]
    fn metadata_alone_is_a_check() {
        assert!(checks("/toolchain/bin/rustc --crate-name a src/lib.rs --emit=dep-info,metadata -C embed-bitcode=no"));
        assert!(checks("rustc --emit metadata=liba.rmeta src/lib.rs"));
        assert!(checks("clippy-driver /toolchain/bin/rustc --crate-name a --emit=dep-info,metadata"));
    }

    #[test]
    fn what_generates_code_is_none() {
        assert!(!checks("rustc --crate-name a src/lib.rs --emit=dep-info,metadata,link"));
        assert!(!checks("rustc --emit=metadata --emit=asm src/lib.rs"));
        assert!(!checks("rustc --emit=dep-info src/lib.rs"));
        assert!(!checks("rustc src/main.rs"));
    }

    #[test]
    fn of_other_programs_nothing_is_known() {
        assert_eq!(asked("miri --crate-name a --emit=dep-info,metadata"), None);
        assert_eq!(asked("rustdoc --crate-name a src/lib.rs"), None);
        assert_eq!(asked("rustc @arguments"), None);
        assert_eq!(asked(""), None);
    }

    #[test]
    fn an_edition_is_the_compilers() {
        let edition = |line: &str| Edition::of(line.split(' ').map(str::to_owned));
        assert_eq!(edition("rustc --crate-name a --edition=2021 src/lib.rs"), Edition::Before2024);
        assert_eq!(edition("clippy-driver /toolchain/bin/rustc --edition 2018 src/lib.rs"), Edition::Before2024);
        assert_eq!(edition("rustc --edition=2024 src/lib.rs"), Edition::Since2024);
        assert_eq!(edition("rustc --edition=future src/lib.rs"), Edition::Since2024);
        assert_eq!(edition("rustc src/lib.rs"), Edition::Before2024);
        assert_eq!(edition("miri --edition=2021 src/lib.rs"), Edition::Before2024);
        assert_eq!(edition("rust-analyzer-proc-macro-srv"), Edition::Since2024);
    }

    #[test]
    fn arguments_may_be_in_a_file() {
        let path = std::env::temp_dir().join(format!("zokio-arguments-{}", std::process::id()));
        std::fs::write(&path, "--edition=2021\nsrc/lib.rs\n").expect("a file in the folder for such");
        let read = written(format!("@{}", path.display()));
        std::fs::remove_file(&path).expect("the file is there");
        assert_eq!(read, ["--edition=2021", "src/lib.rs"]);
        assert_eq!(written("@nowhere/to/be/found".to_owned()), ["@nowhere/to/be/found"]);
    }

    #[test]
    fn levels_are_told_in_several_ways() {
        let optimises = |line: &str| asked(line).is_some_and(|asked| asked.optimises);
        assert!(optimises("rustc --emit=link -C opt-level=3 src/lib.rs"));
        assert!(optimises("rustc -Copt-level=s src/lib.rs"));
        assert!(optimises("rustc --codegen opt-level=1 src/lib.rs"));
        assert!(optimises("rustc -O src/lib.rs"));
        assert!(!optimises("rustc --emit=link -C debuginfo=2 -C opt-level=0 src/lib.rs"));
        assert!(!optimises("rustc --codegen=opt-level=2 -C opt-level=0 src/lib.rs"));
        assert!(!optimises("rustc --crate-name a src/lib.rs"));
    }
}
