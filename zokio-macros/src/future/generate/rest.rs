//! `S { field: other, ..local }`: the fields that it gives itself are left where they are.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::ExprStruct;

use super::{Generator, own};
use crate::future::flow::path;
use crate::future::liveness::Decision;

impl Generator<'_> {
    /// Such a struct, with the values of the fields, if what it takes is moved: those are there before.
    pub(super) fn with_rest(&self, it: &ExprStruct, values: impl FnOnce() -> Vec<TokenStream>) -> Option<TokenStream> {
        let rest = it.rest.as_deref()?;
        let Some(Decision::Part(number)) = self.decision(path(rest)?.0) else { return None };
        let local = self.compiled.locals.used(path(rest)?.0);
        let fields_of = self.fields_of(local);
        let (index, _, part) = fields_of.iter().find(|(_, known, _)| *known == number)?;
        let (z, guard, place, tie) = (self.z, self.guard(local), self.field(rest), self.tie(local));
        let (base, made, name, left) = (own("base"), own("made"), &it.path, &part.left);
        let new: Vec<Ident> = (0..left.len()).map(|field| format_ident!("new_{field}", span = base.span())).collect();
        let name = match &it.qself {
            Some(_) => {
                syn::ExprPath { attrs: Vec::new(), qself: it.qself.clone(), path: name.clone() }.into_token_stream()
            }
            None => name.to_token_stream(),
        };
        let values = values();
        // As arguments they have the types that are expected of the fields; in a `match` their temporaries live as long as otherwise.
        Some(quote!((match (#(#z::like(&raw const #place.#left, #values),)*) {
            (#(#new,)*) => {
                #tie
                let #base = #guard.take_part(#index, &raw const #place);
                let #made = #name { #(#left: #new,)* ..#base };
                #(::core::mem::forget(#base.#left);)*
                #made
            }
        })))
    }
}
