//! Whether the compiler only checks: then of a machine it is given the witness alone, which has all of the user's mistakes in it.
//!
//! `cargo check` and clippy generate no code, so no machine of theirs ever runs; that it compiles is the macro's affair. A macro runs
//! in the compiler's process and sees what that was asked for. Where that cannot be told, all is compiled. So it is where somebody
//! else than cargo asks: other builders join what one compiler has said of a crate with what another has made of it, and both must
//! have compiled the same. `ZOKIO_CHECK=machines` compiles all in any case.

use std::env;
use std::path::Path;
use std::sync::OnceLock;

/// Whether it does, found once in a process.
pub(super) fn only_checks() -> bool {
    static ONLY_CHECKS: OnceLock<bool> = OnceLock::new();
    *ONLY_CHECKS.get_or_init(|| {
        let machines_wanted = env::var("ZOKIO_CHECK").is_ok_and(|what| what == "machines");
        // Not UTF-8: none of the words that matter.
        let arguments = env::args_os().map(|argument| argument.to_string_lossy().into_owned());
        !machines_wanted && env::var_os("CARGO").is_some() && is_check(arguments)
    })
}

/// Whether these are the arguments of a compiler that is to emit nothing but metadata.
fn is_check(mut arguments: impl Iterator<Item = String>) -> bool {
    let program = arguments.next().unwrap_or_default();
    let program = Path::new(&program).file_stem().and_then(|stem| stem.to_str());
    // Others interpret what they check, as Miri does, or verify it.
    if !matches!(program, Some("rustc" | "clippy-driver")) {
        return false;
    }
    let mut kinds = Vec::new();
    while let Some(argument) = arguments.next() {
        let emitted = match argument.strip_prefix("--emit") {
            Some("") => arguments.next(),
            Some(list) => list.strip_prefix('=').map(str::to_owned),
            None => None,
        };
        kinds.extend(emitted.iter().flat_map(|list| list.split(',')).map(|kind| {
            let (kind, _path) = kind.split_once('=').unwrap_or((kind, ""));
            kind.to_owned()
        }));
    }
    kinds.iter().any(|kind| kind == "metadata") && kinds.iter().all(|kind| kind == "metadata" || kind == "dep-info")
}

#[cfg(test)]
mod tests {
    use super::is_check;

    fn checks(line: &str) -> bool {
        is_check(line.split(' ').map(str::to_owned))
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
        assert!(!checks("rustc @arguments"));
    }

    #[test]
    fn other_programs_are_none() {
        assert!(!checks("miri --crate-name a --emit=dep-info,metadata"));
        assert!(!checks("rustdoc --crate-name a src/lib.rs"));
        assert!(!checks(""));
    }
}
