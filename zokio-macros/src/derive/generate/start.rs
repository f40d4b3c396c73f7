//! `start`: makes the machine, of the fields of its first state.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::{fields, generics, z};
use crate::derive::model::Model;

pub(super) fn start(model: &Model) -> TokenStream {
    let Model { visibility, name, start, .. } = model;
    let z = z(model);
    let first = &model.states[start.0];
    let types = fields::types(first);
    let names: Vec<_> = first
        .fields
        .iter()
        .enumerate()
        .map(|(index, field)| field.ident.clone().unwrap_or_else(|| format_ident!("field_{index}")))
        .collect();
    let generics = generics(model);
    let (parameters, arguments, bounds) = generics.split_for_impl();
    let about =
        format!(" Makes the machine. It stands in [`{}`](Self::{}) until it is polled.", first.name, first.name);
    quote! {
        #[allow(dead_code, unreachable_pub, single_use_lifetimes)]
        #[allow(clippy::all, clippy::pedantic, clippy::nursery, clippy::restriction)]
        impl #parameters #name #arguments #bounds {
            #[doc = #about]
            #[must_use = "futures do nothing unless they are polled"]
            #visibility fn start(#(#names: #types),*) -> #z::Machine<Self> {
                #z::machine((#(#names,)*))
            }
        }
    }
}
