//! The report as JSON, beside those of runtimes: of another kind, with states instead of decisions.

use super::{KIND, Report, Row, tree};
use crate::derive::words::End;
use crate::report::json::{SCHEMA, array, attribute, object, string};

/// The file's text.
pub(super) fn json(report: &Report) -> String {
    let Report { package, krate, item, file, line, start, states, .. } = report;
    object(&[
        ("schema", SCHEMA.to_string()),
        ("package", string(package)),
        ("crate", string(krate)),
        ("item", string(item)),
        ("kind", string(KIND)),
        ("file", string(file)),
        ("line", line.to_string()),
        ("attribute", attribute(&report.attribute)),
        ("start", string(&states[*start].name)),
        ("states", array(states.iter().map(|state| self::state(state, states)))),
        ("graph", array(tree::tree(report).iter().map(|line| string(line)))),
    ])
}

fn state(state: &Row, states: &[Row]) -> String {
    let Row { name, line, awaits, holds, end, to } = state;
    let list = |names: Vec<String>| format!("[{}]", names.join(", "));
    let end = match end {
        None => "null",
        Some(End::Returned) => "\"returned\"",
        Some(End::Failed) => "\"failed\"",
    };
    format!(
        r#"{{"name": {}, "line": {line}, "awaits": {}, "holds": {}, "end": {end}, "to": {}}}"#,
        string(name),
        awaits.as_deref().map_or_else(|| "null".to_owned(), string),
        list(holds.iter().map(|field| string(field)).collect()),
        list(to.iter().map(|number| string(&states[*number].name)).collect()),
    )
}
