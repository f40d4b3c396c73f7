//! `machine = rustc`: the body stays a coroutine of the compiler's, whose awaits say where they are.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::spanned::Spanned;
use syn::visit::Visit;
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
    /// Says that a macro which waits for several futures is come to.
    fn concurrent(&mut self, mac: &Macro) -> Stmt {
        let span = mac.path.span();
        let (name, text) = described(&parse_quote!(#mac));
        self.sources.push(Source { span, name, text });
        let state = self.sources.len() as u32;
        let (span, teller) = (super::sugar::own(span), told(span));
        parse_quote_spanned!(span=> #teller.at(#state);)
    }
}

/// The first macro of a statement that waits for several futures, but for those in blocks, which have statements of their own.
struct Concurrent(Option<Macro>);

impl<'ast> Visit<'ast> for Concurrent {
    fn visit_macro(&mut self, mac: &'ast Macro) {
        if self.0.is_none() && super::sugar::is_concurrent(mac) {
            self.0 = Some(mac.clone());
        }
    }

    fn visit_block(&mut self, _: &'ast Block) {}
    fn visit_expr_closure(&mut self, _: &'ast syn::ExprClosure) {}
    fn visit_expr_repeat(&mut self, it: &'ast syn::ExprRepeat) {
        self.visit_expr(&it.expr);
    }
    fn visit_item(&mut self, _: &'ast Item) {}
    fn visit_pat(&mut self, _: &'ast syn::Pat) {}
    fn visit_path_arguments(&mut self, _: &'ast syn::PathArguments) {}
    fn visit_angle_bracketed_generic_arguments(&mut self, _: &'ast syn::AngleBracketedGenericArguments) {}
    fn visit_type(&mut self, _: &'ast syn::Type) {}
}

impl VisitMut for Naming {
    // The macro itself stays what it is: whose it is, and what it makes, is not known.
    fn visit_block_mut(&mut self, block: &mut Block) {
        for mut stmt in std::mem::take(&mut block.stmts) {
            let mut found = Concurrent(None);
            found.visit_stmt(&stmt);
            block.stmts.extend(found.0.map(|mac| self.concurrent(&mac)));
            self.visit_stmt_mut(&mut stmt);
            block.stmts.push(stmt);
        }
    }

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        if let Expr::Async(_) | Expr::Closure(_) | Expr::Const(_) = expr {
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

    fn visit_expr_repeat_mut(&mut self, it: &mut syn::ExprRepeat) {
        self.visit_expr_mut(&mut it.expr);
    }
    fn visit_item_mut(&mut self, _: &mut Item) {}
    fn visit_path_arguments_mut(&mut self, _: &mut syn::PathArguments) {}
    fn visit_angle_bracketed_generic_arguments_mut(&mut self, _: &mut syn::AngleBracketedGenericArguments) {}
    fn visit_type_mut(&mut self, _: &mut syn::Type) {}
}
