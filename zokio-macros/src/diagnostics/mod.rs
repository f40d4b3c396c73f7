//! Faults: passes gather them, so that one build shows all of them.

pub(crate) mod fallback;
pub(crate) mod messages;
pub(crate) mod nearest;

use proc_macro2::TokenStream;
use quote::ToTokens;

use self::messages::Message;

/// What is wrong with an attribute and its item, each at its place.
#[derive(Debug, Default)]
pub(crate) struct Faults(Vec<syn::Error>);

impl Faults {
    /// Adds one, shown at `place`: first to last of its tokens.
    pub(crate) fn add(&mut self, place: impl ToTokens, message: impl Into<Message>) {
        self.0.push(syn::Error::new_spanned(place, message.into()));
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The errors as the compiler will show them: one `compile_error!` each.
    pub(crate) fn to_tokens(&self) -> TokenStream {
        self.0.iter().map(syn::Error::to_compile_error).collect()
    }

    /// The texts alone.
    #[cfg(test)]
    pub(crate) fn texts(&self) -> Vec<String> {
        self.0.iter().map(ToString::to_string).collect()
    }
}
