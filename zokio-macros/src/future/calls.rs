//! Which functions of a file call which, by their names: as far as its text says so.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::rc::Rc;

use proc_macro2::Ident;

use super::around::{Code, place};

/// The names that each function calls.
type Calls = HashMap<String, HashSet<String>>;

thread_local! {
    /// The files that have been looked through.
    static FILES: RefCell<HashMap<PathBuf, Rc<Calls>>> = RefCell::default();
}

/// Whether the function that is called here calls another one, itself or through others of its file.
pub(super) fn reaches(called: &Ident, function: &str) -> bool {
    let name = called.to_string();
    if name == function {
        return true;
    }
    let calls = place(called.span(), |file, text, _| {
        FILES.with_borrow_mut(|files| files.entry(file.clone()).or_insert_with(|| Rc::new(calls(text))).clone())
    });
    calls.is_some_and(|calls| is_reached(&calls, name, function))
}

fn is_reached(calls: &Calls, from: String, function: &str) -> bool {
    let mut seen = HashSet::new();
    let mut next = vec![from];
    while let Some(name) = next.pop() {
        let Some(called) = calls.get(&name) else { continue };
        if called.contains(function) {
            return true;
        }
        next.extend(called.iter().filter(|name| seen.insert((*name).clone())).cloned());
    }
    false
}

fn calls(text: &str) -> Calls {
    let mut calls = Calls::new();
    // The functions around, each with the depth of its braces; and the one whose braces come next.
    let (mut around, mut next): (Vec<(String, usize)>, Option<String>) = (Vec::new(), None);
    let (mut depth, mut nested) = (0_usize, 0_usize);
    let mut words = [String::new(), String::new()];
    let mut behind = 0;
    for (at, first) in Code::from(text, 0) {
        if first.is_alphanumeric() || first == '_' {
            if at != behind || words[1].is_empty() {
                words.rotate_left(1);
                words[1].clear();
            }
            words[1].push(first);
            behind = at + first.len_utf8();
            if words[0] == "fn" {
                next = Some(words[1].clone());
            }
            continue;
        }
        match first {
            '{' => {
                depth += 1;
                around.extend(next.take().map(|name| (name, depth)));
            }
            '}' => {
                around.retain(|(_, known)| *known < depth);
                depth = depth.saturating_sub(1);
            }
            // Without a body; that of an array's type is none.
            ';' if nested == 0 => next = None,
            '(' | '[' => {
                nested += 1;
                if first == '(' && words[0] != "fn" {
                    for (name, _) in &around {
                        calls.entry(name.clone()).or_default().insert(words[1].clone());
                    }
                }
            }
            ')' | ']' => nested = nested.saturating_sub(1),
            _ => {}
        }
    }
    calls
}

#[cfg(test)]
mod tests {
    use super::{calls, is_reached};

    #[test]
    fn a_function_reaches_what_those_call_that_it_calls() {
        let text = "fn a(x: [u8; 2]) { b(\"c(\") } fn b() { if x { self.c() } } fn c() { a(); fn d() {} } fn e() { d() } trait T { fn f(); }";
        let calls = calls(text);
        let reaches = |from: &str, to: &str| is_reached(&calls, from.to_owned(), to);
        assert!(reaches("a", "a") && reaches("b", "b") && reaches("e", "d"));
        assert!(!reaches("a", "e") && !reaches("e", "a") && !reaches("f", "a"));
    }
}
