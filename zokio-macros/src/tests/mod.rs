//! Tests of the whole pipeline, without a compiler around it.

mod decisions;
mod faults;
mod reports;
pub(crate) mod snapshots;

use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use proc_macro2::TokenStream;

use crate::names::Kind;
use crate::report::Build;

/// An empty folder, another one for each call: tests run at the same time.
pub(crate) fn folder(name: &str) -> PathBuf {
    static CALLS: AtomicUsize = AtomicUsize::new(0);
    // ORDERING: relaxed; nothing but the numbers' being different matters.
    let call = CALLS.fetch_add(1, Ordering::Relaxed);
    let folder = std::env::temp_dir().join(format!("zokio-macros-{}-{call}", std::process::id())).join(name);
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
