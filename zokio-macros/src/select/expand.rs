//! What a `select!` becomes: its futures, pinned; a closure that polls one of them, which the facade calls in turn; and a `match` with the handlers.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

use super::input::{Branch, Input};
use crate::future::unbound;

pub(super) fn expanded(Input { biased, branches, otherwise }: &Input) -> TokenStream {
    let count = branches.len();
    let named = |prefix: &str, index: usize| format_ident!("__zokio_{prefix}_{index}", span = Span::mixed_site());
    let names = |prefix: &str| (0..count).map(|index| named(prefix, index)).collect::<Vec<Ident>>();
    let (enabled, futures) = (names("enabled"), names("future"));
    let variants: Vec<Ident> = (0..count).map(|index| format_ident!("V{index}", span = Span::mixed_site())).collect();
    let types: Vec<Ident> = (0..count).map(|index| format_ident!("T{index}", span = Span::mixed_site())).collect();
    let conditions = branches.iter().map(|branch| match &branch.condition {
        Some(condition) => quote!(#condition),
        None => quote!(true),
    });
    let written = branches.iter().map(|branch| &branch.future);
    let polls = branches.iter().enumerate().map(|(index, Branch { pat, .. })| {
        let (variant, pat) = (&variants[index], unbound(pat));
        let (enabled, future) = (&enabled[index], &futures[index]);
        quote! {
            #index => ::zokio::macros::select_branch(&mut #enabled, #future.as_mut(), context, |value| match value {
                #[allow(clippy::all, clippy::pedantic)]
                #pat => true,
                #[allow(unreachable_patterns)]
                _ => false,
            }, __ZokioSelected::#variant)
        }
    });
    let handlers = branches
        .iter()
        .zip(&variants)
        .map(|(Branch { pat, handler, .. }, variant)| quote!(__ZokioSelected::#variant(#pat) => #handler,));
    let otherwise = match otherwise {
        Some(otherwise) => quote!(#otherwise),
        None => quote!(::zokio::macros::nothing_selected()),
    };
    if branches.is_empty() {
        return quote!({ #otherwise });
    }
    quote! {{
        enum __ZokioSelected<#(#types),*> { #(#variants(#types),)* Nothing }
        let selected = {
            #(let mut #enabled: ::core::primitive::bool = #conditions;)*
            #(let mut #futures = ::core::pin::pin!(::core::future::IntoFuture::into_future(#written));)*
            ::zokio::macros::select(#count, #biased, |index, context| match index {
                #(#polls,)*
                _ => ::core::option::Option::Some(::core::task::Poll::Ready(__ZokioSelected::Nothing)),
            })
            .await
        };
        match selected {
            #(#handlers)*
            #[allow(unreachable_patterns)]
            _ => #otherwise,
        }
    }}
}
