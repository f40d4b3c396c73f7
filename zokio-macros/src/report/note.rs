//! The report as a warning at the attribute (`report = note`). Cargo keeps a crate's warnings and shows them again when it
//! does not have to build it.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{Report, text};

/// A constant that is deprecated with the report as the reason, and its use at the key: the one warning with words of our own
/// that stable Rust has for a macro.
pub(crate) fn warning(report: &Report, key: &Ident) -> TokenStream {
    let text = format!("no fault, but the report that `report = note` asks for\n{}", text::text(report).trim_end());
    let at_the_key = Ident::new("REPORT", key.span());
    quote! {
        const _: () = {
            #[deprecated(note = #text)]
            const REPORT: () = ();
            #at_the_key
        };
    }
}
