//! Reports as they are written.

use crate::names::Kind;
use crate::report::{Attribute, By, Decision, Report, json, text};

fn report() -> Report {
    Report {
        package: "echo".to_owned(),
        krate: "echo".to_owned(),
        item: "main".to_owned(),
        kind: Kind::Main,
        file: "src/main.rs".to_owned(),
        line: 3,
        attribute: Attribute {
            file: "src/main.rs".to_owned(),
            line: 2,
            text: "#[zokio::main(workers = 2)]".to_owned(),
        },
        decisions: vec![
            Decision::new("workers", "2", By::User, "as written"),
            Decision::new("thread_name", "a \"b\"", By::Default, "the name"),
        ],
        applied: vec!["something".to_owned()],
        possible: Vec::new(),
    }
}

#[test]
fn as_json() {
    let expected = r##"{
  "schema": 1,
  "package": "echo",
  "crate": "echo",
  "item": "main",
  "kind": "main",
  "file": "src/main.rs",
  "line": 3,
  "attribute": {"file": "src/main.rs", "line": 2, "text": "#[zokio::main(workers = 2)]"},
  "decisions": [
    {"key": "workers", "value": "2", "by": "user", "reason": "as written"},
    {"key": "thread_name", "value": "a \"b\"", "by": "default", "reason": "the name"}
  ],
  "applied": [
    "something"
  ],
  "possible": []
}
"##;
    assert_eq!(json::json(&report()), expected);
}

#[test]
fn as_text() {
    let expected = "\
main main, crate echo, src/main.rs:3
  workers      2      user     as written
  thread_name  a \"b\"  default  the name
  applied
    something
";
    assert_eq!(text::text(&report()), expected);
}
