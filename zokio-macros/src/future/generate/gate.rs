//! Receivers of methods that may consume them: the compiler is asked, in code that is never run.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};
use syn::ExprMethodCall;

use super::{Generator, own};
use crate::future::local::LocalId;
use crate::future::order::{borrows, consumes};

impl Generator<'_> {
    /// The last use of a local. `None` where its place will do.
    pub(super) fn ask_local(
        &self,
        call: &ExprMethodCall,
        local: LocalId,
        arguments: impl FnOnce() -> Vec<TokenStream>,
    ) -> Option<TokenStream> {
        let (z, guard, place) = (self.z, self.guard(local), self.place(local));
        let (method, turbofish) = (&call.method, &call.turbofish);
        let name = method.to_string();
        if consumes(&name) {
            let arguments = arguments();
            return Some(quote!(#guard.take(#place).#method #turbofish (#(#arguments),*)));
        }
        let reference = matches!(self.compiled.locals[local].ty, Some(syn::Type::Reference(_)));
        if turbofish.is_some() || reference || borrows(&name) {
            return None;
        }
        let (gate, receiver) = (own("gate"), own("receiver"));
        let (questions, ties) = self.question(method, quote!(#place), &arguments());
        Some(quote!(({
            #questions
            let #receiver = #z::receive(#gate, &mut #guard, #place);
            #z::answer(#gate, #receiver.#method(#(#ties),*))
        })))
    }

    /// A temporary.
    pub(super) fn ask_temporary(
        &self,
        call: &ExprMethodCall,
        local: LocalId,
        value: &TokenStream,
        arguments: &[TokenStream],
    ) -> TokenStream {
        let (z, guard, place) = (self.z, self.guard(local), self.place(local));
        let (gate, receiver, temporary) = (own("gate"), own("receiver"), own("temporary"));
        let method = &call.method;
        let (questions, ties) = self.question(method, quote!((&raw const #temporary).cast_mut()), arguments);
        quote!(({
            let #temporary = #value;
            #questions
            let #receiver = #z::hold(#gate, &mut #guard, #place, #temporary);
            #z::answer(#gate, #receiver.#method(#(#ties),*))
        }))
    }

    /// `let gate = ..;`, and the arguments tied to those of the question.
    pub(super) fn question(
        &self,
        method: &Ident,
        place: TokenStream,
        arguments: &[TokenStream],
    ) -> (TokenStream, Vec<TokenStream>) {
        let z = self.z;
        let name = |what: &str, index: usize| format_ident!("{what}_{index}", span = Span::mixed_site());
        let names: Vec<Ident> = (0..arguments.len()).map(|index| name("argument", index)).collect();
        let types: Vec<Ident> = (0..arguments.len()).map(|index| name("A", index)).collect();
        let ties = names.iter().zip(arguments).map(|(name, argument)| quote!(#z::tie(#name, #argument))).collect();
        let (gate, at) = (own("gate"), own("asked"));
        let asking = |whom: TokenStream| {
            quote! {
                trait Ask: Sized {
                    fn #method<#(#types),*>(self, #(_: #types),*) -> #z::Taken { #z::any() }
                }
                impl<T: ?Sized> Ask for #whom {}
            }
        };
        let (shared, mutable, owned) = (asking(quote!(&&T)), asking(quote!(&&mut T)), asking(quote!(&T)));
        let questions = quote! {
            let #at = #place;
            #(let #names = #z::question();)*
            let shared = #z::question();
            let mutable = #z::question();
            if false {
                #shared
                shared.is(#z::shared(#at).#method(#(#names.any()),*));
            }
            if false {
                #mutable
                mutable.is(#z::mutable(#at).#method(#(#names.any()),*));
            }
            let #gate = {
                use #z::case::*;
                let gate = (&&&&#z::references(shared, mutable)).gate();
                let owned = #z::question();
                if false {
                    #owned
                    owned.is((&&#z::third(&gate, #at)).receiver().#method(#(#names.any()),*));
                }
                (&&&#z::third_answer(gate, owned)).last()
            };
        };
        (questions, ties)
    }
}
