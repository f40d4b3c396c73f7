//! The rules of a `macro_rules!`, as they are written.

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream, Parser};
use syn::{Result, Token};

/// One rule: what is matched, and what is made of it.
pub(super) struct Rule {
    pub(super) matcher: Vec<Piece>,
    pub(super) transcriber: Vec<Piece>,
}

/// A piece of a matcher, or of a transcriber.
pub(super) enum Piece {
    Token(TokenTree),
    Group(Delimiter, Vec<Self>),
    /// `$name:kind`, or `$name`, whose kind is empty.
    Variable(Ident, String),
    /// `$(..),*`
    Repeat {
        pieces: Vec<Self>,
        separator: Option<TokenTree>,
        times: Times,
    },
    /// `$crate`
    Crate,
}

/// Whether a matcher takes a name alone, which no place can stand for.
pub(super) fn takes_names(matcher: &[Piece]) -> bool {
    matcher.iter().any(|piece| match piece {
        Piece::Variable(_, kind) => kind == "ident",
        Piece::Group(_, within) | Piece::Repeat { pieces: within, .. } => takes_names(within),
        Piece::Token(_) | Piece::Crate => false,
    })
}

/// How often something may be repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Times {
    Any,
    Some,
    AtMostOnce,
}

/// All rules of a macro.
pub(super) struct Rules(pub(super) Vec<Rule>);

impl Parse for Rules {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let mut rules = Vec::new();
        while !input.is_empty() {
            let matcher = group(input)?;
            input.parse::<Token![=>]>()?;
            let transcriber = group(input)?;
            input.parse::<Option<Token![;]>>()?;
            rules.push(Rule { matcher: pieces(matcher, true)?, transcriber: pieces(transcriber, false)? });
        }
        Ok(Self(rules))
    }
}

fn group(input: ParseStream<'_>) -> Result<TokenStream> {
    match input.parse()? {
        TokenTree::Group(group) => Ok(group.stream()),
        other => Err(syn::Error::new(other.span(), "expected a delimiter")),
    }
}

/// Of a matcher, or of a transcriber, where a colon behind a variable is the macro's own.
fn pieces(tokens: TokenStream, of_matcher: bool) -> Result<Vec<Piece>> {
    let all = |input: ParseStream<'_>| {
        let mut pieces = Vec::new();
        while !input.is_empty() {
            pieces.push(Piece::one(input, of_matcher)?);
        }
        Ok(pieces)
    };
    all.parse2(tokens)
}

impl Piece {
    fn one(input: ParseStream<'_>, of_matcher: bool) -> Result<Self> {
        let within = |tokens| pieces(tokens, of_matcher);
        if input.parse::<Option<Token![$]>>()?.is_none() {
            return Ok(match input.parse()? {
                TokenTree::Group(group) => Self::Group(group.delimiter(), within(group.stream())?),
                other => Self::Token(other),
            });
        }
        if input.peek(syn::token::Paren) {
            let pieces = within(group(input)?)?;
            if let Some(times) = Times::read(input) {
                return Ok(Self::Repeat { pieces, separator: None, times });
            }
            let separator = Some(input.parse()?);
            let times = Times::read(input).ok_or_else(|| input.error("expected `*`, `+` or `?`"))?;
            return Ok(Self::Repeat { pieces, separator, times });
        }
        let name = input.call(Ident::parse_any)?;
        if name == "crate" {
            return Ok(Self::Crate);
        }
        if !of_matcher {
            return Ok(Self::Variable(name, String::new()));
        }
        input.parse::<Token![:]>()?;
        Ok(Self::Variable(name, input.call(Ident::parse_any)?.to_string()))
    }
}

impl Times {
    fn read(input: ParseStream<'_>) -> Option<Self> {
        // Parsing what was looked at before does not fail.
        if input.peek(Token![*]) {
            input.parse::<Token![*]>().ok().map(|_| Self::Any)
        } else if input.peek(Token![+]) {
            input.parse::<Token![+]>().ok().map(|_| Self::Some)
        } else if input.peek(Token![?]) {
            input.parse::<Token![?]>().ok().map(|_| Self::AtMostOnce)
        } else {
            None
        }
    }
}
