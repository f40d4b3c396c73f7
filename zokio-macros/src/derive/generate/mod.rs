//! The code: for each state the enum of what may follow it; then `start`, and what the core is told of the machine.

mod after;
mod fields;
mod start;
mod states;
mod step;

pub(super) use self::states::{awaited, held};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::visit::{self, Visit};
use syn::{Generics, parse_quote};

use super::model::Model;

/// The whole expansion.
pub(super) fn machine(model: &Model) -> TokenStream {
    expansion(model, &step::step(model))
}

/// The same for a machine with faults, whose steps are not written.
pub(super) fn shape(model: &Model) -> TokenStream {
    expansion(model, &quote!(loop {}))
}

fn expansion(model: &Model, step: &TokenStream) -> TokenStream {
    let afters = model.states.iter().filter(|state| state.end.is_none()).map(|state| after::after(model, state));
    let start = start::start(model);
    let described = described(model, step);
    quote! {
        #(#afters)*
        #start
        // The allowances are for what is written here: what it calls is the user's, and of that users hear.
        #[allow(warnings, clippy::all, clippy::pedantic, clippy::nursery, clippy::restriction)]
        #[allow(single_use_lifetimes, unused_lifetimes, unused_qualifications, unused_results)]
        const _: () = { #described };
    }
}

/// What the core is told.
fn described(model: &Model, step: &TokenStream) -> TokenStream {
    let Model { name, output, start, .. } = model;
    let z = z(model);
    let generics = generics(model);
    let (parameters, arguments, bounds) = generics.split_for_impl();
    let states = states::states(model);
    let failures = states::failures(model);
    let (number, first) = (start.0, &model.states[start.0]);
    let (types, values, members) = (fields::types(first), fields::names(first), fields::members(first));
    let variant = &first.name;
    let (given, stand, cx) = (own("given"), own("stand"), own("cx"));
    let unmovable = unmovable(model, &generics);
    let (with_lifetime, _, never) = unmovable.split_for_impl();
    quote! {
        impl #parameters #z::MayNotImplementDrop for #name #arguments #bounds {}

        impl #with_lifetime ::core::marker::Unpin for #name #arguments #never {}

        #[automatically_derived]
        unsafe impl #parameters #z::States for #name #arguments #bounds {
            type Output = #output;
            type Start = (#(#types,)*);
            const NAME: &'static str = ::core::concat!(::core::module_path!(), "::", ::core::stringify!(#name));
            const STATES: &'static [#z::State] = &[#states];
            const START: usize = #number;
            const FAILURES: &'static [usize] = &[#(#failures),*];

            #[inline]
            fn begin(#given: Self::Start) -> Self {
                let (#(#values,)*) = #given;
                Self::#variant { #(#members: #values),* }
            }

            #[inline]
            fn step(#stand: &mut #z::Stand<Self>, #cx: &mut ::core::task::Context<'_>) -> #z::Step<#output> {
                #step
            }
        }
    }
}

/// The path of the core's module.
fn z(model: &Model) -> TokenStream {
    let krate = &model.krate;
    quote!(#krate::plumbing::machine::by_hand)
}

/// A name of the expansion's own.
fn own(name: &str) -> Ident {
    Ident::new(name, Span::mixed_site())
}

/// The enum's generics; and that what is marked as a future is one, where a parameter decides it.
fn generics(model: &Model) -> Generics {
    let mut generics = model.generics.clone();
    let futures = model.states.iter().filter_map(|state| fields::future(state));
    let parameters: Vec<&Ident> = model.generics.type_params().map(|parameter| &parameter.ident).collect();
    let open: Vec<_> = futures.filter(|ty| names(ty, &parameters)).collect();
    let bounds = generics.make_where_clause();
    for ty in open {
        bounds.predicates.push(parse_quote!(#ty: ::core::future::Future));
    }
    generics
}

/// With a lifetime more, and something that is never true: without the lifetime the compiler would say so.
fn unmovable(model: &Model, generics: &Generics) -> Generics {
    let z = z(model);
    let mut generics = generics.clone();
    generics.params.insert(0, parse_quote!('zokio));
    generics.make_where_clause().predicates.push(parse_quote!(#z::Unmovable<'zokio>: ::core::marker::Unpin));
    generics
}

/// Whether the type names one of the parameters.
fn names(ty: &syn::Type, parameters: &[&Ident]) -> bool {
    struct Names<'n>(&'n [&'n Ident], bool);
    impl Visit<'_> for Names<'_> {
        fn visit_ident(&mut self, ident: &Ident) {
            self.1 |= self.0.contains(&ident);
        }
        fn visit_macro(&mut self, it: &syn::Macro) {
            let words = it.tokens.to_token_stream().to_string();
            self.1 |= self.0.iter().any(|name| words.split_whitespace().any(|word| *name == word));
            visit::visit_macro(self, it);
        }
    }
    let mut found = Names(parameters, false);
    found.visit_type(ty);
    found.1
}
