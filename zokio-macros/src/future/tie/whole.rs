//! Closures that use fields of what the machine's closure has all of: known once it is decided what moves what.
//!
//! Where they are tied that is not known yet, so there is a mark, which becomes a use of the whole or is taken out.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::quote;

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

/// Where a name stands. Spans cannot be compared otherwise.
fn place(name: &Ident) -> String {
    format!("{name} {:?}", name.span())
}
