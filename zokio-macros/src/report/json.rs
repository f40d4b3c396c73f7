//! The report as JSON: one decision a line, so that differences are short.

use super::{Attribute, Decision, Report};

/// The schema of the file. It changes when a reader would have to.
pub(crate) const SCHEMA: u32 = 1;

/// The report as a file's text.
pub(super) fn json(report: &Report) -> String {
    let Report { package, krate, item, kind, file, line, attribute, decisions, applied, possible } = report;
    let fields = [
        ("schema", SCHEMA.to_string()),
        ("package", string(package)),
        ("crate", string(krate)),
        ("item", string(item)),
        ("kind", string(kind.name())),
        ("file", string(file)),
        ("line", line.to_string()),
        ("attribute", self::attribute(attribute)),
        ("decisions", array(decisions.iter().map(decision))),
        ("applied", array(applied.iter().map(|item| string(item)))),
        ("possible", array(possible.iter().map(|item| string(item)))),
    ];
    object(&fields)
}

/// An object as a file's text, one field a line.
pub(crate) fn object(fields: &[(&str, String)]) -> String {
    let fields: Vec<String> = fields.iter().map(|(name, value)| format!("  {}: {value}", string(name))).collect();
    format!("{{\n{}\n}}\n", fields.join(",\n"))
}

pub(crate) fn attribute(attribute: &Attribute) -> String {
    let Attribute { file, line, text } = attribute;
    format!(r#"{{"file": {}, "line": {line}, "text": {}}}"#, string(file), string(text))
}

fn decision(decision: &Decision) -> String {
    let Decision { key, value, by, reason } = decision;
    format!(
        r#"{{"key": {}, "value": {}, "by": {}, "reason": {}}}"#,
        string(key),
        string(value),
        string(by.name()),
        string(reason)
    )
}

/// One item a line.
pub(crate) fn array(items: impl Iterator<Item = String>) -> String {
    let items: Vec<String> = items.map(|item| format!("    {item}")).collect();
    if items.is_empty() { "[]".to_owned() } else { format!("[\n{}\n  ]", items.join(",\n")) }
}

/// A string with quotes and escapes (RFC 8259, section 7).
pub(crate) fn string(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            control if u32::from(control) < 0x20 => out.push_str(&format!("\\u{:04x}", u32::from(control))),
            other => out.push(other),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::string;

    #[test]
    fn strings_are_escaped() {
        assert_eq!(string("a\"b\\c\n\r\t\u{1}/é"), r#""a\"b\\c\n\r\t\u0001/é""#);
    }
}
