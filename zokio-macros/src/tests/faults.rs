//! Faults are gathered, and each is there once. Their texts are in `ui-tests`.

use proc_macro2::TokenStream;

use super::{build, expand, folder};
use crate::names::{KEYS, Kind};
use crate::runtime::unbuilt::{UNBUILT_KEYS, UNBUILT_VALUES};

/// The messages in an expansion.
fn faults(kind: Kind, arguments: &str, item: &str) -> Vec<String> {
    let target = folder();
    let tokens = expand(kind, arguments, item, &build(target.path()));
    let found = messages(tokens);
    assert!(found.is_empty() || !target.path().join("zokio").exists(), "a faulty attribute has no report");
    found
}

/// The strings in `compile_error! { ".." }`.
fn messages(tokens: TokenStream) -> Vec<String> {
    let file: syn::File = syn::parse2(tokens).unwrap();
    let errors = file.items.into_iter().filter_map(|item| match item {
        syn::Item::Macro(item) if item.mac.path.segments.last().unwrap().ident == "compile_error" => Some(item.mac),
        _ => None,
    });
    errors.map(|error| error.parse_body::<syn::LitStr>().unwrap().value()).collect()
}

#[test]
fn all_faults_of_an_attribute_are_shown_at_once() {
    let arguments = "wrokers = 2, workers = 0, io, queue_capacity = 100, queue_capacity = 64, 7, stats = on,
        timer_resolution = , report = paper";
    let found = faults(Kind::Main, arguments, "fn main(x: u8) {}");
    assert_eq!(found.len(), 11, "{found:#?}");
}

#[test]
fn nothing_is_concluded_from_a_faulty_value() {
    // Without `workers` a test has one worker, where `stealing = true` would be a contradiction.
    let found = faults(Kind::Test, "workers = 0, stealing = true", "async fn works() {}");
    assert_eq!(found.len(), 1, "{found:#?}");
}

#[test]
fn every_message_says_what_to_write() {
    for (kind, arguments, item) in [
        (Kind::Runtime, "worker = 4", "struct App;"),
        (Kind::Runtime, "flavor = \"multi_thread\"", "struct App;"),
        (Kind::Runtime, "", "struct App { field: u8 }"),
        (Kind::Main, "workers = 1, stealing = true", "async fn main() {}"),
        (Kind::Main, "io = mio, ring_entries = 64", "async fn main() {}"),
        (Kind::Main, "flavor = \"current_thread\", worker_threads = 2", "async fn main() {}"),
        (Kind::Main, "", "enum Main {}"),
        (Kind::Main, "", "fn main() {}"),
        (Kind::Test, "", "async fn generic<T>() {}"),
    ] {
        let found = faults(kind, arguments, item);
        assert_eq!(found.len(), 1, "{arguments} {item}: {found:#?}");
        assert!(found[0].contains("\nwhy: ") && found[0].contains("\nwrite: "), "{}", found[0]);
    }
}

#[test]
fn what_is_not_built_is_refused() {
    let keys = UNBUILT_KEYS.iter().map(|unbuilt| format!("{} = 1", unbuilt.key));
    let values = UNBUILT_VALUES.iter().map(|unbuilt| format!("{} = {}", unbuilt.key, unbuilt.value));
    for arguments in keys.chain(values) {
        let found = faults(Kind::Main, &arguments, "async fn main() {}");
        assert!(found.len() == 1 && found[0].contains("is not built yet"), "{arguments}: {found:#?}");
    }
}

#[test]
fn a_key_is_either_built_or_not() {
    for unbuilt in UNBUILT_KEYS {
        assert!(KEYS.iter().all(|key| key.name != unbuilt.key), "{}", unbuilt.key);
    }
    for unbuilt in UNBUILT_VALUES {
        assert!(KEYS.iter().any(|key| key.name == unbuilt.key), "{}", unbuilt.key);
    }
}
