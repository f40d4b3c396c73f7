//! `machine = rustc`: the body stays a coroutine of the compiler's, whose awaits say where they are.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::spanned::Spanned;
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, Item, Macro, Stmt, parse_quote, parse_quote_spanned};

use super::order::{Source, described};

/// The body with its awaits named, and their sources. What they are told to is the local that [`teller`] makes.
pub(super) fn named(body: &Block) -> (Block, Vec<Source>) {
    let mut naming = Naming { sources: Vec::new() };
    let mut body = body.clone();
    naming.visit_block_mut(&mut body);
    (body, naming.sources)
}

/// What a coroutine begins with.
pub(super) fn teller(z: &TokenStream) -> TokenStream {
    let teller = told(Span::call_site());
    quote!(let #teller = unsafe { #z::Teller::start() };)
}

/// The name of the local, at a place.
fn told(span: Span) -> Ident {
    Ident::new("__zokio_teller", super::sugar::own(span))
}

struct Naming {
    sources: Vec<Source>,
}

impl Naming {
    /// A macro that waits for several futures, in a state of its own. As an arm, of which the same is expected.
    fn concurrent(&mut self, mac: &Macro) -> Option<Expr> {
        if !super::sugar::is_concurrent(mac) {
            return None;
        }
        let span = mac.path.span();
        let (name, text) = described(&parse_quote!(#mac));
        self.sources.push(Source { span, name, text });
        let state = self.sources.len() as u32;
        let (span, teller) = (super::sugar::own(span), told(span));
        Some(parse_quote_spanned!(span=> match #teller.at(#state) { () => #mac }))
    }
}

impl VisitMut for Naming {
    fn visit_stmt_mut(&mut self, stmt: &mut Stmt) {
        match stmt {
            Stmt::Macro(it) if it.attrs.is_empty() => {
                if let Some(named) = self.concurrent(&it.mac) {
                    *stmt = Stmt::Expr(named, it.semi_token);
                }
            }
            _ => visit_mut::visit_stmt_mut(self, stmt),
        }
    }

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        if let Expr::Async(_) | Expr::Closure(_) | Expr::Const(_) = expr {
            return;
        }
        if let Expr::Macro(it) = &*expr {
            if let Some(named) = self.concurrent(&it.mac) {
                *expr = named;
            }
            return;
        }
        let named = if let Expr::Await(it) = &*expr { Some((described(&it.base), it.await_token.span)) } else { None };
        visit_mut::visit_expr_mut(self, expr);
        match expr {
            Expr::Await(it) => {
                if let Some(((name, text), span)) = named {
                    self.sources.push(Source { span, name, text });
                    let (state, base) = (self.sources.len() as u32, &it.base);
                    let (span, teller) = (super::sugar::own(span), told(span));
                    *it.base = parse_quote_spanned!(span=> #teller.awaits(#state, #base));
                }
            }
            Expr::Try(it) => {
                let value = &it.expr;
                let span = super::sugar::own(it.question_token.spans[0]);
                let teller = told(span);
                *it.expr = parse_quote_spanned!(span=> #teller.noted(#value));
            }
            Expr::Return(it) if it.expr.as_deref().is_some_and(super::generate::is_error) => {
                let span = super::sugar::own(it.return_token.span);
                let (teller, it) = (told(span), it.clone());
                *expr = parse_quote_spanned!(span=> { #teller.failed(); #it });
            }
            _ => {}
        }
    }

    fn visit_item_mut(&mut self, _: &mut Item) {}
}
