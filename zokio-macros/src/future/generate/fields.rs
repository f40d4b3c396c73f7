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
    let fields = fields(expr, ids, place, z)?;
    Some(quote!({ use #z::wholes::*; (&&#z::Whole(#place)).__zokio_moved(|| #fields) }))
}

fn fields(expr: &Expr, ids: &[UseId], place: &TokenStream, z: &Ident) -> Option<TokenStream> {
    let mut fields = Fields { ids, uses: 0, members: Vec::new() };
    fields.visit_expr(expr);
    if fields.uses != ids.len() {
        return None;
    }
    let named: Vec<&Ident> = fields
        .members
        .iter()
        .filter_map(|member| match member {
            Member::Named(name) => Some(name),
            Member::Unnamed(_) => None,
        })
        .collect();
    if named.is_empty() {
        let last = fields.members.iter().filter_map(index).max()?;
        let values = (0..=last).map(|index| {
            let index = syn::Index::from(index);
            let used = fields.members.iter().any(|member| *member == Member::Unnamed(index.clone()));
            if used { quote!(#z::field(&raw const (*#place).#index)) } else { quote!(()) }
        });
        return Some(quote!((#(#values,)*)));
    }
    if named.len() != fields.members.len() {
        return None;
    }
    let types: Vec<Ident> =
        (0..named.len()).map(|index| format_ident!("F{index}", span = Span::mixed_site())).collect();
    Some(quote! {{
        struct Fields<#(#types),*> { #(#named: #types,)* }
        Fields { #(#named: #z::field(&raw const (*#place).#named),)* }
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
