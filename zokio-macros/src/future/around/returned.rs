//! Functions of a file that return the futures of others, and are not async themselves: `fn f<T>(&self, t: T) -> impl Future { self.g(t) }`.
//!
//! The future that such a one returns has no lifetime but those of its signature, which its parameters need not outlive; so neither may
//! what it calls ask for one. And where what it calls has it in turn, in a box, only a coroutine's type can be that of both.
//!
//! The text is not lexed: where it is wrong, that would be told of the macro.

use std::collections::HashSet;

use super::Code;

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
    let mut pieces = Pieces::of(text);
    // The words before a function: `pub async unsafe fn`.
    let (mut before, mut last) = ("", "");
    while let Some(piece) = pieces.next() {
        let Piece::Word(word) = piece else { continue };
        if word != "fn" {
            (before, last) = (last, word);
            continue;
        }
        let is_async = last == "async" || before == "async" && last == "unsafe";
        if let Some(Piece::Word(name)) = pieces.next()
            && !is_async
            && returns_future(&mut pieces)
            && let Some(calls) = calls(&mut pieces)
        {
            functions.push(Returns { name: name.to_owned(), calls });
        }
        (before, last) = ("", "");
    }
    functions
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Piece<'t> {
    Word(&'t str),
    Other(char),
}

/// The words of a text and what stands between them, but for comments, literals and spaces.
struct Pieces<'t> {
    text: &'t str,
    code: std::iter::Peekable<Code<'t>>,
}

impl<'t> Pieces<'t> {
    fn of(text: &'t str) -> Self {
        Self { text, code: Code::from(text, 0).peekable() }
    }
}

impl<'t> Iterator for Pieces<'t> {
    type Item = Piece<'t>;

    fn next(&mut self) -> Option<Piece<'t>> {
        let is_part = |c: char| c.is_alphanumeric() || c == '_';
        loop {
            let (start, first) = self.code.next()?;
            if first.is_whitespace() {
                continue;
            }
            if !is_part(first) {
                return Some(Piece::Other(first));
            }
            let mut end = start + first.len_utf8();
            while let Some((at, c)) = self.code.next_if(|(at, c)| *at == end && is_part(*c)) {
                end = at + c.len_utf8();
            }
            return Some(Piece::Word(&self.text[start..end]));
        }
    }
}

/// Reads a signature up to the brace of the body: whether there is one, and what the function returns is or has a future of some type.
fn returns_future(pieces: &mut Pieces<'_>) -> bool {
    let (mut depth, mut before) = (0_usize, ' ');
    let (mut returns, mut some, mut future) = (false, false, false);
    for piece in pieces.by_ref() {
        match piece {
            Piece::Word("impl") => some |= returns,
            Piece::Word("Future") => future |= some,
            Piece::Word(_) => {}
            Piece::Other('(' | '[') => depth += 1,
            Piece::Other(')' | ']') => depth = depth.saturating_sub(1),
            Piece::Other('{') if depth == 0 => return future,
            Piece::Other(';') if depth == 0 => return false,
            Piece::Other('>') => returns |= before == '-' && depth == 0,
            Piece::Other(_) => {}
        }
        before = if let Piece::Other(c) = piece { c } else { ' ' };
    }
    false
}

/// Reads a body behind its brace: its words, but for those of `async` blocks and of closures with braces. None: what it returns is such a block.
fn calls(pieces: &mut Pieces<'_>) -> Option<HashSet<String>> {
    let mut calls = HashSet::new();
    let mut depth = 1_usize;
    // How deep the braces are that are another future's, or a closure's.
    let mut apart: Option<usize> = None;
    let (mut before, mut ends_apart) = (Piece::Other('{'), false);
    for piece in pieces.by_ref() {
        match piece {
            Piece::Word(word) if apart.is_none() => {
                calls.insert(word.to_owned());
            }
            Piece::Other('{') => {
                if apart.is_none() && matches!(before, Piece::Word("async" | "move") | Piece::Other('|')) {
                    apart = Some(depth);
                }
                depth += 1;
            }
            Piece::Other('}') => {
                depth -= 1;
                if depth == 0 {
                    return (!ends_apart).then_some(calls);
                }
            }
            _ => {}
        }
        ends_apart = piece == Piece::Other('}') && apart == Some(1) && depth == 1;
        apart = apart.filter(|apart| piece != Piece::Other('}') || *apart != depth);
        before = piece;
    }
    None
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
        assert_eq!(says("fn f() -> impl Future<Output = [u8; 2]> { g() }"), calls("f", &["g"]));
        assert_eq!(says("fn f() { fn g() -> impl Future { h() } }"), calls("g", &["h"]));
        let text = "fn f() -> impl Future { let a = async { b() }; g(a, |c| { d(c) }) }";
        assert_eq!(says(text), calls("f", &["a", "async", "c", "g", "let"]));
    }

    #[test]
    fn async_functions_and_what_they_make_are_not() {
        assert_eq!(says("async fn f() -> impl Future { g() }"), []);
        assert_eq!(says("pub async unsafe fn f() -> impl Future { g() }"), []);
        assert_eq!(says("fn f() -> impl Iterator { g() }"), []);
        assert_eq!(says("fn f(x: impl Future) -> u8 { g() }"), []);
        assert_eq!(says("fn f() -> impl Future; fn h() { g() }"), []);
        assert_eq!(says("fn f() -> impl Future { let a = m.get(1); async move { g(a).await } }"), []);
        assert_eq!(says("async fn f() {} fn h() -> impl Future { g() }"), calls("h", &["g"]));
    }

    #[test]
    fn comments_and_texts_are_not() {
        assert_eq!(says("// fn f() -> impl Future { don't }\n/* fn f() -> impl Future { g() } */"), []);
        assert_eq!(says("/// As fn f() -> impl Future, but it isn't {lazy's}.\nfn h() {}"), []);
        assert_eq!(says("const A: &str = \"fn f() -> impl Future { g() }\";"), []);
        assert_eq!(says("// fn f() -> impl Future {\n// }\nfn h() -> impl Future { g() }"), calls("h", &["g"]));
        assert_eq!(says("fn f() -> impl Future {"), []);
    }
}
