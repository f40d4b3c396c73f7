//! How many instructions the two sides of each case take, from the first poll to the last: counted by callgrind.
//!
//! ```text
//! cargo bench -p zokio-benches --bench instructions                  # as users release
//! cargo bench -p zokio-benches --bench instructions --profile dev    # as users debug
//! ZOKIO_CHECK= ZOKIO_DEBUG=coroutines cargo bench -p zokio-benches --bench instructions --profile dev
//! ```
//!
//! The bench runs itself once under valgrind, which writes a profile after every call of the function that polls.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::{env, fs, io};

use serde_json::{Map, Value, json};
use zokio_benches::corpus::{Case, Pair, pairs, world::World};
use zokio_benches::results;

/// The function that polls, as callgrind knows it. Twice, since callgrind heeds one wish for each pattern.
const POLLS: [&str; 2] = ["*corpus::world::complete*", "*world::complete*"];

/// Messages, and whether leaves are pending: never, or at every second poll.
const WORLDS: [(&str, u32, u32); 2] = [("ready", 100, 0), ("pending", 100, 2)];

fn main() -> ExitCode {
    let mut arguments = env::args().skip_while(|argument| argument != "--run");
    if arguments.next().is_some() {
        // With a name behind it, that case alone: for a look at its profile.
        let wanted = arguments.next();
        for (_, rounds, every) in WORLDS {
            for Pair { native, machine } in
                pairs().into_iter().filter(|pair| wanted.iter().all(|name| *name == pair.name()))
            {
                for Case { run, .. } in [native, machine] {
                    run(&World::new(rounds, every));
                }
            }
        }
        return ExitCode::SUCCESS;
    }
    match measure() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("instructions: {error}");
            ExitCode::FAILURE
        }
    }
}

fn measure() -> io::Result<()> {
    // Read while this is compiled, as the macros read it.
    let profile = match (option_env!("ZOKIO_DEBUG"), option_env!("ZOKIO_CHECK")) {
        _ if !cfg!(debug_assertions) => "release",
        // Who checks machines has machines: the workspace's default.
        (Some("coroutines"), check) if check != Some("machines") => "dev-coroutines",
        _ => "dev",
    };
    let directory = results::directory().join(format!("callgrind-{profile}"));
    // Those of a run before would be taken for ours.
    let _ = fs::remove_dir_all(&directory);
    fs::create_dir_all(&directory)?;
    let dumps = directory.join("out");

    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--dump-line=no"])
        .arg(format!("--toggle-collect={}", POLLS[0]))
        .arg(format!("--dump-after={}", POLLS[1]))
        .arg(format!("--callgrind-out-file={}", dumps.display()))
        .arg(env::current_exe()?)
        .arg("--run")
        .output()
        .map_err(|error| io::Error::new(error.kind(), format!("valgrind, which counts, could not be run: {error}")))?;
    if !output.status.success() {
        return Err(io::Error::other(String::from_utf8_lossy(&output.stderr).into_owned()));
    }
    let mut number = 0;
    let mut next = || {
        number += 1;
        counted(&directory, number)
    };
    let mut counts = Map::new();
    for (kind, ..) in WORLDS {
        let mut cases = Map::new();
        for pair in pairs() {
            let (native, machine) = (next()?, next()?);
            println!("{kind:8} {:28} {native:10} {machine:10} {:.3}", pair.name(), machine as f64 / native as f64);
            cases.insert(pair.name(), json!([native, machine]));
        }
        counts.insert(kind.to_owned(), Value::Object(cases));
    }
    results::write(&format!("instructions-{profile}"), &Value::Object(counts))
}

/// What the profile of the `number`th call says.
fn counted(directory: &Path, number: usize) -> io::Result<u64> {
    let path: PathBuf = directory.join(format!("out.{number}"));
    let text = fs::read_to_string(&path)?;
    let total = text.lines().find_map(|line| line.strip_prefix("summary: "));
    total.and_then(|total| total.trim().parse().ok()).ok_or_else(|| {
        io::Error::new(io::ErrorKind::InvalidData, format!("{} is not a profile of callgrind", path.display()))
    })
}
