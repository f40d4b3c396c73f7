//! The arguments of a macro as expressions, as far as they are some.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Expr, Macro, Pat, Token};

use super::{has_fields, is, is_other_body, name};
use crate::future::json::{Json, document, json};

/// What stands between the parentheses.
pub(crate) enum Arguments {
    /// `a, name = b, ..`
    List(Vec<Argument>),
    /// `value; count`
    Repeat(Box<Expr>, Box<Expr>),
    /// `value, pattern`, the pattern perhaps with a guard.
    Matches(Box<Expr>, Box<Pat>),
    /// `{ "key": value }`
    Json(Vec<Json>),
    /// Anything else.
    Tokens(TokenStream),
}

impl Arguments {
    pub(crate) fn of(mac: &Macro) -> Self {
        let tokens = mac.tokens.clone();
        match name(mac).as_str() {
            "matches" => {
                let parse = |input: ParseStream<'_>| {
                    let value = input.parse()?;
                    input.parse::<Token![,]>()?;
                    let pattern = Pat::parse_multi_with_leading_vert(input)?;
                    let pattern = if input.peek(Token![if]) {
                        Pat::Guard(syn::PatGuard {
                            attrs: Vec::new(),
                            pat: Box::new(pattern),
                            if_token: input.parse()?,
                            guard: input.parse()?,
                        })
                    } else {
                        pattern
                    };
                    input.parse::<Option<Token![,]>>()?;
                    Ok((value, pattern))
                };
                match parse.parse2(tokens.clone()) {
                    Ok((value, pattern)) => Self::Matches(Box::new(value), Box::new(pattern)),
                    Err(_) => Self::Tokens(tokens),
                }
            }
            "vec" if tokens.clone().into_iter().any(|token| is(&token, ';')) => {
                let parse = |input: ParseStream<'_>| {
                    let value = input.parse()?;
                    input.parse::<Token![;]>()?;
                    Ok((value, input.parse()?))
                };
                match parse.parse2(tokens.clone()) {
                    Ok((value, count)) => Self::Repeat(Box::new(value), Box::new(count)),
                    Err(_) => Self::Tokens(tokens),
                }
            }
            "json" => json(tokens.clone()).map_or(Self::Tokens(tokens), Self::Json),
            "doc" | "bson" | "rawdoc" | "rawbson" => document(tokens.clone()).map_or(Self::Tokens(tokens), Self::Json),
            name if is_other_body(name) => Self::Tokens(tokens),
            name => {
                match (|input: ParseStream<'_>| list(input, has_fields(name) || name == "log")).parse2(tokens.clone()) {
                    Ok(list) => Self::List(list),
                    Err(_) => Self::Tokens(tokens),
                }
            }
        }
    }

    /// Every expression, in the order of evaluation.
    pub(crate) fn expressions(&mut self) -> Vec<&mut Expr> {
        match self {
            Self::List(list) => list.iter_mut().map(|argument| &mut argument.value).collect(),
            Self::Repeat(value, count) => vec![value, count],
            Self::Matches(value, _) => vec![value],
            Self::Json(pieces) => {
                let mut found = Vec::new();
                Json::expressions(pieces, &mut found);
                found
            }
            Self::Tokens(_) => Vec::new(),
        }
    }
}

pub(crate) struct Argument {
    pub(crate) name: Option<Ident>,
    /// What else stands before the value, in macros that log: `target:`, a name of several words, a `?` or `%`.
    pub(crate) before: TokenStream,
    pub(crate) value: Expr,
}

impl Argument {
    /// Whether it is a text that stands alone.
    pub(crate) fn is_text(&self) -> bool {
        self.name.is_none() && self.before.is_empty() && matches!(self.value, Expr::Lit(_))
    }
}

impl ToTokens for Argument {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Self { name, before, value } = self;
        let name = name.iter();
        tokens.extend(quote!(#(#name =)* #before #value));
    }
}

impl ToTokens for Arguments {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(match self {
            Self::List(list) => quote!(#(#list),*),
            Self::Repeat(value, count) => quote!(#value; #count),
            Self::Matches(value, pattern) => quote!(#value, #pattern),
            Self::Json(pieces) => quote!(#(#pieces)*),
            Self::Tokens(tokens) => tokens.clone(),
        });
    }
}

/// Visits the expressions that a macro is given: the macro's tokens with what became of them.
pub(crate) fn expressions(mac: &Macro, visit: &mut dyn FnMut(&mut Expr)) -> TokenStream {
    let mut arguments = Arguments::of(mac);
    arguments.expressions().into_iter().for_each(visit);
    arguments.into_token_stream()
}

/// Rewrites the expressions that a macro is given. If nothing becomes of them its tokens stay as they are: there may be a comma that it wants.
pub(crate) fn rewrite(mac: &mut Macro, visit: &mut dyn FnMut(&mut Expr)) {
    let before = expressions(mac, &mut |_| {});
    let after = expressions(mac, visit);
    if after.to_string() != before.to_string() {
        mac.tokens = after;
    }
}

fn list(input: ParseStream<'_>, logs: bool) -> syn::Result<Vec<Argument>> {
    let mut list = Vec::new();
    while !input.is_empty() {
        let named = input.peek(syn::Ident) && input.peek2(Token![=]) && !input.peek2(Token![==]);
        let name = if named {
            let name = input.parse()?;
            input.parse::<Token![=]>()?;
            Some(name)
        } else {
            None
        };
        let before = if logs { before(input, named)? } else { TokenStream::new() };
        list.push(Argument { name, before, value: input.parse()? });
        if !input.is_empty() {
            input.parse::<Token![,]>()?;
        }
    }
    Ok(list)
}

/// What stands before a value that is logged.
fn before(input: ParseStream<'_>, named: bool) -> syn::Result<TokenStream> {
    let is_word = |word: &Ident| ["target", "parent", "name", "logger"].iter().any(|known| word == known);
    let mut before = TokenStream::new();
    if !named && input.peek(syn::Ident) && input.peek2(Token![:]) && !input.peek2(Token![::]) {
        let word: Ident = input.parse()?;
        let colon: Token![:] = input.parse()?;
        if !is_word(&word) {
            return Err(syn::Error::new(word.span(), "nothing of a macro that logs"));
        }
        before.extend(quote!(#word #colon));
    }
    if !named && field(&input.fork()).is_ok() {
        before.extend(field(input)?);
    }
    if input.peek(Token![?]) || input.peek(Token![%]) {
        before.extend(input.parse::<proc_macro2::TokenTree>());
    }
    Ok(before)
}

/// A name of several words, or one that is a text, and its `=`.
fn field(input: ParseStream<'_>) -> syn::Result<TokenStream> {
    let name = if input.peek(syn::LitStr) {
        input.parse::<syn::LitStr>()?.into_token_stream()
    } else {
        Punctuated::<Ident, Token![.]>::parse_separated_nonempty_with(input, Ident::parse_any)?.into_token_stream()
    };
    if input.peek(Token![==]) {
        return Err(input.error("a comparison"));
    }
    let equals: Token![=] = input.parse()?;
    Ok(quote!(#name #equals))
}
