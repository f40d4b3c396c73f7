//! The graph in Graphviz's language: `dot -Tsvg` draws it.

use super::Report;
use crate::derive::words::End;

/// The file's text.
pub(super) fn dot(report: &Report) -> String {
    let Report { item, states, start, .. } = report;
    let mut dot = format!("digraph \"{item}\" {{\n  node [shape = box, style = rounded];\n  start [shape = point];\n");
    for (number, state) in states.iter().enumerate() {
        let awaits = state.awaits.as_ref().map(|future| format!("\\n{}.await", escaped(future))).unwrap_or_default();
        let shape = match state.end {
            Some(End::Returned) => ", peripheries = 2",
            Some(End::Failed) => ", peripheries = 2, style = \"rounded, dashed\"",
            None => "",
        };
        dot += &format!("  {number} [label = \"{}{awaits}\"{shape}];\n", state.name);
    }
    dot += &format!("  start -> {start};\n");
    for (number, state) in states.iter().enumerate() {
        for to in &state.to {
            dot += &format!("  {number} -> {to};\n");
        }
    }
    dot + "}\n"
}

/// Types may have anything in them.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}
