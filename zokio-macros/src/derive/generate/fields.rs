//! The fields of states: in whatever way a variant has them, they have numbers here.

use proc_macro2::{Ident, Span};
use quote::format_ident;
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

/// The name of a field as users read it.
pub(crate) fn shown(member: &Member) -> String {
    match member {
        Member::Named(name) => name.to_string(),
        Member::Unnamed(index) => index.index.to_string(),
    }
}
