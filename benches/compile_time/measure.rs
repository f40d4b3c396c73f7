//! One compilation, and its processor time.

use std::{fs, io, process};

use super::program::{Program, Variant};

/// What cargo is asked to do.
#[derive(Clone, Copy)]
pub(super) enum Command {
    Check,
    Build,
    Release,
}

impl Command {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Check => "check",
            Self::Build => "build",
            Self::Release => "release",
        }
    }

    /// What cargo is told.
    fn arguments(self) -> &'static [&'static str] {
        match self {
            Self::Check => &["check"],
            Self::Build => &["build"],
            Self::Release => &["build", "--release"],
        }
    }

    /// Compiles the variant anew: the seconds of processor time that it took. Those do not depend on what else the machine does as
    /// much as the time on the wall does.
    pub(super) fn run(self, program: &Program, variant: &Variant) -> io::Result<f64> {
        let directory = program.directory.join(variant.name);
        let source = directory.join("src/lib.rs");
        // Newer than what was compiled of it.
        fs::write(&source, fs::read(&source)?)?;
        let before = children()?;
        let output = process::Command::new(env!("CARGO"))
            .args(self.arguments())
            .args(["--quiet", "--offline", "--jobs", "1"])
            .env("CARGO_TARGET_DIR", program.directory.join("target"))
            // All of it is compiled, each time.
            .env("CARGO_INCREMENTAL", "0")
            .env("ZOKIO_CHECK", variant.check)
            .env("ZOKIO_DEBUG", variant.debug)
            .current_dir(&directory)
            .output()?;
        if !output.status.success() {
            return Err(io::Error::other(String::from_utf8_lossy(&output.stderr).into_owned()));
        }
        Ok(children()? - before)
    }
}

/// The processor time of children that have ended, in seconds.
fn children() -> io::Result<f64> {
    /// Per second, as Linux tells times to programs on every architecture.
    const TICKS: f64 = 100.0;
    let text = fs::read_to_string("/proc/self/stat")?;
    // The name of the program is in parentheses and may hold anything; the times of children are the 14th and 15th behind it.
    let behind = text.rsplit_once(')').map_or("", |(_, behind)| behind);
    let times: Vec<f64> = behind.split_whitespace().skip(13).take(2).filter_map(|time| time.parse().ok()).collect();
    match times[..] {
        [user, system] => Ok((user + system) / TICKS),
        _ => Err(io::Error::new(io::ErrorKind::InvalidData, "/proc/self/stat tells no times")),
    }
}
