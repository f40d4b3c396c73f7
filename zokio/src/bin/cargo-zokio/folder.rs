//! Where the reports are: below the workspace's target directory.

use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

use crate::arguments::Query;

/// The folder of all reports. It need not exist.
pub(crate) fn reports(query: &Query) -> Result<PathBuf, String> {
    let target = match &query.target_dir {
        Some(target) => target.clone(),
        None => ask_cargo(query)?,
    };
    Ok(target.join("zokio"))
}

/// The target directory as cargo has it from its configuration and environment.
fn ask_cargo(query: &Query) -> Result<PathBuf, String> {
    // Cargo says who it is to its subcommands; started by itself, this program takes the one in the path.
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut metadata = Command::new(&cargo);
    metadata.args(["metadata", "--no-deps", "--format-version", "1"]);
    if let Some(path) = &query.manifest_path {
        metadata.arg("--manifest-path").arg(path);
    }
    let remedy = "`--target-dir DIR` says where the target directory is without asking cargo";
    let output =
        metadata.output().map_err(|error| format!("error: cannot run `{}`: {error}\n{remedy}\n", cargo.display()))?;
    if !output.status.success() {
        let cause = String::from_utf8_lossy(&output.stderr);
        return Err(format!("error: `cargo metadata` did not find the workspace\n{}\n{remedy}\n", cause.trim_end()));
    }
    let metadata: Value = serde_json::from_slice(&output.stdout)
        .map_err(|error| format!("error: `cargo metadata` printed what is not JSON: {error}\n{remedy}\n"))?;
    match metadata["target_directory"].as_str() {
        Some(target) => Ok(target.into()),
        None => Err(format!("error: `cargo metadata` named no target directory\n{remedy}\n")),
    }
}
