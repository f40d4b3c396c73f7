//! `liveness` as text: what was decided of each use, what each await holds, where each local lives, what may not share memory.

use std::fmt::Write;

use super::flow::place;
use super::names::Texts;
use crate::future::flow::{Action, Flow, How};
use crate::future::generate::Home;
use crate::future::liveness::{Bound, Decision, Liveness};
use crate::future::local::LocalId;
use crate::future::order::Nodes;

pub(super) fn text(liveness: &Liveness, homes: &[Home], flow: &Flow, nodes: &Nodes, texts: &Texts<'_>) -> String {
    let mut text = String::new();
    for (id, point) in flow.points.iter().enumerate() {
        let Action::Use(used, how) = point.action else { continue };
        let decided = match how {
            How::Bound(binding) => liveness.bound[binding].map(left),
            _ => liveness.decisions[used.0].map(word),
        };
        if let Some(decided) = decided {
            let _ = writeln!(text, "{id:>3}  {} {decided}", place(used, flow, texts));
        }
    }
    for (index, (held, certain)) in liveness.held.iter().zip(&liveness.certain).enumerate() {
        let sure = texts.list(held.iter().filter(|local| certain.contains(*local)));
        let perhaps = texts.list(held.iter().filter(|local| !certain.contains(*local)));
        let perhaps = if perhaps.is_empty() { perhaps } else { format!(", perhaps {perhaps}") };
        let _ = writeln!(text, "await {} ({}) holds {sure}{perhaps}", index + 1, nodes.sources[index].name);
    }
    for (home, name) in [(Home::Frame, "frame"), (Home::Stack, "stack"), (Home::Plain, "plain")] {
        let here = texts.list(texts.locals.ids().filter(|local| homes[local.0] == home));
        if !here.is_empty() {
            let _ = writeln!(text, "{name}: {here}");
        }
    }
    let framed = |local: &LocalId| homes[local.0] == Home::Frame;
    for local in texts.locals.ids().filter(framed) {
        let beside = texts.list(liveness.conflicts[local.0].iter().filter(framed));
        if !beside.is_empty() {
            let _ = writeln!(text, "{} beside {beside}", texts.local(local));
        }
    }
    text
}

fn word(decision: Decision) -> &'static str {
    match decision {
        Decision::Take => "is moved",
        Decision::Copy => "is copied",
        Decision::Place => "stays",
        Decision::Part(_) => "is moved, the rest stays",
        Decision::AskPart(_) => "may be consumed, the rest stays",
        Decision::Ask => "may be consumed",
        Decision::Assign { full: true } => "is assigned",
        Decision::Assign { full: false } => "is assigned, if it is full or not",
        Decision::Unbox => "may be unboxed",
        Decision::Matched => "is matched where it is",
        Decision::Bare => "is the pattern's",
    }
}

fn left(bound: Bound) -> &'static str {
    match bound {
        Bound::Whole => "is moved by its pattern",
        Bound::Parts => "is moved by its pattern, the rest stays",
        Bound::Copies => "is copied by its pattern",
    }
}
