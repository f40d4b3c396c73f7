//! Whether a runtime can be made of the item.

use quote::ToTokens;
use syn::{Attribute, Fields, ItemStruct};

use super::item::{Entry, Item};
use crate::diagnostics::Faults;
use crate::diagnostics::messages::Message;
use crate::names::Kind;

/// Adds what keeps the item from becoming a runtime, and takes attributes off it that would make a second one.
pub(crate) fn check(kind: Kind, item: &mut Item, faults: &mut Faults) {
    second_attribute(kind, item, faults);
    match item {
        Item::Entry(entry) => function(kind, entry, faults),
        Item::Struct(item) => unit_struct(kind, item, faults),
        Item::Other(other) => {
            let message = Message::new(format!("`{kind}` does not go on {}", other.what), it_goes_on(kind))
                .because("there is nothing here that a runtime could drive");
            faults.add(&other.keyword, message);
        }
    }
}

fn it_goes_on(kind: Kind) -> String {
    match kind {
        Kind::Runtime => format!("`{kind}` above `async fn main() {{ .. }}`, or above `struct App;`"),
        Kind::Main => format!("`{kind}` above `async fn main() {{ .. }}`"),
        Kind::Test => format!("`{kind}` above `async fn name_of_the_test() {{ .. }}`"),
    }
}

/// An item has one runtime. The second attribute is not expanded: it would say the same again.
fn second_attribute(kind: Kind, item: &mut Item, faults: &mut Faults) {
    let Some(second) = item.attributes().iter().position(is_entry_point) else { return };
    let Some(attributes) = item.attributes_mut() else { return };
    let second = attributes.remove(second);
    let message = match path(&second).as_str() {
        "test" => Message::new(format!("`#[test]` beside `{kind}`"), format!("`{}` alone", Kind::Test))
            .because(format!("`{}` makes a test by itself", Kind::Test)),
        path => Message::new(format!("`#[{path}]` beside `{kind}`"), "one of them")
            .because("each makes an entry point with a runtime of its own"),
    };
    faults.add(second.path(), message);
}

/// Whether it makes a runtime, a test, or both: ours and tokio's under their crates' names, or imported.
fn is_entry_point(attribute: &Attribute) -> bool {
    let path = path(attribute);
    let (krate, name) = path.rsplit_once("::").unwrap_or(("", &path));
    matches!(name, "runtime" | "main" | "test") && matches!(krate, "" | "zokio" | "tokio" | "core::prelude::v1")
}

fn path(attribute: &Attribute) -> String {
    let path: String = attribute.path().to_token_stream().to_string().split_whitespace().collect();
    path.trim_start_matches("::").to_owned()
}

fn function(kind: Kind, entry: &Entry, faults: &mut Faults) {
    let signature = &entry.signature;
    let name = &signature.ident;
    if signature.asyncness.is_none() {
        let message = Message::new(format!("`{name}` is not `async`"), format!("`async fn {name}`"))
            .because("the runtime drives a future, and the body of an `async fn` is one");
        faults.add(signature.fn_token, message);
    }
    let (whose, caller, rest) = if kind == Kind::Test {
        ("a test", "the test harness", "")
    } else {
        ("`main`", "the system", "; `std::env::args` has the command line")
    };
    if let Some(receiver) = entry.receiver() {
        let message = Message::new(format!("`{name}` is a method"), "a function without `self`, which makes the value")
            .because("a runtime is made for an entry point, and nobody has a `self` before one ran");
        faults.add(receiver, message);
    } else if (kind == Kind::Test || entry.is_main()) && !signature.inputs.is_empty() {
        let message = Message::new(format!("{whose} with arguments"), format!("`async fn {name}()`{rest}"))
            .because(format!("{caller} calls it, and has no argument to give"));
        faults.add(&signature.inputs, message);
    }
    if kind == Kind::Test || entry.is_main() {
        if !signature.generics.params.is_empty() {
            let message = Message::new(format!("{whose} with generics"), format!("`async fn {name}()`"))
                .because("nobody says which types they stand for");
            faults.add(&signature.generics.params, message);
        } else if let Some(bounds) = &signature.generics.where_clause {
            let message = Message::new(format!("{whose} with a `where`"), format!("`async fn {name}()`"))
                .because("there is nothing generic to be bounded");
            faults.add(bounds, message);
        }
    }
}

/// The struct's fields are the runtime's parts.
fn unit_struct(kind: Kind, item: &ItemStruct, faults: &mut Faults) {
    let name = &item.ident;
    if kind != Kind::Runtime {
        let message = Message::new(
            format!("`{kind}` does not go on `struct`"),
            format!("`{}` above the struct, or `{kind}` above an `async fn`", Kind::Runtime),
        )
        .because("it makes an entry point, and a struct has no body to run");
        faults.add(item.struct_token, message);
        return;
    }
    if !item.generics.params.is_empty() {
        let message = Message::new("a runtime with generics", format!("`struct {name};`"))
            .because("the runtime is decided when the attribute is expanded, before anybody names types");
        faults.add(&item.generics.params, message);
    }
    if !is_unit(item) {
        let message = Message::new(
            "a runtime with fields",
            format!("`struct {name};`, and your fields in a struct of their own"),
        )
        .because("the runtime's own parts become the fields");
        faults.add(&item.fields, message);
    }
}

/// Whether a runtime can be made of the struct, if need be without its generics.
pub(crate) fn is_unit(item: &ItemStruct) -> bool {
    matches!(item.fields, Fields::Unit)
}
