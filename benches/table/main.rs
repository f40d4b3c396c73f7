//! Writes the results of the last run as tables into `benches/README.md`, between its markers, and prints them.
//!
//! ```text
//! cargo bench -p zokio-benches --features peers
//! cargo run -p zokio-benches --bin table
//! ```

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

    let results = results::read(&measured)?;
    let lock = fs::read_to_string(workspace.join("Cargo.lock"))?;
    let text = format!("{}\n{}", machine::describe(&lock, &results)?, markdown::tables(&results));
    print!("{text}");

    let readme = benches.join("README.md");
    let written = readme::with_tables(&fs::read_to_string(&readme)?, &text)?;
    fs::write(readme, written)
}
