//! What an item with faults becomes: something of the same shape, so that the compiler says no more than we do.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::{FnArg, ReturnType, Signature};

use super::Faults;
use crate::names::Kind;
use crate::report::{Build, Report};
use crate::runtime::config::{Config, Setting};
use crate::runtime::item::{Entry, Item};
use crate::runtime::plan::plan;
use crate::runtime::value::CratePath;
use crate::runtime::{fitness, generate};

/// The item, and its faults.
pub(crate) fn item(kind: Kind, item: &Item, krate: Setting<CratePath>, build: &Build, faults: &Faults) -> TokenStream {
    let faults = faults.to_tokens();
    match item {
        Item::Entry(item) => {
            let entry = entry(kind, item);
            quote!(#entry #faults)
        }
        // With the defaults for everything: uses of the runtime stay right.
        Item::Struct(unit) if kind == Kind::Runtime && fitness::is_unit(unit) => {
            let plan = plan(kind, &Config { krate, ..Config::default() });
            let report = Report::new(kind, item, &plan, build);
            let runtime = generate::expansion(kind, item, &plan, &report, &Config::default());
            quote!(#runtime #faults)
        }
        Item::Struct(item) => quote!(#item #faults),
        Item::Other(other) => {
            let item = &other.tokens;
            quote!(#item #faults)
        }
    }
}

/// A function with the same signature, its body still checked. It is never called: the build fails.
fn entry(kind: Kind, entry: &Entry) -> TokenStream {
    let Entry { attributes, visibility, signature, .. } = entry;
    let body = generate::body::future(entry);
    let test = if kind == Kind::Test { quote!(#[::core::prelude::v1::test]) } else { TokenStream::new() };
    let future = Ident::new("future", Span::mixed_site());
    let body = quote! {{
        let #future = #body;
        fn output<F: ::core::future::Future>(_: F) -> F::Output {
            loop {}
        }
        output(#future)
    }};
    // The compiler would refuse a future in a `const fn` as well, for reasons of its own.
    let inner = Signature { constness: None, asyncness: None, ..signature.clone() };
    if takes_nothing(&inner) || (kind != Kind::Test && !entry.is_main()) {
        return quote!(#test #(#attributes)* #visibility #inner #body);
    }
    // The compiler would refuse arguments and generics here as well: they go to a function within.
    let name = &signature.ident;
    let outer = Signature {
        generics: syn::Generics::default(),
        inputs: std::iter::empty::<FnArg>().collect(),
        output: ReturnType::Default,
        ..inner.clone()
    };
    let within = Signature { ident: Ident::new(&format!("_{name}"), name.span()), ..inner };
    quote!(#test #(#attributes)* #visibility #outer { #within #body })
}

fn takes_nothing(signature: &Signature) -> bool {
    signature.inputs.is_empty() && signature.generics.params.is_empty() && signature.generics.where_clause.is_none()
}
