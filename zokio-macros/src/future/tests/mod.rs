//! Tests of the passes, without a compiler around them.

mod bodies;
mod chapter;
mod cost;
mod mutants;
mod nested;
mod snapshots;

use quote::quote;
use syn::parse_quote;

use super::dump::{Dump, Made};
use super::extent::Extent;
use super::generate::Scopes;
use super::input::{Input, Inputs, output};
use super::lint::Lints;
use super::parameters::Parameters;
use super::{Passes, passes};
use crate::compiler::Edition;
use crate::diagnostics::Faults;

/// The input that an `async fn` makes.
fn input(function: &str) -> Input {
    let mut function: syn::ItemFn = syn::parse_str(function).unwrap_or_else(|error| panic!("{error}: {function}"));
    let inputs = Inputs::take(&mut function.sig, &Parameters::default());
    let (returned, braces) = (Extent::of(&function.sig), function.block.brace_token.span.join());
    super::expected::shown(&mut function.block);
    let (patterns, lets, body) = (&inputs.patterns, &inputs.witness, &function.block);
    let statements = &body.stmts;
    Input {
        path: super::input::path("f"),
        generic: false,
        edition: Edition::Since2024,
        lints: Lints::default(),
        name: function.sig.ident.to_string(),
        body: if patterns.is_empty() {
            (**body).clone()
        } else {
            {
                let mark = super::terminating::mark();
                parse_quote!({ #patterns #mark #body })
            }
        },
        witness: quote!(#(#statements)*),
        taken: quote!(#lets),
        arguments: inputs.arguments,
        output: output(&function.sig.output),
        told: None,
        quiet: Vec::new(),
        returned,
        braces,
        krate: quote!(::zokio::plumbing::machine),
    }
}

/// What the passes make of it.
fn compiled(function: &str, dump: &mut Dump) -> (Passes, Scopes) {
    compiled_of(function, Edition::Since2024, dump)
}

fn compiled_of(function: &str, edition: Edition, dump: &mut Dump) -> (Passes, Scopes) {
    let (input, mut faults) = (Input { edition, ..input(function) }, Faults::default());
    let passes = passes(&input, &mut faults, dump).unwrap_or_else(|| panic!("{:?}", faults.texts()));
    let (_, scopes) = passes.generate(&input, dump);
    (passes, scopes)
}

/// The passes by name, each as text; code is formatted.
fn dumped(function: &str) -> Vec<(&'static str, String)> {
    let mut dump = Dump::kept();
    compiled(function, &mut dump);
    let text = |made| match made {
        Made::Code(code) => prettyplease::unparse(&syn::parse2(code).expect("what is compiled is code")),
        Made::Text(text) => text,
    };
    dump.passes.into_iter().map(|(pass, made)| (pass, text(made))).collect()
}

/// Whether snapshots are to be written anew.
fn updates() -> bool {
    std::env::var_os("UPDATE_SNAPSHOTS").is_some()
}
