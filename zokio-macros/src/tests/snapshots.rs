//! Whole expansions, readable: `UPDATE_SNAPSHOTS=1` writes them anew.

use std::path::Path;

use proc_macro2::TokenStream;

use super::{build, expand, folder};
use crate::names::Kind;

/// Compares the expansion of an attribute with `snapshots/<name>.expanded.rs`.
#[track_caller]
fn snapshot(name: &str, kind: Kind, arguments: &str, item: &str) {
    compare(name, expand(kind, arguments, item, &build(folder().path())));
}

/// Compares an expansion with `snapshots/<name>.expanded.rs`.
#[track_caller]
pub(crate) fn compare(name: &str, tokens: TokenStream) {
    let expanded = prettyplease::unparse(&syn::parse2(tokens).unwrap());
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("src/snapshots/{name}.expanded.rs"));
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        std::fs::write(&path, &expanded).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    assert!(expanded == kept, "{name}: write it anew with UPDATE_SNAPSHOTS=1 and read the difference\n{expanded}");
}

#[test]
fn a_struct_with_several_workers() {
    snapshot("several_workers", Kind::Runtime, "workers = 2, io = uring", "/// Mine.\npub struct App;");
}

#[test]
fn a_main_with_everything_said() {
    let arguments = "workers = 4, stealing = false, strategy = round_robin, queue_capacity = 64, io = auto,
        ring_entries = 1024, memory = general, blocking_threads = 8, timer_resolution = \"250us\",
        thread_name = \"echo\", report = file, crate = my::zokio";
    let item = "async fn main() -> std::io::Result<()> { serve().await?; Ok(()) }";
    snapshot("everything_said", Kind::Main, arguments, item);
}

#[test]
fn a_test_with_nothing_said() {
    snapshot("nothing_said", Kind::Test, "", "#[should_panic] async fn fails() { panic!() }");
}
