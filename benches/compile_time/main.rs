//! How long a crate of two hundred async functions takes to check and to build: as they are, and as machines.
//!
//! ```text
//! cargo bench -p zokio-benches --bench compile_time
//! ```
//!
//! The crate consists of the corpus, as often as it takes. It is compiled with several meanings of the corpus' `compiled!`, so that
//! the shares show: what the macro itself takes, the witness, and the machine. What is `used` is as users have it: where the compiler only
//! checks, without machines. `coroutines` is that with `ZOKIO_DEBUG=coroutines`.

mod measure;
mod program;

use std::process::ExitCode;
use std::{env, io};

use serde_json::{Map, Value, json};
use zokio_benches::results;

use self::measure::Command;
use self::program::{Program, VARIANTS, Variant};

/// At least so many functions.
const FUNCTIONS: usize = 200;

/// As many as show which was disturbed.
const ROUNDS: usize = 3;

fn main() -> ExitCode {
    // `cargo test --benches` runs benches too: this one takes minutes.
    if !env::args().any(|argument| argument == "--bench") {
        return ExitCode::SUCCESS;
    }
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("compile_time: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> io::Result<()> {
    let program = Program::write(&results::directory().join("compile_time"), FUNCTIONS)?;
    println!("{} functions; processor seconds, the lowest of {ROUNDS} rounds", program.functions);
    let mut measured = Map::new();
    for command in [Command::Check, Command::Build, Command::Release] {
        // What the crate depends on is compiled before the clock starts.
        command.run(&program, &VARIANTS[0])?;
        let mut lowest = [f64::INFINITY; VARIANTS.len()];
        for _ in 0..ROUNDS {
            for (variant, lowest) in VARIANTS.iter().zip(&mut lowest) {
                *lowest = lowest.min(command.run(&program, variant)?);
            }
        }
        let figures = VARIANTS.iter().zip(lowest);
        for (Variant { name, .. }, seconds) in figures.clone() {
            println!("{:7} {name:10} {seconds:.2}", command.name());
        }
        let figures = figures.map(|(variant, seconds)| (variant.name.to_owned(), json!(seconds)));
        measured.insert(command.name().to_owned(), Value::Object(figures.collect()));
    }
    measured.insert("functions".to_owned(), json!(program.functions));
    results::write("compile_time", &Value::Object(measured))
}
