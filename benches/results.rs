//! Where the corpus' benches leave what they have measured, for `table`.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

use serde_json::Value;

/// `target/corpus`.
pub fn directory() -> PathBuf {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("benches is in the workspace");
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| workspace.join("target"), |dir| workspace.join(dir));
    target.join("corpus")
}

/// Keeps what was measured as `name`.
///
/// # Errors
///
/// Those of the file system.
pub fn write(name: &str, measured: &Value) -> io::Result<()> {
    fs::create_dir_all(directory())?;
    fs::write(directory().join(name).with_extension("json"), format!("{measured:#}\n"))
}

/// What was measured as `name`, if it was.
pub fn read(name: &str) -> Option<Value> {
    serde_json::from_str(&fs::read_to_string(directory().join(name).with_extension("json")).ok()?).ok()
}
