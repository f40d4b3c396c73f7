//! The report as text, in aligned columns.

use super::{Decision, Report};

/// The report for people.
pub(crate) fn text(report: &Report) -> String {
    let Report { krate, item, kind, file, line, decisions, applied, possible, .. } = report;
    let place = if file.is_empty() { String::new() } else { format!(", {file}:{line}") };
    let mut text = format!("{} {item}, crate {krate}{place}\n", kind.name());
    let widest = |column: fn(&Decision) -> &str| decisions.iter().map(|row| column(row).chars().count()).max();
    let keys = widest(|row| row.key).unwrap_or(0);
    let values = widest(|row| &row.value).unwrap_or(0);
    let by = widest(|row| row.by.name()).unwrap_or(0);
    for Decision { key, value, by: who, reason } in decisions {
        text += &format!("  {key:<keys$}  {value:<values$}  {:<by$}  {reason}\n", who.name());
    }
    for (heading, items) in [("applied", applied), ("possible", possible)] {
        if !items.is_empty() {
            text += &format!("  {heading}\n");
        }
        for item in items {
            text += &format!("    {item}\n");
        }
    }
    text
}
