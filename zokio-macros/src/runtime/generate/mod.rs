//! `Plan` -> tokens: names and data. The logic is in the core.

pub(crate) mod body;
mod constants;
mod entry;
mod runtime_struct;

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::Visibility;

use super::config::Config;
use super::item::Item;
use super::plan::Plan;
use super::value::ReportTo;
use crate::names::Kind;
use crate::report::{Report, note};

/// The item's expansion.
pub(crate) fn expansion(kind: Kind, item: &Item, plan: &Plan, report: &Report, config: &Config) -> TokenStream {
    let note = match (plan.report, config.report.said()) {
        (ReportTo::Note, Some((key, _))) => note::warning(report, key),
        _ => TokenStream::new(),
    };
    match item {
        Item::Struct(item) => {
            let runtime =
                runtime_struct::runtime(&item.attrs, &item.vis, &item.ident, &runtime_struct::methods(), plan, report);
            quote!(#runtime #note)
        }
        Item::Entry(item) => {
            let name = Ident::new("Runtime", Span::call_site());
            // Seen by the entry point alone, which is what it stands in.
            let visibility = Visibility::Inherited;
            let runtime = runtime_struct::runtime(&[], &visibility, &name, &TokenStream::new(), plan, report);
            entry::entry(kind, item, plan, &quote!(#runtime #note))
        }
        Item::Other(other) => other.tokens.clone(),
    }
}
