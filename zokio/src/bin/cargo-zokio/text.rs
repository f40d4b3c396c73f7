//! Reports as text: for people, or as JSON.

use std::fmt::Write;

use serde_json::Value;

use crate::report::{About, Decision, Report};

/// All reports as one JSON array, each as it was written.
pub(crate) fn json(reports: &[Report]) -> String {
    let values = reports.iter().map(|report| report.value.clone()).collect();
    format!("{:#}\n", Value::Array(values))
}

/// All reports for people, by package.
pub(crate) fn readable(reports: &[Report]) -> String {
    let packages = reports.chunk_by(|a, b| a.package == b.package);
    packages.map(package).collect::<Vec<_>>().join("\n")
}

fn package(reports: &[Report]) -> String {
    let heading = reports.first().map(|report| format!("package {}\n", report.package)).unwrap_or_default();
    reports.iter().fold(heading, |text, report| text + "\n" + &one(report))
}

fn one(report: &Report) -> String {
    let Report { krate, item, kind, file, line, about, .. } = report;
    let mut text = format!("  {kind} {item}, crate {krate}, {file}:{line}\n");
    match about {
        About::Runtime { decisions, applied, possible } => {
            table(&mut text, decisions);
            list(&mut text, "applied", applied);
            list(&mut text, "possible", possible);
        }
        About::Machine { graph } => {
            for line in graph {
                push(&mut text, format_args!("    {line}\n"));
            }
        }
    }
    text
}

/// Sentences under a heading, where there are any.
fn list(text: &mut String, heading: &str, items: &[String]) {
    if !items.is_empty() {
        push(text, format_args!("    {heading}\n"));
    }
    for item in items {
        push(text, format_args!("      {item}\n"));
    }
}

/// The decisions in aligned columns; the last, the reason, is as long as it is.
fn table(text: &mut String, decisions: &[Decision]) {
    let widest =
        |column: fn(&Decision) -> &str| decisions.iter().map(|row| column(row).chars().count()).max().unwrap_or(0);
    let (keys, values, by) = (widest(|row| &row.key), widest(|row| &row.value), widest(|row| &row.by));
    for row in decisions {
        let Decision { key, value, by: who, reason } = row;
        push(text, format_args!("    {key:<keys$}  {value:<values$}  {who:<by$}  {reason}\n"));
    }
}

fn push(text: &mut String, line: std::fmt::Arguments<'_>) {
    text.write_fmt(line).expect("a string takes whatever is written to it");
}
