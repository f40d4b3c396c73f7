//! The body of an entry point as a future.

use proc_macro2::{Group, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{ReturnType, Type};

use crate::runtime::item::Entry;

/// `async { .. }` around the statements. An async block does not know what it returns before all of it has been looked at, so
/// that a wrong value is shown far from where it is. A `return` at its head, never taken, says it first.
pub(crate) fn future(entry: &Entry) -> TokenStream {
    let statements = entry.body.stream();
    let head = match &entry.signature.output {
        ReturnType::Default => head(&quote!(()), entry.signature.ident.span()),
        ReturnType::Type(_, output) if can_be_named(output) => head(&output.to_token_stream(), output.span()),
        ReturnType::Type(..) => TokenStream::new(),
    };
    let mut body = Group::new(entry.body.delimiter(), quote!(#head #statements));
    body.set_span(entry.body.span());
    quote!(async #body)
}

/// The `return`; where the compiler refers to it, it shows the return type that the user wrote.
fn head(output: &TokenStream, place: Span) -> TokenStream {
    quote_spanned! {place.resolved_at(Span::call_site())=>
        if let ::core::option::Option::Some(output) = ::core::option::Option::None::<#output> {
            return output;
        }
    }
}

/// Not `impl Trait`, not even within; nor `!`, of which there is no `Option`.
fn can_be_named(output: &Type) -> bool {
    fn says_impl(tokens: TokenStream) -> bool {
        tokens.into_iter().any(|token| match token {
            TokenTree::Ident(word) => word == "impl",
            TokenTree::Group(group) => says_impl(group.stream()),
            TokenTree::Punct(_) | TokenTree::Literal(_) => false,
        })
    }
    !matches!(output, Type::Never(_)) && !says_impl(output.to_token_stream())
}
