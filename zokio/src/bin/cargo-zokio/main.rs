//! `cargo zokio`: shows what was decided about the runtimes of a workspace when they were compiled.
//!
//! Every runtime attribute, and every `#[derive(StateMachine)]`, writes its report as a JSON file into `<target>/zokio/<package>/` while
//! it is expanded; this program finds, reads and prints them: arguments -> workspace -> reports -> text.

mod arguments;
mod read;
mod report;
mod source;
mod text;
mod workspace;

use std::io::{self, Write};
use std::process::ExitCode;

use arguments::{Command, Query};
use read::Found;
use workspace::Place;

/// Something was not found or could not be read.
const FAILED: u8 = 1;
/// The command line is wrong.
const MISUSED: u8 = 2;

fn main() -> ExitCode {
    match Command::parse(std::env::args_os().skip(1)) {
        Ok(Command::Help) => finish(arguments::USAGE, ""),
        Ok(Command::Version) => finish(concat!("cargo-zokio ", env!("CARGO_PKG_VERSION"), "\n"), ""),
        Ok(Command::Report(query)) => match report(&query) {
            Ok(Printed { output, notes, faults }) => {
                complain(&notes);
                finish(&output, &faults)
            }
            Err(error) => finish("", &error),
        },
        Err(error) => {
            complain(&format!("error: {error}\n\n{}", arguments::USAGE));
            ExitCode::from(MISUSED)
        }
    }
}

/// What `cargo zokio report` prints.
struct Printed {
    output: String,
    /// What it says besides.
    notes: String,
    /// What it complains about.
    faults: String,
}

/// What `cargo zokio report` prints.
fn report(query: &Query) -> Result<Printed, String> {
    let place = Place::of(query)?;
    let found = Found::read(&place, query.package.as_deref());
    let (notes, faults) = (found.notes.join(""), found.faults.join(""));
    if found.reports.is_empty() {
        let output = if query.json { "[]\n" } else { "" }.to_owned();
        let faults = if faults.is_empty() { read::nothing(&place, query.package.as_deref()) } else { faults };
        return Ok(Printed { output, notes, faults });
    }
    let output = if query.json { text::json(&found.reports) } else { text::readable(&found.reports) };
    Ok(Printed { output, notes, faults })
}

/// Prints both and says how it went.
fn finish(output: &str, faults: &str) -> ExitCode {
    let mut stdout = io::stdout().lock();
    let printed = stdout.write_all(output.as_bytes()).and_then(|()| stdout.flush());
    complain(faults);
    match printed {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            complain(&format!("error: cannot write to standard output: {error}\n"));
            ExitCode::from(FAILED)
        }
        // A reader that has seen enough (`| head`) is no fault.
        _ if faults.is_empty() => ExitCode::SUCCESS,
        _ => ExitCode::from(FAILED),
    }
}

fn complain(text: &str) {
    // Unlike with `eprint!`, a closed standard error does not panic: then there is nobody to tell.
    let _ = io::stderr().write_all(text.as_bytes());
}
