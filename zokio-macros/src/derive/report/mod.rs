//! The report of a machine: its graph as text ([`tree`]), for Graphviz ([`dot`]), and all of it as data ([`json`]).

mod dot;
mod json;
mod tree;

use super::generate::{awaited, held};
use super::graph::StateId;
use super::model::Model;
use super::words::End;
use crate::report::{Attribute, Build, place};

/// The `kind` in reports.
const KIND: &str = "machine";

/// What is known about one machine.
#[derive(Debug)]
pub(super) struct Report {
    package: String,
    krate: String,
    item: String,
    file: String,
    line: usize,
    attribute: Attribute,
    /// The state in which it begins.
    start: usize,
    states: Vec<Row>,
}

/// What is known about one state.
#[derive(Debug)]
struct Row {
    name: String,
    line: usize,
    /// The field that it waits for, if it waits.
    awaits: Option<String>,
    /// The other fields.
    holds: Vec<String>,
    end: Option<End>,
    /// The numbers of the states that may follow.
    to: Vec<usize>,
}

impl Report {
    pub(super) fn new(model: &Model, build: &Build) -> Self {
        let (file, line) = place::of(model.name.span());
        let states = model.states.iter().map(|state| Row {
            name: state.name.to_string(),
            line: place::of(state.name.span()).1,
            awaits: awaited(state),
            holds: held(state),
            end: state.end,
            to: model.graph[state.id].iter().map(|StateId(number)| *number).collect(),
        });
        Self {
            package: build.package.clone(),
            krate: build.krate.clone(),
            item: model.name.to_string(),
            file,
            line,
            attribute: place::of_the_attribute(),
            start: model.start.0,
            states: states.collect(),
        }
    }

    /// The text for people.
    pub(super) fn text(&self) -> String {
        let Self { krate, item, file, line, .. } = self;
        let place = if file.is_empty() { String::new() } else { format!(", {file}:{line}") };
        let graph: String = tree::tree(self).iter().map(|line| format!("  {line}\n")).collect();
        format!("{KIND} {item}, crate {krate}{place}\n{graph}")
    }
}

/// Writes the files.
pub(super) fn write(model: &Model, build: &Build) -> Result<(), String> {
    let report = Report::new(model, build);
    let files = [("json", json::json(&report)), ("txt", report.text()), ("dot", dot::dot(&report))];
    place::write((&report.item, &report.file, report.line), &files, build)
}

#[cfg(test)]
mod tests;
