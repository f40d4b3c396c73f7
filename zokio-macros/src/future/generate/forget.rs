//! What drops a local of which parts were moved out: it forgets those.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::Member;

/// A part that may be gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Gone<'p> {
    /// Its number among those of the local.
    pub(super) index: usize,
    /// Where it is in what is dropped.
    pub(super) path: &'p [String],
    /// The fields of it that are still there.
    pub(super) left: &'p [Member],
}

impl Gone<'_> {
    /// Whether this is decided where it is known whether the other is gone: the other is around it, or the same, and found before.
    fn is_within(&self, other: &Self) -> bool {
        let before = other.path.len() < self.path.len() || other.path == self.path && other.index < self.index;
        before && self.path.starts_with(other.path)
    }
}

/// Forgets what was moved out of `whole`; what is within something that was moved went with it. Of a part, by its number, `member` says the last
/// of its members, so many, as they are written, and what stands before it is forgotten.
pub(super) fn forgets(
    parts: &[Gone<'_>],
    whole: &Ident,
    z: &Ident,
    member: &dyn Fn(usize, usize) -> (TokenStream, TokenStream),
) -> TokenStream {
    let roots = parts.iter().filter(|part| !parts.iter().any(|other| part.is_within(other)));
    roots
        .map(|part @ Gone { index, path, left }| {
            let (field, consumed) = member(*index, path.len());
            let inner: Vec<Gone<'_>> = parts.iter().filter(|other| other.is_within(part)).copied().collect();
            let lefts: Vec<_> = left.iter().map(|left| (left, name(*index, left))).collect();
            // What is left is dropped in the order in which it is written.
            let copies = lefts
                .iter()
                .rev()
                .map(|(left, name)| quote!(let #name = #z::copy((&raw const #whole #field.#left).cast_mut());));
            let within = lefts.iter().map(|(left, name)| {
                let left = left.to_token_stream().to_string();
                let within = inner.iter().filter(|part| part.path.get(path.len()) == Some(&left));
                let within: Vec<_> = within.map(|part| Gone { path: &part.path[path.len() + 1..], ..*part }).collect();
                forgets(&within, name, z, member)
            });
            let otherwise = forgets(&inner, whole, z, member);
            quote! {
                if moved[#index] {
                    #(#copies)*
                    #consumed
                    ::core::mem::forget(#whole #field);
                    #(#within)*
                } else {
                    #otherwise
                }
            }
        })
        .collect()
}

/// The field that is left, as a local.
fn name(part: usize, field: &Member) -> Ident {
    format_ident!(
        "left_{part}_{}",
        field.to_token_stream().to_string().trim_start_matches("r#"),
        span = Span::mixed_site()
    )
}
