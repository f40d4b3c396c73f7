//! An enum of states -> a state machine: what was said ([`input`]), what it means ([`model`]), whether its graph is one that ends
//! ([`check`]), the code ([`generate`]), and the graph for people ([`report`]).
//!
//! Passes gather faults. Nothing is concluded about the graph where a transition is not understood. Generation cannot fail.

mod check;
mod generate;
mod graph;
mod input;
mod keys;
mod misplaced;
mod model;
mod name;
mod report;
#[cfg(test)]
mod tests;
mod words;

use proc_macro2::TokenStream;
use quote::quote;

use self::input::Input;
use self::model::Model;
use crate::diagnostics::Faults;
use crate::report::Build;
use crate::runtime::value::ReportTo;

/// Expands the derive.
pub(crate) fn expand(item: TokenStream, build: &Build) -> TokenStream {
    let mut faults = Faults::default();
    let model = Input::read(item, &mut faults).and_then(|input| Model::new(input, &mut faults));
    let Some(model) = model else { return faults.to_tokens() };
    check::check(&model, &mut faults);
    if !faults.is_empty() {
        // Something of the same shape, so that the compiler says no more than we do.
        let (shape, faults) = (generate::shape(&model), faults.to_tokens());
        return quote!(#shape #faults);
    }
    if model.report == ReportTo::File {
        // What keeps a report from being written keeps no machine from running, and there is no constant to say it.
        let _ = report::write(&model, build);
    }
    generate::machine(&model)
}
