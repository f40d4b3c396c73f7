//! Tests of the whole pipeline, without a compiler around it.

mod decisions;
mod faults;
mod reports;
pub(crate) mod snapshots;

use std::path::Path;

use proc_macro2::TokenStream;
use tempfile::TempDir;

use crate::names::Kind;
use crate::report::Build;

/// An empty folder, which goes with what is returned.
pub(crate) fn folder() -> TempDir {
    tempfile::Builder::new().prefix("zokio-macros-").tempdir().unwrap()
}

/// The build of a package `app`, with its target directory.
pub(crate) fn build(target: &Path) -> Build {
    Build { package: "app".to_owned(), krate: "app".to_owned(), target: Ok(target.to_owned()) }
}

/// Expands `#[zokio::<kind>(arguments)] item`.
fn expand(kind: Kind, arguments: &str, item: &str, build: &Build) -> TokenStream {
    crate::runtime::expand(kind, arguments.parse().unwrap(), item.parse().unwrap(), build)
}
