//! A closure that moves in no more than fields of a local, which is used again: the fields are what it copies.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};
use syn::visit::Visit;
use syn::{Expr, ExprField, Member};

use crate::future::local::{Locals, Name, UseId};
use crate::future::macros;
use crate::future::selection;

/// Something that has these fields of what is at `place`, or all of it, if these uses are of fields and nothing else.
pub(super) fn copied(expr: &Expr, ids: &[UseId], place: &TokenStream, z: &Ident) -> Option<TokenStream> {
    Some(moved(&fields(expr, ids, place, z)?, place, z))
}

/// These fields of what is at `place`, or all of it if that is `Copy`.
pub(super) fn moved(fields: &TokenStream, place: &TokenStream, z: &Ident) -> TokenStream {
    quote!({ use #z::wholes::*; (&&#z::Whole(#place)).__zokio_moved(|| #fields) })
}

fn fields(expr: &Expr, ids: &[UseId], place: &TokenStream, z: &Ident) -> Option<TokenStream> {
    having(&used(expr, ids)?, |member| quote!(#z::field(&raw const (*#place).#member)))
}

/// The fields that these uses are of, if they are of fields and nothing else.
pub(super) fn used(expr: &Expr, ids: &[UseId]) -> Option<Vec<Member>> {
    let mut fields = Fields { ids, uses: 0, members: Vec::new() };
    fields.visit_expr(expr);
    (fields.uses == ids.len()).then_some(fields.members)
}

/// Something that has these fields; none where they are of several kinds.
pub(super) fn having(members: &[Member], value: impl Fn(&Member) -> TokenStream) -> Option<TokenStream> {
    let named: Vec<&Ident> = members
        .iter()
        .filter_map(|member| match member {
            Member::Named(name) => Some(name),
            Member::Unnamed(_) => None,
        })
        .collect();
    let values = members.iter().map(&value);
    if named.is_empty() {
        let last = members.iter().filter_map(index).max()?;
        let values = (0..=last).map(|index| {
            let member = Member::Unnamed(syn::Index::from(index));
            if members.contains(&member) { value(&member) } else { quote!(()) }
        });
        return Some(quote!((#(#values,)*)));
    }
    if named.len() != members.len() {
        return None;
    }
    let types: Vec<Ident> =
        (0..named.len()).map(|index| format_ident!("F{index}", span = Span::mixed_site())).collect();
    Some(quote! {{
        struct Fields<#(#types),*> { #(#named: #types,)* }
        Fields { #(#named: #values,)* }
    }})
}

/// Something that has this one part.
pub(super) fn alone(members: &[Member], value: TokenStream) -> TokenStream {
    members.iter().rev().fold(value, |value, member| match member {
        Member::Named(name) => {
            let of = Ident::new("F", Span::mixed_site());
            quote!({ struct Field<#of> { #name: #of } Field { #name: #value } })
        }
        Member::Unnamed(index) => {
            let before = (0..index.index).map(|_| quote!(()));
            quote!((#(#before,)* #value,))
        }
    })
}

fn index(member: &Member) -> Option<usize> {
    match member {
        Member::Unnamed(index) => Some(index.index as usize),
        Member::Named(_) => None,
    }
}

/// The fields of a local that are used.
struct Fields<'f> {
    ids: &'f [UseId],
    uses: usize,
    members: Vec<Member>,
}

impl<'ast> Visit<'ast> for Fields<'_> {
    fn visit_expr_field(&mut self, field: &'ast ExprField) {
        if let Expr::Path(path) = &*field.base
            && let Some(Name::Use(id)) = path.path.get_ident().and_then(Locals::read)
            && self.ids.contains(&id)
        {
            self.uses += 1;
            if !self.members.contains(&field.member) {
                self.members.push(field.member.clone());
            }
        }
        syn::visit::visit_expr_field(self, field);
    }

    fn visit_macro(&mut self, mac: &'ast syn::Macro) {
        selection::selected(mac).iter().for_each(|future| self.visit_expr(future));
        macros::Arguments::of(mac).expressions().into_iter().for_each(|it| self.visit_expr(it));
    }
}
