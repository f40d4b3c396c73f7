//! Closures that use fields of what the machine's closure has all of: known once it is decided what moves what.
//!
//! Where they are tied that is not known yet, so there is a mark, which becomes a use of the whole or is taken out.

use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};
use quote::quote;

use crate::future::local::{Locals, Name, UseId};
use crate::future::macros::{self, place};

const MARK: &str = "__zokio_whole";

/// The mark of a local: its name where a closure uses it first.
pub(super) fn marked(name: &Ident) -> TokenStream {
    let mark = Ident::new(MARK, Span::mixed_site());
    quote!(#mark!(#name);)
}

/// The witness, whose closures use as a whole what has its name where one of these stands. Told by that: it has the tokens of the source.
pub(in crate::future) fn moved(witness: &TokenStream, moved: &[Ident]) -> TokenStream {
    if is_marked(witness) { within(witness.clone(), moved) } else { witness.clone() }
}

fn is_marked(tokens: &TokenStream) -> bool {
    tokens.clone().into_iter().any(|token| match token {
        TokenTree::Group(group) => is_marked(&group.stream()),
        TokenTree::Ident(name) => name == MARK,
        _ => false,
    })
}

fn within(tokens: TokenStream, moved: &[Ident]) -> TokenStream {
    let mut new: Vec<TokenTree> = Vec::new();
    let mut tokens = tokens.into_iter();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Ident(name) if name == MARK => {
                let marked = tokens.by_ref().take(3).find_map(|token| match token {
                    TokenTree::Group(group) => group.stream().into_iter().next(),
                    _ => None,
                });
                if let Some(TokenTree::Ident(name)) = marked
                    && moved.iter().any(|moved| place(moved) == place(&name))
                {
                    new.extend(quote!(let _ = &#name;));
                }
            }
            TokenTree::Group(group) => {
                let mut inner = proc_macro2::Group::new(group.delimiter(), within(group.stream(), moved));
                inner.set_span(group.span());
                new.push(inner.into());
            }
            other => new.push(other),
        }
    }
    new.into_iter().collect()
}

/// Whether one of these uses is followed by a field: of whatever else a closure uses it has all natively too. By tokens, so that no macro hides it.
pub(super) fn names_field(tokens: TokenStream, ids: &[UseId]) -> bool {
    has_field(tokens, ids, false)
}

/// Of what is in parentheses, `field` says whether one stands behind those.
fn has_field(tokens: TokenStream, ids: &[UseId], field: bool) -> bool {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    tokens.iter().enumerate().any(|(index, token)| {
        let after = match (tokens.get(index + 1), tokens.get(index + 2)) {
            (None, _) => field && index == 0,
            (Some(dot), Some(_)) if macros::is(dot, '.') => !is_called(tokens.get(index + 3)),
            _ => false,
        };
        match token {
            TokenTree::Ident(name) => after && matches!(Locals::read(name), Some(Name::Use(id)) if ids.contains(&id)),
            TokenTree::Group(group) => has_field(group.stream(), ids, after),
            TokenTree::Punct(_) | TokenTree::Literal(_) => false,
        }
    })
}

/// Whether what stands behind a member says that it is a method.
fn is_called(token: Option<&TokenTree>) -> bool {
    match token {
        Some(TokenTree::Group(group)) => group.delimiter() == Delimiter::Parenthesis,
        Some(token) => macros::is(token, ':'),
        None => false,
    }
}
