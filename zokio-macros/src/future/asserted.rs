//! What an assertion says when it fails: the machine has its condition in other words, so the user's stand beside it.
//!
//! `assert!(x > 1)` -> `assert!(x > 1, "assertion failed: x > 1")`

use quote::quote;
use syn::punctuated::Punctuated;
use syn::visit_mut::VisitMut;
use syn::{Block, Expr, Item, Macro, Token};

use super::macros;

/// Gives every assertion of a body that says nothing of its own what it would say.
pub(super) fn tell(block: &mut Block) {
    Asserted.visit_block_mut(block);
}

struct Asserted;

impl VisitMut for Asserted {
    fn visit_macro_mut(&mut self, mac: &mut Macro) {
        if !matches!(macros::name(mac).as_str(), "assert" | "debug_assert") {
            return;
        }
        let Ok(arguments) = mac.parse_body_with(Punctuated::<Expr, Token![,]>::parse_terminated) else { return };
        if let Some(condition) = arguments.first()
            && arguments.len() == 1
        {
            // The words as they stand: an expression has forgotten what stood close together.
            let text = mac.tokens.to_string();
            let told = format!("assertion failed: {}", text.trim_end().trim_end_matches(',').trim_end());
            // In old editions a text alone is no format.
            let format = told.contains(['{', '}']).then(|| quote!("{}",));
            mac.tokens = quote!(#condition, #format #told);
        }
    }

    fn visit_item_mut(&mut self, _: &mut Item) {}
}
