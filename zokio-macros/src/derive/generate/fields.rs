//! The fields of states: in whatever way a variant has them, they have numbers here.

use proc_macro2::{Ident, Span};
use quote::{ToTokens, format_ident};
use syn::{Member, Type};

use crate::derive::model::State;

/// How they are called in patterns: `name`, or `0`. Variants of all kinds are matched and made with braces.
pub(super) fn members(state: &State) -> Vec<Member> {
    state.fields.members().collect()
}

/// Names of the expansion's own for them.
pub(super) fn names(state: &State) -> Vec<Ident> {
    (0..state.fields.len()).map(|index| format_ident!("field_{index}", span = Span::mixed_site())).collect()
}

pub(super) fn types(state: &State) -> Vec<&Type> {
    state.fields.iter().map(|field| &field.ty).collect()
}

/// The type of the future.
pub(super) fn future(state: &State) -> Option<&Type> {
    state.future.and_then(|future| state.fields.iter().nth(future)).map(|field| &field.ty)
}

/// The fields as users read them: their names, or the types of those that have none.
pub(super) fn shown(state: &State) -> Vec<String> {
    state.fields.iter().map(|field| field.ident.as_ref().map_or_else(|| text(&field.ty), ToString::to_string)).collect()
}

/// The type as it is usually written: what the compiler has of it are tokens.
fn text(ty: &Type) -> String {
    const CLOSER: &[(&str, &str)] = &[
        (" :: ", "::"),
        (":: ", "::"),
        (" < ", "<"),
        ("< ", "<"),
        (" >", ">"),
        (" ,", ","),
        (" ;", ";"),
        ("& ", "&"),
        ("- >", "->"),
        ("* ", "*"),
    ];
    let tokens = ty.to_token_stream().to_string();
    CLOSER.iter().fold(tokens, |text, (apart, close)| text.replace(apart, close))
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn types_are_written_closely() {
        for ty in
            ["Sleep", "Pin<Box<dyn Future<Output = (u8, u8)> + Send>>", "&'a [io::Result<u8>; 4]", "::std::io::Error"]
        {
            assert_eq!(text(&syn::parse_str(ty).unwrap()), ty);
        }
    }
}
