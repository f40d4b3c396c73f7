//! `json!`, as serde's crate has it: objects and arrays as they are written in JSON, whose values are expressions. And the like of documents (`doc!`, `bson!`),
//! which take values where that borrows them.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::ToTokens;
use syn::parse::{ParseStream, Parser};
use syn::{Expr, Result, Token};

use super::macros::is;

/// A piece of it.
pub(crate) enum Json {
    /// A comma, a colon, or a value that is no expression.
    Tokens(TokenStream),
    /// It is moved.
    Key(Box<Expr>),
    /// It is borrowed.
    Value(Box<Expr>),
    Group(Delimiter, Vec<Self>),
}

/// The macro's argument: a value.
pub(crate) fn json(tokens: TokenStream) -> Option<Vec<Json>> {
    let value = |input: ParseStream<'_>| {
        let value = value(input)?;
        input.parse::<Option<Token![,]>>()?;
        Ok(vec![value])
    };
    value.parse2(tokens).ok()
}

/// The argument of a macro that makes a document: what is within an object, or a value. Both move what they are made of.
pub(crate) fn document(tokens: TokenStream) -> Option<Vec<Json>> {
    let all = |input: ParseStream<'_>| entries(input, true);
    let mut pieces = all.parse2(tokens.clone()).ok().or_else(|| json(tokens))?;
    pieces.iter_mut().for_each(Json::moved);
    Some(pieces)
}

fn value(input: ParseStream<'_>) -> Result<Json> {
    let ahead = input.fork();
    match ahead.parse()? {
        TokenTree::Group(group) if matches!(group.delimiter(), Delimiter::Brace | Delimiter::Bracket) => {
            let in_object = group.delimiter() == Delimiter::Brace;
            let all = |input: ParseStream<'_>| entries(input, in_object);
            input.parse::<TokenTree>()?;
            Ok(Json::Group(group.delimiter(), all.parse2(group.stream())?))
        }
        TokenTree::Ident(name) if ["null", "true", "false"].iter().any(|known| name == *known) => {
            input.parse().map(|name: TokenTree| Json::Tokens(name.into()))
        }
        _ => input.parse().map(|value| Json::Value(Box::new(value))),
    }
}

fn entries(input: ParseStream<'_>, in_object: bool) -> Result<Vec<Json>> {
    let mut entries = Vec::new();
    while !input.is_empty() {
        if in_object {
            entries.extend(key(input)?);
        }
        entries.push(value(input)?);
        if !input.is_empty() {
            entries.push(Json::Tokens(input.parse::<Token![,]>()?.to_token_stream()));
        }
    }
    Ok(entries)
}

/// Whatever stands before the colon, and that.
fn key(input: ParseStream<'_>) -> Result<[Json; 2]> {
    let mut key = TokenStream::new();
    loop {
        let token: TokenTree = input.parse()?;
        if is(&token, ':') {
            return Ok([Json::Key(Box::new(syn::parse2(key)?)), Json::Tokens(token.into())]);
        }
        key.extend([token]);
    }
}

impl Json {
    fn moved(&mut self) {
        match self {
            Self::Value(value) => *self = Self::Key(std::mem::replace(value, Box::new(Expr::PLACEHOLDER))),
            Self::Group(_, within) => within.iter_mut().for_each(Self::moved),
            Self::Tokens(_) | Self::Key(_) => {}
        }
    }

    /// Every expression, in the order of evaluation.
    pub(crate) fn expressions<'j>(pieces: &'j mut [Self], found: &mut Vec<&'j mut Expr>) {
        for piece in pieces {
            match piece {
                Self::Tokens(_) => {}
                Self::Key(value) | Self::Value(value) => found.push(value),
                Self::Group(_, within) => Self::expressions(within, found),
            }
        }
    }
}

impl ToTokens for Json {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match self {
            Self::Tokens(more) => more.to_tokens(tokens),
            Self::Key(value) | Self::Value(value) => value.to_tokens(tokens),
            Self::Group(delimiter, within) => {
                let within = within.iter().map(ToTokens::to_token_stream).collect();
                TokenTree::Group(Group::new(*delimiter, within)).to_tokens(tokens);
            }
        }
    }
}
