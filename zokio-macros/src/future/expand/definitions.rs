//! Where macros are defined that a function may use: in its body, in its file, or in another of its crate.

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::PathBuf;
use std::rc::Rc;

use proc_macro2::{Ident, Span, TokenStream};
use syn::visit::{self, Visit};
use syn::{Block, Item, ItemMacro};

use super::rules::Rules;
use super::{crate_files, features};
use crate::future::around::{Code, place};

/// A `macro_rules!` of a file.
pub(super) struct Definition {
    pub(super) name: String,
    /// As text: tokens do not outlive the expansion that has read them.
    pub(super) rules: String,
    /// From where to where it can be used.
    from: usize,
    to: usize,
    /// Whether there is an attribute before it that may take it away.
    pub(super) cfg: bool,
    /// Whether it is exported: an item of the crate's root.
    pub(super) exported: bool,
    /// That, or whether there is anywhere one that brings in others.
    conditional: bool,
}

thread_local! {
    /// The files that have been looked through.
    static FILES: RefCell<HashMap<PathBuf, Rc<Vec<Definition>>>> = RefCell::default();
}

/// The macros of a function.
pub(super) struct Definitions {
    of_body: HashMap<String, Option<Rc<Rules>>>,
}

/// What defines a macro.
pub(super) struct Defined {
    pub(super) rules: Rc<Rules>,
    /// Whether its own tokens see the function's locals.
    pub(super) in_body: bool,
}

impl Definitions {
    /// Of the function whose body it is.
    pub(super) fn of(body: &Block) -> Self {
        let mut of_body = OfBody(HashMap::new());
        of_body.visit_block(body);
        Self { of_body: of_body.0 }
    }

    /// The macro that is called by this name, if it is known: `everywhere` in the crate, or in the file alone.
    pub(super) fn named(&self, name: &Ident, everywhere: bool) -> Option<Defined> {
        let (name, span) = (name.to_string(), name.span());
        // The body's own comes before whatever others of the file have of that name.
        if let Some(known) = self.of_body.get(&name) {
            return known.clone().map(|rules| Defined { rules, in_body: true });
        }
        let of_file = of_file(span);
        let (definitions, at) = of_file.as_ref().map_or((&[][..], 0), |(known, at)| (known.as_slice(), *at));
        // Which one is meant where there are several, depends on what is not looked at.
        let mut all = definitions.iter().filter(|it| it.name == name);
        let (first, second) = (all.next(), all.next());
        if second.is_some() {
            return None;
        }
        let rules = match first {
            Some(it) => (!it.conditional && it.from <= at && at < it.to).then(|| it.rules.clone()),
            None if !everywhere => None,
            None => place(span, |file, text, _| crate_files::rules(&name, file, text))?,
        };
        let rules: TokenStream = rules?.parse().ok()?;
        Some(Defined { rules: Rc::new(syn::parse2(rules).ok()?), in_body: false })
    }
}

/// The macros that a body defines; none where there are several of a name.
struct OfBody(HashMap<String, Option<Rc<Rules>>>);

impl<'ast> Visit<'ast> for OfBody {
    // What is within other items is theirs.
    fn visit_item(&mut self, item: &'ast Item) {
        if let Item::Macro(it) = item {
            self.visit_item_macro(it);
        }
    }

    fn visit_item_macro(&mut self, it: &'ast ItemMacro) {
        if let (Some(name), true) = (&it.ident, it.mac.path.is_ident("macro_rules")) {
            let rules = syn::parse2(it.mac.tokens.clone()).ok().filter(|_| it.attrs.is_empty()).map(Rc::new);
            let known = self.0.entry(name.to_string());
            known.and_modify(|known| *known = None).or_insert(rules);
        }
        visit::visit_item_macro(self, it);
    }
}

/// Those of the file that the span is in, and where in it that is.
fn of_file(span: Span) -> Option<(Rc<Vec<Definition>>, usize)> {
    place(span, |file, text, at| {
        let known = FILES.with_borrow_mut(|files| {
            let all = || Rc::new(definitions(text));
            files.entry(file.clone()).or_insert_with(all).clone()
        });
        (known, at)
    })
}

pub(super) fn definitions(text: &str) -> Vec<Definition> {
    const BEGIN: &str = "macro_rules!";
    let mut found: Vec<Definition> = Vec::new();
    let brings = text.contains("macro_use");
    // What stands behind the last semicolon or brace.
    let mut head = 0;
    // Where the definitions of the braces that are open begin.
    let mut open: Vec<usize> = Vec::new();
    let mut code = Code::from(text, 0);
    while let Some((at, first)) = code.next() {
        match first {
            '{' => {
                open.push(found.len());
                head = at;
            }
            ';' => head = at,
            '}' => {
                head = at;
                for definition in &mut found[open.pop().unwrap_or_default()..] {
                    definition.to = definition.to.min(at);
                }
            }
            'm' if text[at..].starts_with(BEGIN) => {
                if let Some((name, rules, length)) = definition(&text[at + BEGIN.len()..]) {
                    let attributes = text[head..at].trim_start_matches(['{', '}', ';', ')', ']']);
                    let there = if attributes.contains("cfg") { features::hold(attributes) } else { Some(true) };
                    code.at = at + BEGIN.len() + length;
                    head = code.at;
                    let cfg = match there {
                        Some(false) => continue,
                        there => there.is_none(),
                    };
                    let exported = attributes.contains("macro_export");
                    let conditional = brings || cfg;
                    found.push(Definition { name, rules, from: head, to: usize::MAX, cfg, exported, conditional });
                }
            }
            _ => {}
        }
    }
    found
}

/// The name of a definition, its rules, and how long both are.
fn definition(text: &str) -> Option<(String, String, usize)> {
    let (open, _) = text.char_indices().find(|(_, c)| matches!(c, '{' | '(' | '['))?;
    let name = text[..open].trim().to_owned();
    syn::parse_str::<Ident>(&name).ok()?;
    let mut depth = 0_usize;
    for (at, c) in Code::from(text, open) {
        match c {
            '{' | '(' | '[' => depth += 1,
            '}' | ')' | ']' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some((name, text[open + 1..at].to_owned(), at + 1));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::definitions;

    #[test]
    fn a_macro_is_seen_behind_it_and_within_its_braces() {
        let text = "macro_rules! a { () => { '}' }; } fn f() { macro_rules! b ( ($x:expr) => { \"{\" } ); @ } // macro_rules! c {}\n";
        let found = definitions(text);
        let names: Vec<&str> = found.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(names, ["a", "b"]);
        let at = text.find('@').expect("a place");
        assert!(found.iter().all(|it| it.from <= at && at < it.to));
        assert!(found[1].to < text.len() && found[0].to == usize::MAX);
        assert_eq!(found[0].rules.trim(), "() => { '}' };");
    }

    #[test]
    fn what_may_be_another_is_conditional() {
        let conditional = |text| definitions(text).iter().map(|it| it.conditional).collect::<Vec<_>>();
        assert_eq!(conditional("#[cfg(x)] macro_rules! a { () => {}; } macro_rules! b { () => {}; }"), [true, false]);
        assert_eq!(conditional("#[macro_use] mod m { macro_rules! a { () => {}; } }"), [true]);
    }
}
