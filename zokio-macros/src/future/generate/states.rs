//! The list of states.

use proc_macro2::TokenStream;
use quote::quote;

use crate::future::order::Source;

/// `Unresumed`, one for each await, and the ends; `held` says what the await of an index holds.
pub(crate) fn states(sources: &[Source], z: &TokenStream, held: impl Fn(usize) -> Vec<String>) -> TokenStream {
    let simple = |name: &str| quote!(#z::State { name: #name, file: "", line: 0, column: 0, awaited: "", held: &[], successors: &[] });
    let awaits = sources.iter().enumerate().map(|(index, source)| {
        let (held, name, awaited) = (held(index), &source.name, &source.text);
        let start = source.span.start();
        let (line, column) = (start.line as u32, start.column as u32 + 1);
        quote!(#z::State {
            name: #name, file: ::core::file!(), line: #line, column: #column, awaited: #awaited, held: &[#(#held),*], successors: &[],
        })
    });
    let (first, ends) = (simple("Unresumed"), ["Returned", "Failed", "Poisoned"].map(simple));
    quote!(#first, #(#awaits,)* #(#ends),*)
}
