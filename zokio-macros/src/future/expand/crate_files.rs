//! Macros that another file of the crate defines.
//!
//! Which of a crate's files belong to it, and in what order, is not looked at: so a macro counts that has its name alone, and that the
//! function's file does not have from elsewhere.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::definitions::definitions;

/// More than any crate has by hand: who has more is not waited for.
const MOST_FILES: usize = 4096;

/// What is known of a crate.
#[derive(Default)]
struct Known {
    /// The texts of files that define macros, or bring those of another crate in.
    texts: Vec<String>,
    /// The rules of the macros that have been asked for, by files that name them in a `use` of the crate's own, and by others.
    rules: HashMap<(String, bool), Option<String>>,
}

thread_local! {
    /// The crates that have been looked through, by their directories.
    static CRATES: RefCell<HashMap<PathBuf, Known>> = RefCell::default();
}

/// The rules of the one macro of this name in the crate that the file is of, if its text does not say that another is meant.
pub(super) fn rules(name: &str, file: &Path, text: &str) -> Option<String> {
    if uses(name, text).any(|own| !own) {
        return None;
    }
    let is_from_here = uses(name, text).any(|own| own);
    let directory = directory(file)?;
    CRATES.with_borrow_mut(|crates| {
        let all = |directory: &PathBuf| Known { texts: texts(directory), ..Known::default() };
        let Known { texts, rules } = crates.entry(directory).or_insert_with_key(all);
        rules.entry((name.to_owned(), is_from_here)).or_insert_with(|| only(name, texts, is_from_here)).clone()
    })
}

fn only(name: &str, texts: &[String], is_from_here: bool) -> Option<String> {
    let all = texts.iter().filter(|text| text.contains(name)).flat_map(|text| definitions(text));
    let mut named = all.filter(|it| it.name == name);
    let (first, second) = (named.next()?, named.next());
    // What another crate brings in unnamed comes behind whatever has the name otherwise.
    let is_meant = is_from_here || first.exported || !texts.iter().any(|text| brings_others(text));
    (second.is_none() && !first.cfg && is_meant).then_some(first.rules)
}

/// The directory of the crate's first file.
fn directory(file: &Path) -> Option<PathBuf> {
    let file = file.canonicalize().ok()?;
    let is_root = |directory: &&Path| ["lib.rs", "main.rs"].iter().any(|root| directory.join(root).is_file());
    file.ancestors().skip(1).take(8).find(is_root).map(Path::to_path_buf)
}

fn texts(directory: &Path) -> Vec<String> {
    let (mut texts, mut directories, mut files) = (Vec::new(), vec![directory.to_path_buf()], 0);
    while let Some(directory) = directories.pop() {
        let Ok(entries) = fs::read_dir(&directory) else { continue };
        for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            if path.is_dir() && name != "target" && !name.starts_with('.') {
                directories.push(path);
            } else if name.ends_with(".rs") {
                files += 1;
                if files > MOST_FILES {
                    return Vec::new();
                }
                texts.extend(
                    fs::read_to_string(&path).ok().filter(|text| text.contains("macro_rules!") || brings_others(text)),
                );
            }
        }
    }
    texts
}

/// Whether a crate's macros are there without being named.
fn brings_others(text: &str) -> bool {
    text.match_indices("extern crate").any(|(at, _)| {
        let head = &text[..at];
        let since = head.rfind([';', '}']).unwrap_or_default();
        head[since..].contains("macro_use")
    })
}

/// The `use`s of the file that may mean a macro of this name: whether each is of this crate.
fn uses(name: &str, text: &str) -> impl Iterator<Item = bool> {
    text.match_indices("use ").filter_map(move |(at, _)| {
        let path = text[at + 4..].split(';').next().unwrap_or_default();
        let own = ["crate", "super", "self"].iter().any(|first| path.trim_start().starts_with(first));
        path.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == name).then_some(own)
    })
}

#[cfg(test)]
mod tests {
    use super::{brings_others, only, uses};

    #[test]
    fn a_macro_of_the_crate_is_imported_from_it() {
        let uses = |text: &str| uses("wait", text).collect::<Vec<_>>();
        assert_eq!(uses("use crate::macros::wait;\nuse tokio::time;"), [true]);
        assert_eq!(uses("use super::{a, wait};"), [true]);
        assert_eq!(uses("use other::{a, wait};"), [false]);
        assert_eq!(uses("use other::wait as await_it, x;"), [false]);
        assert_eq!(uses("use other::x;"), [false; 0]);
    }

    #[test]
    fn what_is_brought_in_comes_behind_what_is_exported_or_imported() {
        let texts = |rules: &str| ["#[macro_use]\nextern crate log;".to_owned(), rules.to_owned()];
        let (hidden, exported) =
            ("macro_rules! wait { () => {}; }", "#[macro_export]\nmacro_rules! wait { () => {}; }");
        assert_eq!(only("wait", &texts(hidden), false), None);
        assert!(only("wait", &texts(hidden), true).is_some());
        assert!(only("wait", &texts(exported), false).is_some());
        assert!(only("wait", &texts(hidden)[1..], false).is_some());
    }

    #[test]
    fn crates_may_bring_others() {
        assert!(brings_others("#[macro_use]\nextern crate log;"));
        assert!(!brings_others("#[macro_use]\nmod macros;\nextern crate log;"));
    }
}
