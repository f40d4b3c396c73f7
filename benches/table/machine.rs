//! What the figures were taken on, and with which versions.

use crate::results::Results;
use std::{env, fs, io, process::Command, thread};

/// Whose versions are told, as the lock file has them among the dependencies of the benches.
const COMPARED: [&str; 6] = ["tokio", "smol", "monoio", "compio", "glommio", "io-uring"];

/// A paragraph: processor, cores, kernel, compiler, versions, and how long the run has taken.
///
/// # Errors
///
/// `rustc` could not be run.
pub(crate) fn describe(lock: &str, results: &Results) -> io::Result<String> {
    let versions: Vec<_> =
        COMPARED.iter().filter_map(|name| Some(format!("{name} {}", version(lock, name)?))).collect();
    Ok(format!(
        "{}; {}.\nThe results were written within {} minutes.\n",
        compiler()?.trim_end_matches(".\n"),
        versions.join(", "),
        results.span().as_secs().div_ceil(60),
    ))
}

/// A sentence: processor, cores, kernel, compiler.
///
/// # Errors
///
/// `rustc` could not be run.
pub(crate) fn compiler() -> io::Result<String> {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let rustc = Command::new(rustc).arg("--version").output()?.stdout;
    Ok(format!(
        "{}, {} cores, {}; {}.\n",
        processor().unwrap_or_else(|| env::consts::ARCH.into()),
        thread::available_parallelism()?,
        kernel().unwrap_or_else(|| env::consts::OS.into()),
        String::from_utf8_lossy(&rustc).trim(),
    ))
}

fn processor() -> Option<String> {
    let text = fs::read_to_string("/proc/cpuinfo").ok()?;
    let line = text.lines().find(|line| line.starts_with("model name"))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}

fn kernel() -> Option<String> {
    let release = fs::read_to_string("/proc/sys/kernel/osrelease").ok()?;
    // The numbers; what a distribution appends says nothing about the kernel.
    let numbers = release.trim().split('-').next()?;
    Some(format!("Linux {numbers}"))
}

/// The version of `name` that the benches depend on. The lock file may hold others of that name; then a dependency is
/// written with its version.
fn version<'a>(lock: &'a str, name: &str) -> Option<&'a str> {
    let packages = || lock.split("[[package]]");
    let benches = packages().find(|package| value(package, "name") == Some("zokio-benches"))?;
    let written = benches
        .lines()
        .filter_map(|line| line.trim().strip_prefix('"')?.strip_suffix("\","))
        .find(|dependency| dependency.split(' ').next() == Some(name))?;
    match written.split_once(' ') {
        Some((_, version)) => Some(version),
        None => packages()
            .find(|package| value(package, "name") == Some(name))
            .and_then(|package| value(package, "version")),
    }
}

/// The string that is assigned to `key` in a package of the lock file.
fn value<'a>(package: &'a str, key: &str) -> Option<&'a str> {
    package.lines().find_map(|line| {
        let (written, value) = line.split_once(" = ")?;
        (written == key).then(|| value.trim_matches('"'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_that_of_the_benches() {
        let lock = r#"
[[package]]
name = "io-uring"
version = "0.6.4"

[[package]]
name = "io-uring"
version = "0.7.15"

[[package]]
name = "smol"
version = "2.0.2"

[[package]]
name = "zokio-benches"
version = "0.1.0"
dependencies = [
 "io-uring 0.7.15",
 "smol",
]
"#;
        assert_eq!(version(lock, "io-uring"), Some("0.7.15"));
        assert_eq!(version(lock, "smol"), Some("2.0.2"));
        assert_eq!(version(lock, "tokio"), None);
    }
}
