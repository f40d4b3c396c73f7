//! Arguments: tokens -> pairs of a key and a value.

use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{Expr, Token};

use crate::diagnostics::{Faults, messages};

/// `key = value` as it stands in the attribute.
#[derive(Debug)]
pub(crate) struct Pair {
    pub(crate) key: Ident,
    pub(crate) value: Expr,
}

impl Pair {
    /// The key's name, without `r#`.
    pub(crate) fn name(&self) -> String {
        self.key.unraw().to_string()
    }
}

/// Reads the arguments. What cannot be read ends at the next comma, so that one slip hides no other. Of a key that is there
/// twice the first pair is kept.
pub(crate) fn pairs(arguments: TokenStream, faults: &mut Faults) -> Vec<Pair> {
    let mut pairs: Vec<Pair> = Vec::new();
    for argument in at_commas(arguments, faults) {
        let Some(pair) = pair(argument, faults) else { continue };
        let name = pair.name();
        if pairs.iter().any(|earlier| earlier.name() == name) {
            faults.add(&pair.key, messages::key_twice(&name));
        } else {
            pairs.push(pair);
        }
    }
    pairs
}

/// The arguments one by one. A comma ends an argument; one with nothing in front of it is a fault.
fn at_commas(arguments: TokenStream, faults: &mut Faults) -> Vec<TokenStream> {
    let mut all = Vec::new();
    let mut argument = TokenStream::new();
    for token in arguments {
        match token {
            TokenTree::Punct(comma) if comma.as_char() == ',' => match std::mem::take(&mut argument) {
                nothing if nothing.is_empty() => faults.add(comma, messages::nothing_before_a_comma()),
                something => all.push(something),
            },
            other => argument.extend([other]),
        }
    }
    if !argument.is_empty() {
        all.push(argument);
    }
    all
}

/// Reads one argument.
fn pair(argument: TokenStream, faults: &mut Faults) -> Option<Pair> {
    let Ok((key, rest)) = key_and_rest.parse2(argument.clone()) else {
        faults.add(argument, messages::not_a_key());
        return None;
    };
    let Ok(value) = behind_equals.parse2(rest) else {
        faults.add(argument, messages::not_a_pair(&key.unraw().to_string()));
        return None;
    };
    match syn::parse2::<Expr>(value.clone()) {
        Ok(value) => Some(Pair { key, value }),
        Err(_) => {
            faults.add(value, messages::no_value(&key.unraw().to_string()));
            None
        }
    }
}

fn key_and_rest(input: ParseStream<'_>) -> syn::Result<(Ident, TokenStream)> {
    Ok((input.call(Ident::parse_any)?, input.parse()?))
}

fn behind_equals(input: ParseStream<'_>) -> syn::Result<TokenStream> {
    input.parse::<Token![=]>()?;
    if input.is_empty() { Err(input.error("a value is missing")) } else { input.parse() }
}
