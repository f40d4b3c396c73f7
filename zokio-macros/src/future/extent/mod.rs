//! Where something begins and ends.

mod ends;

use proc_macro2::{Delimiter, Group, Literal, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};

/// The spans of the first and the last token: stable Rust joins no spans, but whatever is written with these two at its ends spans
/// the whole for the compiler.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Extent {
    pub(crate) first: Span,
    pub(crate) last: Span,
}

impl Extent {
    /// That of some tokens.
    pub(crate) fn of(tokens: &impl ToTokens) -> Self {
        let mut tokens = tokens.to_token_stream().into_iter();
        let first = tokens.next();
        let last = tokens.last().or_else(|| first.clone());
        Self {
            first: first.map_or_else(Span::call_site, |first| match first {
                TokenTree::Group(group) => group.span_open(),
                other => other.span(),
            }),
            last: last.map_or_else(Span::call_site, |last| match last {
                TokenTree::Group(group) => group.span_close(),
                other => other.span(),
            }),
        }
    }

    /// A call of a function of the core's module, of this extent.
    pub(crate) fn of_call(self, z: &impl ToTokens, function: &TokenStream, arguments: &TokenStream) -> TokenStream {
        let Self { first, last } = self;
        let mut arguments = Group::new(Delimiter::Parenthesis, arguments.clone());
        arguments.set_span(last);
        let colons = quote_spanned!(first=> ::);
        let module = z.to_token_stream().into_iter().map(|mut token| {
            token.set_span(first);
            token
        });
        quote!(#(#module)* #colons #function #arguments)
    }

    /// The same value, as an expression of this extent: what the compiler says of the value, it says of what the user has written.
    pub(crate) fn of_value(self, value: &impl ToTokens) -> TokenStream {
        let Self { first, last } = self;
        let mut tuple = Group::new(Delimiter::Parenthesis, quote_spanned!(first=> #value,));
        tuple.set_span(first);
        let mut member = Literal::u32_unsuffixed(0);
        member.set_span(last);
        quote_spanned!(last=> #tuple.#member)
    }
}
