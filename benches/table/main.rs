//! Writes the results of the last run as tables into `benches/README.md`, between its markers, and prints them.
//!
//! ```text
//! cargo bench -p zokio-benches --features peers
//! cargo bench -p zokio-benches --bench instructions --profile dev
//! cargo run -p zokio-benches --bin table
//! ```

mod corpus;
mod machine;
mod markdown;
mod readme;
mod results;

use std::{env, fs, io, path::PathBuf};

fn main() -> io::Result<()> {
    let benches = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let workspace = benches.parent().expect("benches is in the workspace");
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| workspace.join("target"), |dir| workspace.join(dir));
    let measured = env::var_os("CRITERION_HOME").map_or_else(|| target.join("criterion"), PathBuf::from);

    let lock = fs::read_to_string(workspace.join("Cargo.lock"))?;
    let readme = benches.join("README.md");
    let mut written = fs::read_to_string(&readme)?;
    // Each section stays as it is until its benches have run.
    let runtimes = results::read(&measured);
    if let Ok(results) = &runtimes {
        let text = format!("{}\n{}", machine::describe(&lock, results)?, markdown::tables(results));
        print!("{text}");
        written = readme::with_tables(&written, "tables", &text)?;
    }
    let corpus = corpus::tables(&measured)?;
    if corpus.is_empty() {
        runtimes?;
    } else {
        let text = format!("{}\n{corpus}", machine::compiler()?);
        print!("{text}");
        written = readme::with_tables(&written, "corpus", &text)?;
    }
    fs::write(readme, written)
}
