//! Which reports are meant: those below a target directory, of the members of a workspace.

use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

use crate::arguments::Query;

/// Where reports are looked for.
#[derive(Debug)]
pub(crate) struct Place {
    /// The folder of all reports. It need not exist.
    pub(crate) folder: PathBuf,
    /// Whose reports there count; `None`: everybody's.
    pub(crate) workspace: Option<Workspace>,
}

/// What cargo says of a workspace. Others may share its target directory.
#[derive(Debug)]
pub(crate) struct Workspace {
    pub(crate) root: PathBuf,
    /// The names of its packages.
    pub(crate) members: Vec<String>,
}

impl Place {
    /// The place that the command line means.
    pub(crate) fn of(query: &Query) -> Result<Self, String> {
        let (target, workspace) = match &query.target_dir {
            Some(target) => (target.clone(), None),
            None => ask_cargo(query).map(|(target, workspace)| (target, Some(workspace)))?,
        };
        Ok(Self { folder: target.join("zokio"), workspace })
    }
}

/// The target directory as cargo has it from its configuration and environment, and the workspace.
fn ask_cargo(query: &Query) -> Result<(PathBuf, Workspace), String> {
    // Cargo says who it is to its subcommands; started by itself, this program takes the one in the path.
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut metadata = Command::new(&cargo);
    metadata.args(["metadata", "--no-deps", "--format-version", "1"]);
    if let Some(path) = &query.manifest_path {
        metadata.arg("--manifest-path").arg(path);
    }
    let remedy = "`--target-dir DIR` shows all reports of a target directory without asking cargo";
    let output =
        metadata.output().map_err(|error| format!("error: cannot run `{}`: {error}\n{remedy}\n", cargo.display()))?;
    if !output.status.success() {
        let cause = String::from_utf8_lossy(&output.stderr);
        return Err(format!("error: `cargo metadata` did not find the workspace\n{}\n{remedy}\n", cause.trim_end()));
    }
    let metadata: Value = serde_json::from_slice(&output.stdout)
        .map_err(|error| format!("error: `cargo metadata` printed what is not JSON: {error}\n{remedy}\n"))?;
    let path = |name: &str| {
        let path = metadata[name].as_str().map(PathBuf::from);
        path.ok_or_else(|| format!("error: `cargo metadata` named no `{name}`\n{remedy}\n"))
    };
    let packages = metadata["packages"].as_array().into_iter().flatten();
    let members = packages.filter_map(|package| package["name"].as_str().map(str::to_owned)).collect();
    Ok((path("target_directory")?, Workspace { root: path("workspace_root")?, members }))
}
