//! Reports as they are written.

use super::{Report, dot, json};
use crate::derive::input::Input;
use crate::derive::model::Model;
use crate::diagnostics::Faults;
use crate::report::Build;

const FETCH: &str = "
    #[state_machine(start = Connecting)]
    enum Fetch {
        #[state(to(Reading, Failed))] Connecting { #[future] connect: Connect, host: String },
        #[state(to(Reading, Done, Failed))] Reading(#[future] Box<Read>, Buffer<4>),
        #[state(end)] Done,
        #[state(failed)] Failed(#[future] Close, io::Error),
    }";

fn report(source: &str) -> Report {
    let mut faults = Faults::default();
    let input = Input::read(source.parse().unwrap(), &mut faults).unwrap();
    let model = Model::new(input, &mut faults).unwrap();
    assert!(faults.is_empty(), "{:?}", faults.texts());
    let build = Build { package: "web".to_owned(), krate: "app".to_owned(), target: Err(String::new()) };
    Report { file: "src/fetch.rs".to_owned(), line: 3, ..Report::new(&model, &build) }
}

#[test]
fn as_text() {
    let expected = "\
machine Fetch, crate app, src/fetch.rs:3
  Connecting: awaits connect, holds host
  ├─ Reading: awaits Box<Read>, holds Buffer<4>
  │  ├─ Reading (*)
  │  ├─ Done: end
  │  └─ Failed: end, failed, awaits Close, holds io::Error
  └─ Failed (*)
";
    assert_eq!(report(FETCH).text(), expected);
}

#[test]
fn as_json() {
    let expected = r#"{
  "schema": 1,
  "package": "web",
  "crate": "app",
  "item": "Fetch",
  "kind": "machine",
  "file": "src/fetch.rs",
  "line": 3,
  "attribute": {"file": "", "line": 0, "text": ""},
  "start": "Connecting",
  "states": [
    {"name": "Connecting", "line": 0, "awaits": "connect", "holds": ["host"], "end": null, "to": ["Reading", "Failed"]},
    {"name": "Reading", "line": 0, "awaits": "Box<Read>", "holds": ["Buffer<4>"], "end": null, "to": ["Reading", "Done", "Failed"]},
    {"name": "Done", "line": 0, "awaits": null, "holds": [], "end": "returned", "to": []},
    {"name": "Failed", "line": 0, "awaits": "Close", "holds": ["io::Error"], "end": "failed", "to": []}
  ],
  "graph": [
    "Connecting: awaits connect, holds host",
    "├─ Reading: awaits Box<Read>, holds Buffer<4>",
    "│  ├─ Reading (*)",
    "│  ├─ Done: end",
    "│  └─ Failed: end, failed, awaits Close, holds io::Error",
    "└─ Failed (*)"
  ]
}
"#;
    assert_eq!(json::json(&report(FETCH)), expected);
}

#[test]
fn for_graphviz() {
    let expected = r#"digraph "Fetch" {
  node [shape = box, style = rounded];
  start [shape = point];
  0 [label = "Connecting\nconnect.await"];
  1 [label = "Reading\nBox<Read>.await"];
  2 [label = "Done", peripheries = 2];
  3 [label = "Failed\nClose.await", peripheries = 2, style = "rounded, dashed"];
  start -> 0;
  0 -> 1;
  0 -> 3;
  1 -> 1;
  1 -> 2;
  1 -> 3;
}
"#;
    assert_eq!(dot::dot(&report(FETCH)), expected);
    let odd = dot::dot(&report(r#"#[state_machine(start = A)] enum Odd { #[state(end)] A(#[future] Wait<"\"">) }"#));
    assert!(odd.contains(r#"[label = "A\nWait<\"\\\"\">.await", peripheries = 2];"#), "{odd}");
}
