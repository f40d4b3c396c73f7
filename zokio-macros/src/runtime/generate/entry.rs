//! An entry point: the function without `async`, its body as the future that the runtime drives.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::Signature;

use crate::names::Kind;
use crate::runtime::item::Entry;
use crate::runtime::plan::Plan;

/// The function. The runtime's items stand in a block behind the body, which does not see them.
pub(crate) fn entry(kind: Kind, entry: &Entry, plan: &Plan, runtime: &TokenStream) -> TokenStream {
    let Entry { attributes, visibility, signature, body, last_statement } = entry;
    let signature = Signature { asyncness: None, ..signature.clone() };
    let krate = &plan.krate.0;
    let (test, run) = match kind {
        Kind::Test => (quote!(#[::core::prelude::v1::test]), quote!(run_test)),
        Kind::Runtime | Kind::Main => (TokenStream::new(), quote!(run_main)),
    };
    // Not a name that arguments can have.
    let future = Ident::new("future", Span::mixed_site());
    // The future's output is the function's: where it is not, the compiler shows the end of the body.
    let call = quote_spanned! {last_statement.resolved_at(Span::call_site())=>
        #krate::plumbing::#run::<Runtime, _>(#future)
    };
    quote! {
        #test
        #(#attributes)*
        #visibility #signature {
            let #future = async #body;
            {
                #runtime
                #call
            }
        }
    }
}
