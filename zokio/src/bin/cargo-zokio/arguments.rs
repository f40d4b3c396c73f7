//! The command line.

use std::ffi::OsString;
use std::path::PathBuf;

pub(crate) const USAGE: &str = "\
Shows what was decided about the zokio runtimes of a workspace when they were compiled, and draws its state machines.

Usage: cargo zokio report [OPTIONS]

Options:
      --package NAME        Only the reports of this package
      --json                All reports as one JSON array, as the compiler wrote them
      --manifest-path PATH  The Cargo.toml of the workspace; else the one of the current directory
      --target-dir DIR      All reports below this target directory, of whichever workspace and age; else cargo is asked
                            for the workspace's target directory and members
  -h, --help                Print this
  -V, --version             Print the version

Exit codes: 0 when reports were printed, 1 when there are none or one cannot be read, 2 for a wrong command line.
";

/// What to do.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Command {
    Help,
    Version,
    Report(Query),
}

/// Which reports to print, and how.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Query {
    pub(crate) package: Option<String>,
    pub(crate) json: bool,
    pub(crate) manifest_path: Option<PathBuf>,
    pub(crate) target_dir: Option<PathBuf>,
}

impl Command {
    /// Reads the arguments behind the program's name. Cargo puts the subcommand's name, `zokio`, in front of them.
    pub(crate) fn parse(arguments: impl Iterator<Item = OsString>) -> Result<Self, String> {
        let mut arguments = arguments.peekable();
        arguments.next_if(|first| first == "zokio");
        let Some(command) = arguments.next() else { return Err("what shall be shown? Write `report`".to_owned()) };
        match command.to_str() {
            Some("report") => {}
            Some("-h" | "--help" | "help") => return Ok(Self::Help),
            Some("-V" | "--version") => return Ok(Self::Version),
            _ => return Err(format!("there is no command `{}`: write `report`", command.display())),
        }
        let mut query = Query::default();
        while let Some(argument) = arguments.next() {
            let (name, value) = split(argument);
            match (name.to_str(), value) {
                (Some("-h" | "--help"), None) => return Ok(Self::Help),
                (Some("-V" | "--version"), None) => return Ok(Self::Version),
                (Some("--json"), None) => query.json = true,
                (Some(name @ "--package"), value) => {
                    let package = take(name, value, &mut arguments)?;
                    let package = package.into_string().map_err(|package| {
                        format!("`{}` cannot be the name of a package: it is not UTF-8", package.display())
                    })?;
                    once(name, &mut query.package, package)?;
                }
                (Some(name @ "--manifest-path"), value) => {
                    once(name, &mut query.manifest_path, take(name, value, &mut arguments)?.into())?;
                }
                (Some(name @ "--target-dir"), value) => {
                    once(name, &mut query.target_dir, take(name, value, &mut arguments)?.into())?;
                }
                (Some(name @ ("-h" | "--help" | "-V" | "--version" | "--json")), Some(_)) => {
                    return Err(format!("`{name}` takes no value"));
                }
                _ => return Err(format!("unknown argument `{}`", name.display())),
            }
        }
        Ok(Self::Report(query))
    }
}

/// Takes `--name=value` apart. What is not UTF-8 stays whole: as a value it is written behind a space.
fn split(argument: OsString) -> (OsString, Option<OsString>) {
    match argument.to_str().and_then(|text| text.split_once('=')) {
        Some((name, value)) if name.starts_with("--") => (name.into(), Some(value.into())),
        _ => (argument, None),
    }
}

/// The value of an option: behind its `=`, or the next argument.
fn take(
    name: &str,
    value: Option<OsString>,
    arguments: &mut impl Iterator<Item = OsString>,
) -> Result<OsString, String> {
    value
        .or_else(|| arguments.next())
        .filter(|value| !value.is_empty())
        .ok_or_else(|| format!("`{name}` needs a value"))
}

fn once<T>(name: &str, place: &mut Option<T>, value: T) -> Result<(), String> {
    match place.replace(value) {
        None => Ok(()),
        Some(_) => Err(format!("`{name}` is there twice")),
    }
}

#[cfg(test)]
mod tests {
    use super::{Command, Query};

    fn parse(line: &str) -> Result<Command, String> {
        Command::parse(line.split_whitespace().map(Into::into))
    }

    #[test]
    fn every_spelling_of_an_option_is_understood() {
        let query = Query {
            package: Some("a".to_owned()),
            json: true,
            manifest_path: Some("m".into()),
            target_dir: Some("t=1".into()),
        };
        let expected = Ok(Command::Report(query));
        assert_eq!(parse("report --package a --json --manifest-path m --target-dir t=1"), expected);
        assert_eq!(parse("zokio report --target-dir=t=1 --manifest-path=m --json --package=a"), expected);
        assert_eq!(parse("zokio report"), Ok(Command::Report(Query::default())));
        assert_eq!(parse("zokio --version"), Ok(Command::Version));
        assert_eq!(parse("report --json -h"), Ok(Command::Help));
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (line, error) in [
            ("", "what shall be shown? Write `report`"),
            ("explain", "there is no command `explain`: write `report`"),
            ("zokio zokio report", "there is no command `zokio`: write `report`"),
            ("report --jason", "unknown argument `--jason`"),
            ("report app", "unknown argument `app`"),
            ("report --json=yes", "`--json` takes no value"),
            ("report --package", "`--package` needs a value"),
            ("report --package=", "`--package` needs a value"),
            ("report --package a --package b", "`--package` is there twice"),
        ] {
            assert_eq!(parse(line), Err(error.to_owned()), "{line}");
        }
    }
}
