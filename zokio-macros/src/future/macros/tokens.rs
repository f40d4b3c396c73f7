//! Tokens of macros that nobody could parse.

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use quote::quote;

use crate::future::local::{Locals, Name, UseId};

pub(crate) fn is(token: &TokenTree, punct: char) -> bool {
    matches!(token, TokenTree::Punct(found) if found.as_char() == punct)
}

/// Where a name stands. Spans cannot be compared otherwise.
pub(crate) fn place(name: &Ident) -> String {
    format!("{name} {:?}", name.span())
}

/// Whether the tokens have an `.await` in them, wherever.
pub(crate) fn awaits(tokens: &TokenStream) -> bool {
    let mut after_dot = false;
    tokens.clone().into_iter().any(|token| {
        let found = match &token {
            TokenTree::Ident(ident) => after_dot && ident == "await",
            TokenTree::Group(group) => awaits(&group.stream()),
            _ => false,
        };
        after_dot = is(&token, '.');
        found
    })
}

/// Replaces names in tokens that nobody could parse: not fields, labels of fields, paths or macros.
pub(crate) fn replace(tokens: TokenStream, with: &mut dyn FnMut(&Ident) -> Option<TokenStream>) -> TokenStream {
    replace_within(tokens, false, with)
}

/// `in_struct`, a name alone between commas is a field and its value.
fn replace_within(
    tokens: TokenStream,
    in_struct: bool,
    with: &mut dyn FnMut(&Ident) -> Option<TokenStream>,
) -> TokenStream {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut replaced = TokenStream::new();
    for (index, token) in tokens.iter().enumerate() {
        let at = |offset: usize, punct| tokens.get(index + offset).is_some_and(|token| is(token, punct));
        let before = |offset: usize, punct| index >= offset && is(&tokens[index - offset], punct);
        match token {
            TokenTree::Group(group) => {
                let is_type = |token: &TokenTree| matches!(token, TokenTree::Ident(name) if name.to_string().starts_with(char::is_uppercase));
                let in_struct = group.delimiter() == Delimiter::Brace && index > 0 && is_type(&tokens[index - 1]);
                let mut inner = Group::new(group.delimiter(), replace_within(group.stream(), in_struct, with));
                inner.set_span(group.span());
                replaced.extend([TokenTree::Group(inner)]);
            }
            TokenTree::Ident(ident) => {
                let field = before(1, '.') && !before(2, '.');
                let label = at(1, ':') && !at(2, ':') || at(1, '!') && !at(2, '=') || at(1, ':') && at(2, ':');
                let path = before(1, ':') && before(2, ':');
                let named = at(1, '=') && !at(2, '=') && !at(2, '>');
                let found = if field || label || path || named { None } else { with(ident) };
                let alone = in_struct && (index == 0 || before(1, ',')) && (at(1, ',') || index + 1 == tokens.len());
                match found {
                    Some(found) if alone => replaced.extend(quote!(#ident: #found)),
                    Some(found) => replaced.extend(found),
                    None => replaced.extend([token.clone()]),
                }
            }
            other => replaced.extend([other.clone()]),
        }
    }
    replaced
}

/// How often a name stands among the tokens.
pub(crate) fn mentions(tokens: &TokenStream, name: &Ident) -> usize {
    let count = |token| match token {
        TokenTree::Group(group) => mentions(&group.stream(), name),
        TokenTree::Ident(ident) => usize::from(ident == *name),
        TokenTree::Punct(_) | TokenTree::Literal(_) => 0,
    };
    tokens.clone().into_iter().map(count).sum()
}

/// Replaces names wherever they stand.
pub(crate) fn replace_all(tokens: TokenStream, with: &dyn Fn(&Ident) -> Option<TokenStream>) -> TokenStream {
    tokens
        .into_iter()
        .map(|token| match token {
            TokenTree::Group(group) => {
                let mut inner = Group::new(group.delimiter(), replace_all(group.stream(), with));
                inner.set_span(group.span());
                TokenTree::Group(inner).into()
            }
            TokenTree::Ident(ident) => with(&ident).unwrap_or_else(|| TokenTree::Ident(ident).into()),
            other => other.into(),
        })
        .collect()
}

/// The uses of locals that are all of an argument.
pub(crate) fn alone(arguments: &TokenStream) -> Vec<UseId> {
    let tokens: Vec<TokenTree> = arguments.clone().into_iter().collect();
    let read = |argument: &[TokenTree]| match argument {
        [TokenTree::Ident(name)] => match Locals::read(name)? {
            Name::Use(id) => Some(id),
            Name::Binder(_) => None,
        },
        _ => None,
    };
    tokens.split(|token| is(token, ',')).filter_map(read).collect()
}
