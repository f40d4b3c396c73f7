//! An attribute and its item -> a runtime: what was said ([`config`]), what will be done ([`plan`]), the code
//! ([`generate`]). Passes gather faults; the pipeline stops where the item cannot be read, and before it decides.
//! Generation cannot fail.

pub(crate) mod attribute;
pub(crate) mod config;
mod contradiction;
mod decision;
pub(crate) mod fitness;
pub(crate) mod generate;
pub(crate) mod item;
pub(crate) mod optimisation;
pub(crate) mod plan;
mod threads;
pub(crate) mod unbuilt;
pub(crate) mod value;

use proc_macro2::TokenStream;
use quote::quote;

use self::config::Config;
use self::item::Item;
use crate::diagnostics::{Faults, fallback};
use crate::names::Kind;
use crate::report::{self, Build, Report};

/// Expands one attribute.
pub(crate) fn expand(kind: Kind, arguments: TokenStream, item: TokenStream, build: &Build) -> TokenStream {
    let mut faults = Faults::default();
    let mut read: Item = match syn::parse2(item.clone()) {
        Ok(read) => read,
        // The compiler has its own words for what is no item.
        Err(error) => {
            let error = error.to_compile_error();
            return quote!(#item #error);
        }
    };
    fitness::check(kind, &mut read, &mut faults);
    let pairs = attribute::pairs(arguments, &mut faults);
    let config = Config::new(kind, &pairs, &mut faults);
    contradiction::find(kind, &config, &mut faults);
    if !faults.is_empty() {
        return fallback::item(kind, &read, config.krate, build, &faults);
    }
    let plan = plan::plan(kind, &config);
    let report = Report::new(kind, &read, &plan, build);
    let report = report::write(report, &plan, build);
    generate::expansion(kind, &read, &plan, &report, &config)
}
