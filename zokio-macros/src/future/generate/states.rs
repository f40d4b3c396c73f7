//! The list of states.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

use crate::future::order::Source;

/// `Unresumed`, one for each await, and the ends; `held` says what the await of an index holds.
pub(crate) fn states(sources: &[Source], z: &impl ToTokens, held: impl Fn(usize) -> Vec<String>) -> TokenStream {
    let awaits = sources.iter().enumerate().map(|(index, source)| {
        let (held, name, awaited) = (held(index), &source.name, &source.text);
        let start = source.span.start();
        let (line, column) = (Literal::usize_unsuffixed(start.line), Literal::usize_unsuffixed(start.column + 1));
        quote!(#z::State::waiting(#name, Self::FILE, #line, #column, #awaited, &[#(#held),*]))
    });
    quote!(#z::State::UNRESUMED, #(#awaits,)* #z::State::RETURNED, #z::State::FAILED, #z::State::POISONED)
}
