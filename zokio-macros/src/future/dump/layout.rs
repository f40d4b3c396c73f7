//! `layout` as text: the tree of slots.

use std::fmt::Write;

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
            What::Field { path, .. } => writeln!(text, "flag: {local}.{} is gone", path.join(".")),
            What::Pattern { pat, .. } => writeln!(text, "flag: {local} is gone as far as `{}`", texts.code(pat)),
        };
    }
    layout.parts.iter().for_each(|part| tree(part, 0, texts, &mut text));
    text
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
