//! What methods take by their names (`order/methods`): so the witness moves it too, and rustc says what still borrows it. Should such a method
//! do no more than borrow, nothing dangles.
//!
//! `shared.then(|it| ..)` -> `moved(shared).then(|it| ..)`

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::quote_spanned;

use crate::future::macros::{is, place};

/// The witness, in which the receivers of these methods are moved. Told by where their names stand: it has the tokens of the source.
pub(super) fn moved(witness: &TokenStream, methods: &[Ident], z: &TokenStream) -> TokenStream {
    if methods.is_empty() {
        return witness.clone();
    }
    let places: Vec<String> = methods.iter().map(place).collect();
    within(witness.clone(), &places, z)
}

fn within(tokens: TokenStream, places: &[String], z: &TokenStream) -> TokenStream {
    let mut new: Vec<TokenTree> = Vec::new();
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                let mut inner = proc_macro2::Group::new(group.delimiter(), within(group.stream(), places, z));
                inner.set_span(group.span());
                new.push(inner.into());
            }
            TokenTree::Ident(name) if places.contains(&place(&name)) => {
                if let Some(start) = receiver(&new) {
                    let dot = new.pop();
                    let taken: TokenStream = new.drain(start..).collect();
                    new.extend(quote_spanned!(name.span()=> #z::moved(#taken)));
                    new.extend(dot);
                }
                new.push(name.into());
            }
            other => new.push(other),
        }
    }
    new.into_iter().collect()
}

/// Where the local or the path of fields begins that ends with a dot, if it is one.
fn receiver(tokens: &[TokenTree]) -> Option<usize> {
    let mut start = tokens.len();
    while start > 1 && is(&tokens[start - 1], '.') && is_member(&tokens[start - 2]) {
        start -= 2;
    }
    // In parentheses, or in a group that a macro has made: not the arguments of a call.
    let is_group = start > 1 && is(&tokens[start - 1], '.') && matches!(tokens[start - 2], TokenTree::Group(_));
    let is_called = is_group && start > 2 && may_be_called(&tokens[start - 3]);
    if is_group && !is_called {
        start -= 2;
    }
    let follows = start > 0 && is(&tokens[start - 1], '.');
    (start < tokens.len() && !follows).then_some(start)
}

/// What may stand in front of a call's arguments: a name that is no keyword, a group, or the end of generics.
fn may_be_called(token: &TokenTree) -> bool {
    match token {
        TokenTree::Ident(name) => {
            !matches!(name.to_string().as_str(), "return" | "break" | "in" | "if" | "while" | "match" | "mut")
        }
        TokenTree::Group(group) => group.delimiter() != proc_macro2::Delimiter::Brace,
        TokenTree::Punct(punct) => punct.as_char() == '!',
        TokenTree::Literal(_) => false,
    }
}

fn is_member(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Ident(_) | TokenTree::Literal(_))
}
