//! `layout` as text: the tree of slots.

use std::fmt::Write;

use quote::ToTokens;
use syn::Member;

use super::names::Texts;
use crate::future::generate::{Moved, What};
use crate::future::layout::{Layout, Part};

pub(super) fn text(layout: &Layout, parts: &[Moved], texts: &Texts<'_>) -> String {
    let mut text = String::from("tag\n");
    for local in &layout.flags {
        let _ = writeln!(text, "flag: {} is full", texts.local(*local));
    }
    for moved in parts {
        let local = texts.local(moved.local);
        let _ = match &moved.what {
            What::Field { part, .. } => {
                writeln!(text, "flag: {} is gone{}", named(&local, &part.path), but(&part.left))
            }
            What::Pattern { pat, .. } => writeln!(text, "flag: {local} is gone as far as `{}`", texts.code(pat)),
        };
    }
    layout.parts.iter().for_each(|part| tree(part, 0, texts, &mut text));
    text
}

/// `a.b.c`
fn named(local: &str, path: &[String]) -> String {
    std::iter::once(local).chain(path.iter().map(String::as_str)).collect::<Vec<_>>().join(".")
}

/// What of it is left.
fn but(left: &[Member]) -> String {
    let left: Vec<String> = left.iter().map(|member| member.to_token_stream().to_string()).collect();
    if left.is_empty() { String::new() } else { format!(" but for {}", left.join(", ")) }
}

fn tree(part: &Part, depth: usize, texts: &Texts<'_>, text: &mut String) {
    let mut line = |line: &str| {
        let _ = writeln!(text, "{:indent$}{line}", "", indent = 4 * depth);
    };
    let (name, parts) = match part {
        Part::Slot(local) => return line(&texts.local(*local)),
        Part::Beside(parts) => ("beside", parts),
        Part::Either(parts) => ("either", parts),
    };
    line(name);
    parts.iter().for_each(|part| tree(part, depth + 1, texts, text));
}
