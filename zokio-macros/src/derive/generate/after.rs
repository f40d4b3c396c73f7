//! The enum of what may follow a state: its declared transitions, with the data of the states that they lead to.
//!
//! `on_*` returns it, so a transition that is not declared is one that cannot be written.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::visit_mut::{self, VisitMut};
use syn::{Fields, GenericParam, Generics, Type, parse_quote};

use crate::derive::model::{Model, State};

/// The enum. It has the parameters of the machine's, also those that it does not use.
pub(super) fn after(model: &Model, state: &State) -> TokenStream {
    let Model { visibility, name: machine, .. } = model;
    let State { name, after, .. } = state;
    let (generics, of_enum) = generics(model);
    let bounds = &generics.where_clause;
    let about = format!(" What may follow [`{machine}::{name}`]: `{}` returns it.", state.on);
    let variants = variants(model, state).into_iter().map(|(written, to)| {
        let mut fields = to.fields.clone();
        for field in &mut fields {
            of_enum.clone().visit_type_mut(&mut field.ty);
        }
        let about = format!(" Goes on in [`{machine}::{written}`].");
        // Variants with their fields as in an enum: no `;` behind those in parentheses.
        let fields = match fields {
            Fields::Named(fields) => quote!(#fields),
            Fields::Unnamed(fields) => quote!(#fields),
            Fields::Unit => TokenStream::new(),
        };
        quote!(#[doc = #about] #written #fields)
    });
    let generic = generic(&generics);
    quote! {
        #[doc = #about]
        #[allow(missing_docs, missing_debug_implementations, missing_copy_implementations)]
        #[allow(unreachable_pub, unnameable_types, single_use_lifetimes, explicit_outlives_requirements)]
        #[allow(clippy::all, clippy::pedantic, clippy::nursery, clippy::restriction)]
        #visibility enum #after #generics #bounds {
            #(#variants,)*
            #generic
        }
    }
}

/// The states that follow; all, where transitions are not understood: what the user's functions choose is no fault of theirs then.
fn variants<'a>(model: &'a Model, state: &'a State) -> Vec<(&'a Ident, &'a State)> {
    if model.understood {
        successors(model, state).collect()
    } else {
        model.states.iter().map(|state| (&state.name, state)).collect()
    }
}

/// The states that follow, and how that is written.
pub(super) fn successors<'a>(model: &'a Model, state: &'a State) -> impl Iterator<Item = (&'a Ident, &'a State)> {
    state.to.iter().zip(model.graph[state.id].iter().map(|id| &model.states[id.0]))
}

/// A variant without values that names all parameters, where there are any.
fn generic(generics: &Generics) -> TokenStream {
    let parameters = generics.params.iter().filter_map(|parameter| match parameter {
        GenericParam::Lifetime(lifetime) => {
            let lifetime = &lifetime.lifetime;
            Some(quote!(&#lifetime ()))
        }
        GenericParam::Type(ty) => {
            let ty = &ty.ident;
            Some(quote!(::core::marker::PhantomData<#ty>))
        }
        GenericParam::Const(_) => None,
    });
    if generics.params.is_empty() {
        return TokenStream::new();
    }
    quote! {
        #[doc(hidden)]
        #[allow(dead_code)]
        __Generic(::core::convert::Infallible, ::core::marker::PhantomData<(#(#parameters,)*)>),
    }
}

/// The machine's generics, in which `Self` is the machine's enum.
fn generics(model: &Model) -> (Generics, OfEnum) {
    let mut generics = model.generics.clone();
    let (name, (_, arguments, _)) = (&model.name, model.generics.split_for_impl());
    let mut of_enum = OfEnum(parse_quote!(#name #arguments));
    visit_mut::visit_generics_mut(&mut of_enum, &mut generics);
    (generics, of_enum)
}

/// Says what `Self` is, where it would be another type.
#[derive(Clone)]
struct OfEnum(Type);

impl VisitMut for OfEnum {
    fn visit_type_mut(&mut self, ty: &mut Type) {
        if let Type::Path(path) = &*ty
            && path.path.is_ident("Self")
        {
            *ty = self.0.clone();
            return;
        }
        visit_mut::visit_type_mut(self, ty);
    }
}
