//! Tests of the whole pipeline, without a compiler around it.

mod decisions;
mod faults;
mod reports;
mod snapshots;

use std::path::PathBuf;

use proc_macro2::TokenStream;

use crate::names::Kind;
use crate::report::Build;

/// An empty folder for one test.
pub(crate) fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("zokio-macros-{}", std::process::id())).join(name);
    if folder.exists() {
        std::fs::remove_dir_all(&folder).unwrap();
    }
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// The build of a package `app`, with its target directory.
fn build(target: PathBuf) -> Build {
    Build { package: "app".to_owned(), krate: "app".to_owned(), target: Ok(target) }
}

/// Expands `#[zokio::<kind>(arguments)] item`.
fn expand(kind: Kind, arguments: &str, item: &str, build: &Build) -> TokenStream {
    crate::runtime::expand(kind, arguments.parse().unwrap(), item.parse().unwrap(), build)
}
