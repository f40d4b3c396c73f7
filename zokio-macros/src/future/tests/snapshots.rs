//! What each pass makes of a body, as it was last looked at: `UPDATE_SNAPSHOTS=1` writes it anew.

use std::fmt::Write;
use std::path::Path;

use super::bodies::BODIES;
use super::{dumped, updates};

#[test]
fn passes_make_of_bodies_what_they_made() {
    let mut changed = Vec::new();
    for (name, function) in BODIES {
        let mut text = String::new();
        for (pass, made) in dumped(function) {
            let _ = write!(text, "== {pass}\n\n{made}\n");
        }
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("src/snapshots/passes/{name}.txt"));
        if updates() {
            std::fs::write(&path, &text).unwrap();
        }
        if std::fs::read_to_string(&path).ok().as_ref() != Some(&text) {
            changed.push(format!("{}:\n{text}", path.display()));
        }
    }
    assert!(
        changed.is_empty(),
        "write them anew with UPDATE_SNAPSHOTS=1 and read the difference\n{}",
        changed.concat()
    );
}
