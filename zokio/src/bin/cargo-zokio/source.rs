//! Whether the source that a report was made of is still there: cargo does not take a report away with its runtime.

use std::fs;
use std::path::Path;

use crate::report::Report;

/// Whether item and attribute stand where the compiler saw them. Names of files are relative to the workspace's root.
pub(crate) fn has(root: &Path, report: &Report) -> bool {
    let attribute = &report.attribute;
    line(root, &report.file, report.line).is_some_and(|line| has_word(&line, &report.item))
        && line(root, &attribute.file, attribute.line).is_some_and(|line| line.contains(&attribute.text))
}

fn line(root: &Path, file: &str, number: u64) -> Option<String> {
    let text = fs::read_to_string(root.join(file)).ok()?;
    let before = usize::try_from(number).ok()?.checked_sub(1)?;
    text.lines().nth(before).map(str::to_owned)
}

/// Whether the word is there, not only as a part of another.
fn has_word(line: &str, word: &str) -> bool {
    line.split(|letter: char| !letter.is_alphanumeric() && letter != '_')
        .any(|part| part == word.trim_start_matches("r#"))
}
