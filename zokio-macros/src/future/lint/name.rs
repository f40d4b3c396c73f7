//! The lints by their names, and `allow(..)`: which of them are switched off.

use proc_macro2::TokenStream;
use syn::Token;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;

use crate::diagnostics::Faults;
use crate::diagnostics::messages::{Message, list};
use crate::diagnostics::nearest::nearest;

/// One lint. Where clippy has it, the name is clippy's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lint {
    /// A call that blocks the thread.
    BlockingCall,
    /// A lock guard held across an await.
    AwaitHoldingLock,
    /// A borrow of a `RefCell` held across an await.
    AwaitHoldingRefcellRef,
    /// A slot above 1 KiB held across an await.
    LargeSlot,
}

impl Lint {
    /// Its name.
    pub(crate) fn name(self) -> &'static str {
        LINTS.iter().find(|(_, lint)| *lint == self).map_or("", |(name, _)| name)
    }
}

const LINTS: &[(&str, Lint)] = &[
    ("blocking_call", Lint::BlockingCall),
    ("await_holding_lock", Lint::AwaitHoldingLock),
    ("await_holding_refcell_ref", Lint::AwaitHoldingRefcellRef),
    ("large_slot", Lint::LargeSlot),
];

/// The lints that are switched off.
#[derive(Debug, Clone, Default)]
pub(crate) struct Allowed(Vec<Lint>);

impl Allowed {
    /// Whether nothing is said about it.
    pub(crate) fn contains(&self, lint: Lint) -> bool {
        self.0.contains(&lint)
    }

    /// Adds the names between the parentheses of `allow(..)`.
    pub(crate) fn add(&mut self, names: &Names, faults: &mut Faults) {
        if names.0.is_empty() {
            let known: Vec<&str> = LINTS.iter().map(|(name, _)| *name).collect();
            let write = format!("`allow({})`, for example", known[0]);
            faults.add(&names.1, Message::new("nothing is allowed here", write).because(lints(&known)));
        }
        for path in &names.0 {
            let name = path.get_ident().map(ToString::to_string).unwrap_or_default();
            match LINTS.iter().find(|(known, _)| *known == name) {
                Some((_, lint)) if self.contains(*lint) => {
                    let write = format!("`{name}` once");
                    faults.add(path, Message::new(format!("`{name}` is there twice"), write));
                }
                Some((_, lint)) => self.0.push(*lint),
                None => faults.add(path, unknown(path)),
            }
        }
    }
}

fn lints(known: &[&str]) -> String {
    format!("the lints of async bodies are {}", list(known))
}

fn unknown(path: &syn::Path) -> Message {
    let text = quote::quote!(#path).to_string().replace(' ', "");
    let known: Vec<&str> = LINTS.iter().map(|(name, _)| *name).collect();
    let write = match nearest(text.rsplit("::").next().unwrap_or_default(), &known) {
        Some(near) => format!("`{near}`, which is the nearest"),
        None => "one of them; rustc's lints, and clippy's, stand in an `#[allow(..)]` of their own".to_owned(),
    };
    Message::new(format!("there is no lint `{text}`"), write).because(lints(&known))
}

/// What stands between the parentheses of `allow(..)`, and both as tokens.
#[derive(Debug)]
pub(crate) struct Names(Vec<syn::Path>, TokenStream);

impl Parse for Names {
    /// With the `allow` in front.
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let allow: syn::Ident = input.parse()?;
        if allow != "allow" {
            let message = Message::new(format!("`{allow}` does nothing here"), "`allow(blocking_call)`, for example");
            return Err(syn::Error::new(allow.span(), message));
        }
        let content;
        let parens = syn::parenthesized!(content in input);
        let names = Punctuated::<syn::Path, Token![,]>::parse_terminated_with(&content, syn::Path::parse_mod_style)?;
        let mut tokens = quote::quote!(#allow);
        parens.surround(&mut tokens, |tokens| tokens.extend(quote::quote!(#names)));
        Ok(Self(names.into_iter().collect(), tokens))
    }
}
