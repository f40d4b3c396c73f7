//! What the compiler was asked for in whose process the macros run: whether it only checks, whether it optimises.
//!
//! Other programs expand macros too: interpreters, verifiers, editors. Of those nothing is known, nor of a compiler that reads its arguments
//! from a file.

use std::env;
use std::path::Path;
use std::sync::OnceLock;

/// What it was asked for.
#[derive(Debug, PartialEq)]
pub(crate) struct Asked {
    /// No code, only metadata.
    pub(crate) checks: bool,
    /// Code that is optimised, somehow.
    pub(crate) optimises: bool,
}

/// What this one was asked for, found once in a process; none, if it is not rustc.
pub(crate) fn asked() -> Option<&'static Asked> {
    static ASKED: OnceLock<Option<Asked>> = OnceLock::new();
    // Not UTF-8: none of the words that matter.
    ASKED.get_or_init(|| Asked::of(env::args_os().map(|argument| argument.to_string_lossy().into_owned()))).as_ref()
}

impl Asked {
    fn of(mut arguments: impl Iterator<Item = String>) -> Option<Self> {
        let program = arguments.next()?;
        let program = Path::new(&program).file_stem().and_then(|stem| stem.to_str());
        if !matches!(program, Some("rustc" | "clippy-driver")) {
            return None;
        }
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
    use super::Asked;

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
