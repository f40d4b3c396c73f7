//! `select!`: the branches as they are written, and what becomes of them.

mod expand;
mod input;

use proc_macro2::TokenStream;
use quote::quote;

use self::input::Input;

/// Expands the macro.
pub(crate) fn expand(tokens: TokenStream) -> TokenStream {
    match syn::parse2::<Input>(tokens) {
        Ok(input) => expand::expanded(&input),
        Err(error) => {
            let faults = error.to_compile_error();
            quote!({ #faults })
        }
    }
}
