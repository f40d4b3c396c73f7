//! Macros that may return from the function that they are in: each in an `async` block or a closure, which it returns from instead.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::Generator;
use crate::future::liveness::Decision;
use crate::future::local::LocalId;
use crate::future::macros;

impl Generator<'_> {
    /// A macro that may return from the function it is in: that is an `async` block, which is polled once. If it has not returned,
    /// it waits for what never comes, and is left there.
    ///
    /// `value` is what puts its value into `value`.
    pub(super) fn enclosed(&self, mac: &syn::Macro, value: &TokenStream, aliases: &[(LocalId, Ident)]) -> TokenStream {
        let (z, output, fail) = (self.z, self.output, self.fail());
        let leave = self.leave_with(&quote!(returned));
        let names = aliases.iter().map(|(local, name)| {
            let place = self.place(*local);
            quote!(let #name = &mut **#place;)
        });
        let names: TokenStream = names.collect();
        let left = quote! {
            use #z::cases::*;
            if (&&#z::Returned(&returned)).__zokio_fails() {
                #fail
            }
            #leave;
        };
        if macros::diverges(&mac.path) {
            return quote! {(match #z::attempt(async { #names if false { return #z::any::<#output>(); } #mac; loop {} }) {
                ::core::option::Option::Some(returned) => { #left }
                ::core::option::Option::None => ::core::unreachable!(),
            })};
        }
        quote! {({
            let mut value = ::core::option::Option::None;
            let returned = #z::attempt(async {
                #names
                #value
                ::core::future::pending::<#output>().await
            });
            if let ::core::option::Option::Some(returned) = returned {
                #left
            }
            #z::passed(value)
        })}
    }

    /// Gives names to what the macro is given alone, perhaps as a name.
    pub(super) fn alias(&self, mac: &syn::Macro) {
        for id in macros::alone(&mac.tokens) {
            let local = self.compiled.locals.used(id);
            let borrowed = matches!(self.decision(id), Some(Decision::Place | Decision::Ask));
            let mut aliases = self.aliases.borrow_mut();
            if borrowed && self.is_unique(local) && !aliases.iter().any(|(aliased, _)| *aliased == local) {
                aliases.push((local, self.inner(local)));
            }
        }
    }

    /// Where the function's type is not known: a macro that returns an error from the function it is in: that is a closure, and the error is returned behind it.
    pub(super) fn fallible(&self, mac: &syn::Macro) -> TokenStream {
        let (z, fail) = (self.z, self.fail());
        let leave = self.leave_with(&quote!(::core::result::Result::Err(error)));
        let (value, body) = if macros::diverges(&mac.path) {
            (quote!(match value {}), quote!(|| -> ::core::result::Result<#z::Never, _> { #mac; loop {} }))
        } else {
            (quote!(value), quote!(|| -> ::core::result::Result<(), _> { #mac; ::core::result::Result::Ok(()) }))
        };
        quote! {(match (#body)() {
            ::core::result::Result::Ok(value) => #value,
            ::core::result::Result::Err(error) => {
                #fail
                #leave
            }
        })}
    }
}
