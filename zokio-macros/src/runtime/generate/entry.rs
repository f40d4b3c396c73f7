//! An entry point: the function without `async`, its body as the future that the runtime drives.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{quote, quote_spanned};
use syn::Signature;

use super::body;
use crate::names::Kind;
use crate::runtime::item::Entry;
use crate::runtime::plan::Plan;

/// The function. The runtime's items stand in a block behind the body, which does not see them; beside the function some of
/// them could not stand where it is an associated one.
pub(crate) fn entry(kind: Kind, entry: &Entry, plan: &Plan, runtime: &TokenStream) -> TokenStream {
    let Entry { attributes, visibility, signature, last_statement, .. } = entry;
    let body = body::future(entry);
    let signature = Signature { asyncness: None, ..signature.clone() };
    let krate = &plan.krate.0;
    let (test, run) = match kind {
        Kind::Test => (quote!(#[::core::prelude::v1::test]), quote!(run_test)),
        Kind::Runtime | Kind::Main => (TokenStream::new(), quote!(run_main)),
    };
    // Not a name that arguments can have.
    let future = Ident::new("future", Span::mixed_site());
    // The future's output is the function's: where it is not, the compiler shows the last statement, and not the attribute.
    let run = at(*last_statement, quote!(#krate::plumbing::#run::<Runtime, _>));
    let call = quote_spanned!(*last_statement=> #run(#future));
    quote! {
        #test
        #(#attributes)*
        #visibility #signature {
            let #future = #body;
            {
                #runtime
                #call
            }
        }
    }
}

/// The tokens as if they stood at `place`; names mean what they mean where they come from.
fn at(place: Span, tokens: TokenStream) -> TokenStream {
    let at_place = |mut token: TokenTree| {
        token.set_span(token.span().located_at(place));
        token
    };
    tokens.into_iter().map(at_place).collect()
}
