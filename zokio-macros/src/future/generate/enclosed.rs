//! Macros that may return from the function that they are in: each in an `async` block or a closure, which it returns from instead.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::{Expr, Stmt};

use super::Generator;
use super::expr::Rewrite;
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

impl Generator<'_> {
    /// Whether a macro stands in a block of its own, from which it may return.
    pub(super) fn may_enclose(&self, mac: &syn::Macro) -> bool {
        self.output.to_string() != "_" && macros::may_return(mac) && !self.encloses.get()
    }

    /// A macro as a statement, if it may return from the function: with a value, where it is the last of its block.
    pub(super) fn returning_statement(&self, it: &syn::StmtMacro, last: bool) -> Option<TokenStream> {
        let stands = if last { Stands::of(it) } else { Stands::Alone };
        let mut mac = it.mac.clone();
        self.may_enclose(&mac).then(|| Rewrite { generator: self }.returning(&mut mac, stands)).flatten()
    }
}

/// Where a macro stands.
#[derive(Clone, Copy)]
enum Stands {
    /// As a statement: what its own code ends with need be no value.
    Alone,
    /// As the last one of a block: it may be made of statements, and of a value.
    Last,
    /// In an expression.
    Within,
}

impl Stands {
    fn of(it: &syn::StmtMacro) -> Self {
        match (&it.semi_token, &it.mac.delimiter) {
            (Some(_), _) => Self::Alone,
            (None, syn::MacroDelimiter::Brace(_)) => Self::Last,
            (None, _) => Self::Within,
        }
    }
}

impl Rewrite<'_, '_> {
    /// One that stands in an expression.
    pub(super) fn returning_value(&mut self, mac: &mut syn::Macro) -> Option<TokenStream> {
        self.returning(mac, Stands::Within)
    }

    /// One that is a statement: its value is the block's, if it is the last and has no semicolon.
    pub(super) fn returning_statement(&mut self, stmt: &mut Stmt, last: bool) -> Option<Stmt> {
        let Stmt::Macro(it) = stmt else { return None };
        let (stands, semicolon) = if last {
            (Stands::of(it), it.semi_token)
        } else {
            (Stands::Alone, Some(it.semi_token.unwrap_or_default()))
        };
        let code = self.returning(&mut it.mac, stands)?;
        Some(Stmt::Expr(Expr::Verbatim(code), semicolon))
    }

    /// A macro that may return from the function; of any other, only the arguments are changed.
    fn returning(&mut self, mac: &mut syn::Macro, stands: Stands) -> Option<TokenStream> {
        let generator = self.generator;
        let fallible = macros::is_fallible(&macros::name(mac));
        // Within another, it is within its block.
        let within = generator.encloses.get();
        let encloses = generator.may_enclose(mac);
        generator.encloses.set(encloses || within);
        if encloses {
            generator.alias(mac);
        }
        self.in_macro(mac);
        generator.encloses.set(within);
        match encloses {
            true => {
                let value = match stands {
                    Stands::Alone => quote!(#mac; value = ::core::option::Option::Some(());),
                    Stands::Last => quote!(value = ::core::option::Option::Some({ #mac });),
                    Stands::Within => quote!(value = ::core::option::Option::Some(#mac);),
                };
                Some(generator.enclosed(mac, &value, &generator.aliases.take()))
            }
            false => (fallible && !within).then(|| generator.fallible(mac)),
        }
    }
}
