//! The list of states.

use proc_macro2::TokenStream;
use quote::quote;

use super::{fields, z};
use crate::derive::model::{Model, State};
use crate::derive::words::End;

/// The variants, and `Poisoned`.
pub(super) fn states(model: &Model) -> TokenStream {
    let z = z(model);
    let states = model.states.iter().map(|state| {
        let State { name, .. } = state;
        let text = name.to_string();
        let start = name.span().start();
        let (line, column) = (start.line as u32, start.column as u32 + 1);
        let (awaited, held) = (awaited(state).unwrap_or_default(), held(state));
        let successors = model.graph[state.id].iter().map(|id| id.0 as u16);
        quote!(#z::State {
            name: #text, file: ::core::file!(), line: #line, column: #column, awaited: #awaited, held: &[#(#held),*],
            successors: &[#(#successors),*],
        })
    });
    quote! {
        #(#states,)*
        #z::State { name: "Poisoned", file: "", line: 0, column: 0, awaited: "", held: &[], successors: &[] }
    }
}

/// The numbers of the ends that are failures.
pub(super) fn failures(model: &Model) -> impl Iterator<Item = usize> {
    model.states.iter().filter(|state| state.end == Some(End::Failed)).map(|state| state.id.0)
}

/// The name of the future; its type, if it has none.
pub(crate) fn awaited(state: &State) -> Option<String> {
    Some(fields::shown(state).swap_remove(state.future?))
}

/// The names of the other fields.
pub(crate) fn held(state: &State) -> Vec<String> {
    let mut fields = fields::shown(state);
    if let Some(future) = state.future {
        fields.remove(future);
    }
    fields
}
