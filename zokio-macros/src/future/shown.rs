//! Macros that show the words of their arguments: the machine has these in other words, so the user's stand beside them.
//!
//! `assert!(x > 1)` -> `assert!(x > 1, "assertion failed: x > 1")`; `dbg!(x)` -> `match x { shown => { eprintln!(..); shown } }`

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, Item, Macro, Stmt, Token, parse_quote};

use super::macros;

/// Has every such macro of a body show what is written.
pub(super) fn tell(block: &mut Block) {
    Shown.visit_block_mut(block);
}

/// The same of what a macro's tokens were read as.
pub(super) fn tell_within(expr: &mut Expr) {
    Shown.visit_expr_mut(expr);
}

struct Shown;

impl VisitMut for Shown {
    fn visit_stmt_mut(&mut self, stmt: &mut Stmt) {
        if let Stmt::Macro(it) = stmt
            // An attribute may leave it out.
            && it.attrs.is_empty()
            && let Some(shown) = debugged(&it.mac)
        {
            *stmt = Stmt::Expr(shown, it.semi_token);
        }
        visit_mut::visit_stmt_mut(self, stmt);
    }

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        if let Expr::Macro(it) = expr
            && it.attrs.is_empty()
            && let Some(shown) = debugged(&it.mac)
        {
            *expr = shown;
        }
        visit_mut::visit_expr_mut(self, expr);
    }

    fn visit_macro_mut(&mut self, mac: &mut Macro) {
        if !is_of_std(mac) || !matches!(macros::name(mac).as_str(), "assert" | "debug_assert") {
            return;
        }
        let Ok(arguments) = mac.parse_body_with(Punctuated::<Expr, Token![,]>::parse_terminated) else { return };
        if let Some(condition) = arguments.first()
            && arguments.len() == 1
        {
            let told = format!("assertion failed: {}", text(&mac.tokens));
            // In old editions a text alone is no format.
            let format = told.contains(['{', '}']).then(|| quote!("{}",));
            mac.tokens = quote!(#condition, #format #told);
        }
    }

    fn visit_item_mut(&mut self, _: &mut Item) {}
}

/// What `dbg!` of values does: as std documents it, each on its own.
fn debugged(mac: &Macro) -> Option<Expr> {
    if !is_of_std(mac) || macros::name(mac) != "dbg" {
        return None;
    }
    let arguments = mac.parse_body_with(Punctuated::<Expr, Token![,]>::parse_terminated).ok()?;
    let here = quote_spanned!(mac.path.span()=> ::core::file!(), ::core::line!(), ::core::column!());
    let shown = |value: &Expr, told: String| -> Expr {
        parse_quote!(match #value {
            __zokio_shown => {
                ::std::eprintln!("[{}:{}:{}] {} = {:#?}", #here, #told, &__zokio_shown);
                __zokio_shown
            }
        })
    };
    match &arguments.iter().collect::<Vec<_>>()[..] {
        [] => None,
        [value] => Some(shown(value, text(&mac.tokens))),
        values => {
            let values = values.iter().map(|value| shown(value, text(&value.to_token_stream())));
            Some(parse_quote!((#(#values,)*)))
        }
    }
}

/// Whether its path leads to no other crate's.
fn is_of_std(mac: &Macro) -> bool {
    let mut names = mac.path.segments.iter();
    mac.path.segments.len() == 1 || names.next().is_some_and(|first| first.ident == "std" || first.ident == "core")
}

/// The words as they stand: an expression has forgotten what stood close together.
fn text(tokens: &TokenStream) -> String {
    tokens.to_string().trim_end().trim_end_matches(',').trim_end().to_owned()
}
