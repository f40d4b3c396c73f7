//! `(a, b.c) = value` -> a `let` with a pattern, then one assignment for each place, as the reference has it.

use proc_macro2::{Ident, Span};
use quote::{ToTokens, format_ident};
use syn::{Expr, ExprAssign, Pat, RangeLimits, Stmt, Token, parse_quote};

/// The block, if more than one place is assigned to.
pub(super) fn assigned(it: &ExprAssign) -> Option<Expr> {
    if !matches!(&*it.left, Expr::Tuple(_) | Expr::Array(_) | Expr::Call(_) | Expr::Struct(_)) {
        return None;
    }
    let mut places = Vec::new();
    let pat = pattern(&it.left, &mut places)?;
    let value = &it.right;
    let assignments = places.iter().map(|(name, place)| -> Stmt { parse_quote!(#place = #name;) });
    Some(parse_quote!({ let #pat = #value; #(#assignments)* }))
}

/// The pattern, and the place for each of its names.
fn pattern(left: &Expr, places: &mut Vec<(Ident, Expr)>) -> Option<Pat> {
    let mut all = |exprs: &syn::punctuated::Punctuated<Expr, Token![,]>| -> Option<Vec<Pat>> {
        exprs.iter().map(|expr| pattern(expr, places)).collect()
    };
    Some(match left {
        Expr::Tuple(it) => {
            let pats = all(&it.elems)?;
            parse_quote!((#(#pats,)*))
        }
        Expr::Array(it) => {
            let pats = all(&it.elems)?;
            Pat::Slice(syn::PatSlice {
                attrs: Vec::new(),
                bracket_token: Default::default(),
                elems: pats.into_iter().collect(),
            })
        }
        Expr::Call(it) => {
            let Expr::Path(path) = &*it.func else { return None };
            let pats = all(&it.args)?;
            parse_pattern(quote::quote!(#path(#(#pats,)*)))?
        }
        Expr::Struct(it) => {
            let path = &it.path;
            let fields: Option<Vec<_>> = it
                .fields
                .iter()
                .map(|field| {
                    let (member, pat) = (&field.member, pattern(&field.expr, places)?);
                    Some(quote::quote!(#member: #pat))
                })
                .collect();
            let (fields, rest) = (fields?, it.dot2_token);
            parse_pattern(quote::quote!(#path { #(#fields,)* #rest }))?
        }
        Expr::Infer(_) => parse_quote!(_),
        Expr::Range(it) if it.start.is_none() && it.end.is_none() && matches!(it.limits, RangeLimits::HalfOpen(_)) => {
            Pat::Rest(syn::PatRest { attrs: Vec::new(), dot2_token: Default::default() })
        }
        Expr::Paren(it) => pattern(&it.expr, places)?,
        place => {
            let name = format_ident!("__assigned_{}", places.len(), span = Span::mixed_site());
            places.push((name.clone(), place.clone()));
            parse_pattern(name.to_token_stream())?
        }
    })
}

fn parse_pattern(tokens: proc_macro2::TokenStream) -> Option<Pat> {
    syn::parse::Parser::parse2(Pat::parse_single, tokens).ok()
}
