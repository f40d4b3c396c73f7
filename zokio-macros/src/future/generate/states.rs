//! The list of states.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

use crate::future::order::Source;

/// `Unresumed`, one for each await, and the ends; `held` says what the await of an index holds.
pub(crate) fn states(
    sources: &[Source],
    z: &impl ToTokens,
    held: impl Fn(usize) -> Vec<String>,
    successors: &[Vec<usize>],
) -> TokenStream {
    let successors = |state: usize| {
        let states = successors.get(state).into_iter().flatten().map(|state| Literal::usize_unsuffixed(*state));
        quote!(&[#(#states),*])
    };
    let awaits = sources.iter().enumerate().map(|(index, source)| {
        let (held, name, awaited) = (held(index), &source.name, &source.text);
        let (start, successors) = (source.span.start(), successors(index + 1));
        let (line, column) = (Literal::usize_unsuffixed(start.line), Literal::usize_unsuffixed(start.column + 1));
        quote!(#z::State::waiting(#name, Self::FILE, #line, #column, #awaited, &[#(#held),*], #successors))
    });
    let first = successors(0);
    quote!(#z::State::unresumed(#first), #(#awaits,)* #z::State::RETURNED, #z::State::FAILED, #z::State::POISONED)
}
