//! One report, checked against the schema that the macro writes.

use std::str::FromStr;

use serde_json::{Map, Value};

/// The schema that this program reads.
const SCHEMA: u64 = 1;

/// The report of one runtime, or of one state machine.
#[derive(Debug)]
pub(crate) struct Report {
    pub(crate) package: String,
    pub(crate) krate: String,
    pub(crate) item: String,
    pub(crate) kind: String,
    pub(crate) file: String,
    pub(crate) line: u64,
    pub(crate) attribute: Attribute,
    pub(crate) about: About,
    /// All of it, as it was read.
    pub(crate) value: Value,
}

/// What a report is about, and says of it.
#[derive(Debug)]
pub(crate) enum About {
    Runtime {
        decisions: Vec<Decision>,
        applied: Vec<String>,
        possible: Vec<String>,
    },
    Machine {
        /// The lines of the drawing.
        graph: Vec<String>,
    },
}

/// The attribute as the compiler read it.
#[derive(Debug)]
pub(crate) struct Attribute {
    pub(crate) file: String,
    pub(crate) line: u64,
    /// Its first line.
    pub(crate) text: String,
}

/// What one key of the attribute was set to.
#[derive(Debug)]
pub(crate) struct Decision {
    pub(crate) key: String,
    pub(crate) value: String,
    pub(crate) by: String,
    pub(crate) reason: String,
}

impl Report {
    /// What reports are sorted by.
    pub(crate) fn place(&self) -> (&str, &str, &str, u64, &str) {
        (&self.package, &self.krate, &self.file, self.line, &self.item)
    }
}

impl FromStr for Report {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let value: Value = serde_json::from_str(text).map_err(|error| format!("not JSON: {error}"))?;
        match number(&value, "schema")? {
            SCHEMA => {}
            other => {
                return Err(format!(
                    "its schema is {other}, and cargo-zokio {} reads {SCHEMA}: install the cargo-zokio of the zokio that wrote it",
                    env!("CARGO_PKG_VERSION")
                ));
            }
        }
        let package = text_of(&value, "package")?;
        let krate = text_of(&value, "crate")?;
        let item = text_of(&value, "item")?;
        let kind = one_of(&value, "kind", &["runtime", "main", "test", "machine"])?;
        Ok(Self {
            package,
            krate,
            item,
            file: text_of(&value, "file")?,
            line: number(&value, "line")?,
            attribute: attribute(field(&value, "attribute", "an object", Value::as_object)?)?,
            about: if kind == "machine" { machine(&value) } else { runtime(&value) }?,
            kind,
            value,
        })
    }
}

fn runtime(value: &Value) -> Result<About, String> {
    Ok(About::Runtime {
        decisions: list(value, "decisions")?.iter().map(decision).collect::<Result<_, _>>()?,
        applied: texts(value, "applied")?,
        possible: texts(value, "possible")?,
    })
}

fn machine(value: &Value) -> Result<About, String> {
    Ok(About::Machine { graph: texts(value, "graph")? })
}

fn attribute(fields: &Map<String, Value>) -> Result<Attribute, String> {
    let value = Value::Object(fields.clone());
    Ok(Attribute { file: text_of(&value, "file")?, line: number(&value, "line")?, text: text_of(&value, "text")? })
}

fn decision(value: &Value) -> Result<Decision, String> {
    Ok(Decision {
        key: text_of(value, "key")?,
        value: text_of(value, "value")?,
        by: one_of(value, "by", &["user", "default", "derived"])?,
        reason: text_of(value, "reason")?,
    })
}

fn field<'a, T>(value: &'a Value, name: &str, kind: &str, read: impl Fn(&'a Value) -> Option<T>) -> Result<T, String> {
    let field = value.get(name).ok_or_else(|| format!("it has no `{name}`"))?;
    read(field).ok_or_else(|| format!("its `{name}` is not {kind}"))
}

fn number(value: &Value, name: &str) -> Result<u64, String> {
    field(value, name, "a whole number", Value::as_u64)
}

fn text_of(value: &Value, name: &str) -> Result<String, String> {
    field(value, name, "a string", Value::as_str).map(str::to_owned)
}

fn list<'a>(value: &'a Value, name: &str) -> Result<&'a Vec<Value>, String> {
    field(value, name, "a list", Value::as_array)
}

fn texts(value: &Value, name: &str) -> Result<Vec<String>, String> {
    let texts = list(value, name)?.iter().map(|item| item.as_str().map(str::to_owned)).collect::<Option<_>>();
    texts.ok_or_else(|| format!("its `{name}` is not a list of strings"))
}

fn one_of(value: &Value, name: &str, known: &[&str]) -> Result<String, String> {
    let text = text_of(value, name)?;
    if known.contains(&text.as_str()) {
        Ok(text)
    } else {
        Err(format!("its `{name}` is `{text}`, not one of {known:?}"))
    }
}

#[cfg(test)]
mod tests {
    use super::Report;

    #[test]
    fn what_is_wrong_with_a_report_is_named() {
        for (text, error) in [
            ("{", "not JSON: EOF while parsing an object at line 1 column 1"),
            ("[]", "it has no `schema`"),
            (r#"{"schema": "1"}"#, "its `schema` is not a whole number"),
            (r#"{"schema": 1}"#, "it has no `package`"),
            (r#"{"schema": 1, "package": 7}"#, "its `package` is not a string"),
            (
                r#"{"schema": 1, "package": "p", "crate": "c", "item": "i", "kind": "future"}"#,
                r#"its `kind` is `future`, not one of ["runtime", "main", "test", "machine"]"#,
            ),
        ] {
            assert_eq!(text.parse::<Report>().map(|_| ()), Err(error.to_owned()), "{text}");
        }
        let newer = r#"{"schema": 2}"#.parse::<Report>().unwrap_err();
        assert!(newer.starts_with("its schema is 2, and cargo-zokio "), "{newer}");
    }
}
