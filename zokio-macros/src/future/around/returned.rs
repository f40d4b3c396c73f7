//! Functions of a file that return the futures of others, and are not async themselves: `fn f<T>(&self, t: T) -> impl Future { self.g(t) }`.
//!
//! The future that such a one returns has no lifetime but those of its signature, which its parameters need not outlive; so neither may
//! what it calls ask for one. And where what it calls has it in turn, in a box, only a coroutine's type can be that of both.

use std::collections::HashSet;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use super::{Code, words};
use crate::future::macros;

/// Such a function.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Returns {
    pub(super) name: String,
    /// The names of what it may call; what futures do that it makes itself is left out.
    pub(super) calls: HashSet<String>,
}

/// Those of a text.
pub(super) fn functions(text: &str) -> Vec<Returns> {
    let mut functions = Vec::new();
    for (at, _) in text.match_indices("impl") {
        if let Some(name) = of(&text[..at])
            && let Some(body) = body(&text[at..])
        {
            let mut calls = HashSet::new();
            names(body, &mut calls);
            functions.push(Returns { name: name.to_owned(), calls });
        }
    }
    functions
}

/// The name of the function in whose return type the text ends, unless that is an async one.
fn of(text: &str) -> Option<&str> {
    let returns = text.rfind("->")?;
    if text[returns..].contains(['{', '}', ';']) {
        return None;
    }
    let at = text[..returns].rfind("fn ")?;
    let is_async = text[..at].trim_end().trim_end_matches("unsafe").trim_end().ends_with("async");
    words(&text[at..]).nth(1).filter(|_| !is_async)
}

/// What stands between the braces behind such a type, if it is that of a future.
fn body(text: &str) -> Option<TokenStream> {
    let (end, _) = Code::from(text, 0).find(|(_, c)| matches!(c, '{' | ';')).filter(|(_, c)| *c == '{')?;
    if !text[..end].contains("Future") {
        return None;
    }
    let mut depth = 0_usize;
    let (close, brace) = Code::from(text, end).find(|(_, c)| {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        depth == 0
    })?;
    text[end..close + brace.len_utf8()].parse().ok()
}

fn names(tokens: TokenStream, called: &mut HashSet<String>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (index, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Ident(name) => {
                called.insert(name.to_string());
            }
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace && is_apart(&tokens[..index]) => {}
            TokenTree::Group(group) => names(group.stream(), called),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}

/// Whether braces behind these are another future's, or a closure's.
fn is_apart(before: &[TokenTree]) -> bool {
    match before.last() {
        Some(TokenTree::Ident(word)) => word == "async" || word == "move",
        Some(token) => macros::is(token, '|'),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::functions;

    /// The name of each, and what it calls.
    fn says(text: &str) -> Vec<(String, Vec<String>)> {
        let sorted = |function: super::Returns| {
            let mut calls: Vec<String> = function.calls.into_iter().collect();
            calls.sort();
            (function.name, calls)
        };
        functions(text).into_iter().map(sorted).collect()
    }

    fn calls(name: &str, calls: &[&str]) -> Vec<(String, Vec<String>)> {
        vec![(name.to_owned(), calls.iter().map(|&call| call.to_owned()).collect())]
    }

    #[test]
    fn what_is_returned_is_called() {
        let text =
            "impl A for B { fn f<T>(&self, t: T) -> impl Send + Future<Output = u8> where T: C { // {\n self.g(t) } }";
        assert_eq!(says(text), calls("f", &["g", "self", "t"]));
        let text = "fn f(x: impl Fn() -> u8) -> Result<A<impl Future<Output = u8>>, E> { Ok(A { a: Box::pin(g()) }) }";
        assert_eq!(says(text)[0].1, ["A", "Box", "Ok", "a", "g", "pin"]);
    }

    #[test]
    fn async_functions_and_what_they_make_are_not() {
        assert_eq!(says("async fn f() -> impl Future { g() }"), []);
        assert_eq!(says("pub async unsafe fn f() -> impl Future { g() }"), []);
        assert_eq!(says("fn f() -> impl Iterator { g() }"), []);
        assert_eq!(says("fn f() -> impl Future; fn h() { g() }"), []);
        assert_eq!(says("fn f() -> impl Future { async move { g().await } }"), calls("f", &["async", "move"]));
    }
}
