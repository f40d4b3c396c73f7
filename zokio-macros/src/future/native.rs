//! `machine = rustc`: the body stays a coroutine of the compiler's, whose awaits say where they are.

use proc_macro2::TokenStream;
use quote::quote;
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, Item, parse_quote_spanned};

use super::order::{Source, described};

/// The body with its awaits named, and their sources.
pub(super) fn named(body: &Block, z: &TokenStream) -> (Block, Vec<Source>) {
    let mut naming = Naming { z, sources: Vec::new() };
    let mut body = body.clone();
    naming.visit_block_mut(&mut body);
    (body, naming.sources)
}

struct Naming<'n> {
    z: &'n TokenStream,
    sources: Vec<Source>,
}

impl VisitMut for Naming<'_> {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        if let Expr::Async(_) | Expr::Closure(_) | Expr::Const(_) = expr {
            return;
        }
        let named = if let Expr::Await(it) = &*expr { Some((described(&it.base), it.await_token.span)) } else { None };
        visit_mut::visit_expr_mut(self, expr);
        let z = self.z;
        match expr {
            Expr::Await(it) => {
                if let Some(((name, text), span)) = named {
                    self.sources.push(Source { span, name, text });
                    let (state, base) = (self.sources.len() as u32, &it.base);
                    let awaited = quote!(#z::awaited);
                    *it.base = parse_quote_spanned!(super::sugar::own(span)=> #awaited(#state, #base));
                }
            }
            Expr::Try(it) => {
                let value = &it.expr;
                let span = super::sugar::own(it.question_token.spans[0]);
                *it.expr = parse_quote_spanned!(span=> #z::noted(#value));
            }
            Expr::Return(it) if it.expr.as_deref().is_some_and(super::generate::is_error) => {
                let span = super::sugar::own(it.return_token.span);
                let it = it.clone();
                *expr = parse_quote_spanned!(span=> { #z::failed(); #it });
            }
            _ => {}
        }
    }

    fn visit_item_mut(&mut self, _: &mut Item) {}
}
