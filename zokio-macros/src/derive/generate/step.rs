//! One step: the future is polled; once it is ready the data moves out of the state, the future is dropped where it is, and the
//! user's function chooses what follows.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{quote, quote_spanned};

use super::after::successors;
use super::{fields, own, z};
use crate::derive::model::{Model, State};

/// The body of the function.
pub(super) fn step(model: &Model) -> TokenStream {
    let stand = own("stand");
    let arms = model.states.iter().map(|state| arm(model, state));
    quote! {
        match unsafe { &mut *#stand.state() } {
            #(#arms)*
        }
    }
}

fn arm(model: &Model, state: &State) -> TokenStream {
    let z = z(model);
    let (stand, cx) = (own("stand"), own("cx"));
    let State { name, .. } = state;
    let (members, fields) = (fields::members(state), fields::names(state));
    let data: Vec<&Ident> =
        fields.iter().enumerate().filter(|(index, _)| Some(*index) != state.future).map(|(_, name)| name).collect();
    let output = own("output");
    let (poll, finish) = match state.future {
        Some(future) => {
            let future = &fields[future];
            // Where it is no future, the field's type is shown.
            let span = Span::mixed_site().located_at(future_span(state));
            let poll = at(span, quote!(#z::poll(#future, #cx)));
            let poll = quote! {
                let ::core::task::Poll::Ready(#output) = (unsafe { #poll }) else {
                    return ::core::ops::ControlFlow::Break(::core::task::Poll::Pending);
                };
            };
            (poll, quote!(unsafe { #z::finished(#future) };))
        }
        None => (TokenStream::new(), TokenStream::new()),
    };
    let call = call(state, &output, &data);
    let goes_on = goes_on(model, state, &call);
    quote! {
        Self::#name { #(#members: #fields),* } => {
            #poll
            #stand.leave();
            #(let #data = unsafe { #z::moved(#data) };)*
            #finish
            #goes_on
        }
    }
}

/// `Self::on_reading(output, data, ..)`. What is wrong with it is shown at the state's name.
fn call(state: &State, output: &Ident, data: &[&Ident]) -> TokenStream {
    let span = Span::mixed_site().located_at(state.name.span());
    let on = &state.on;
    let arguments = state.future.map(|_| output).into_iter().chain(data.iter().copied());
    let arguments = arguments.map(|name| Ident::new(&name.to_string(), span));
    quote_spanned!(span=> Self::#on(#(#arguments),*))
}

/// Ends with what the function returns, or enters the state that it chooses.
fn goes_on(model: &Model, state: &State, call: &TokenStream) -> TokenStream {
    let Model { output, .. } = model;
    let (stand, next, never) = (own("stand"), own("next"), own("never"));
    if state.end.is_some() {
        let number = state.id.0;
        return quote! {
            let #next: #output = #call;
            #stand.end(#number, #next)
        };
    }
    let (_, arguments, _) = model.generics.split_for_impl();
    let after = &state.after;
    let arms = successors(model, state).map(|(written, to)| {
        let (number, name) = (to.id.0, &to.name);
        let (members, fields) = (fields::members(to), fields::names(to));
        quote!(#after::#written { #(#members: #fields),* } => #stand.enter(#number, Self::#name { #(#members: #fields),* }),)
    });
    let generic = (!model.generics.params.is_empty()).then(|| quote!(#after::__Generic(#never, _) => match #never {},));
    quote! {
        let #next: #after #arguments = #call;
        match #next {
            #(#arms)*
            #generic
        }
    }
}

fn future_span(state: &State) -> Span {
    use syn::spanned::Spanned;
    fields::future(state).map_or_else(|| state.name.span(), Spanned::span)
}

/// The tokens as if they stood at a place.
fn at(place: Span, tokens: TokenStream) -> TokenStream {
    let at_place = |mut token: TokenTree| {
        token.set_span(token.span().located_at(place));
        token
    };
    tokens.into_iter().map(at_place).collect()
}
