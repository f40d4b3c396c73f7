//! `async` blocks in closures.
//!
//! Such a block borrows what the closure has borrowed. Of what a machine's closure has instead, addresses, it takes copies: so it may leave the
//! closure.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, format_ident};
use syn::visit::{self, Visit};
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ExprAsync, ExprClosure, Stmt, parse_quote};

use crate::future::async_closures;

/// Makes the blocks of a closure have what they use: of a block, `held` says what the closure has for it.
pub(super) fn moving(closure: &mut ExprClosure, held: &dyn Fn(&Expr) -> Vec<Ident>) {
    let mut bound = Bound(Vec::new());
    bound.visit_expr_closure(closure);
    bound.0.retain(|name| !async_closures::is_argument(name));
    // What leaves the closure has borrowed nothing of it natively.
    if let Some(tail) = tail(&mut closure.body) {
        let held = held(tail);
        if let Expr::Async(block) = tail {
            if mentions(block.block.to_token_stream(), &bound.0) {
                // What is bound within the closure it has as it is written: of a reference, what that refers to.
                if block.capture.is_none() && !held.is_empty() {
                    *tail = carrying(block.clone(), &held);
                }
            } else {
                block.capture = Some(block.capture.unwrap_or_default());
            }
        }
    }
    Moving(bound.0).visit_expr_mut(&mut closure.body);
}

/// What a closure binds, but for what its blocks do.
struct Bound(Vec<Ident>);

impl Visit<'_> for Bound {
    fn visit_pat_ident(&mut self, pat: &syn::PatIdent) {
        self.0.push(pat.ident.clone());
        visit::visit_pat_ident(self, pat);
    }

    fn visit_expr_async(&mut self, _: &ExprAsync) {}
}

/// Makes the blocks `move` that use nothing of this.
struct Moving(Vec<Ident>);

impl VisitMut for Moving {
    fn visit_expr_async_mut(&mut self, block: &mut ExprAsync) {
        if !mentions(block.block.to_token_stream(), &self.0) {
            block.capture = Some(block.capture.unwrap_or_default());
        }
        visit_mut::visit_expr_async_mut(self, block);
    }
}

/// A block that takes copies of these along, though it is not `move`: each is in something that is not `Copy`, which it moves.
fn carrying(mut block: ExprAsync, held: &[Ident]) -> Expr {
    let names = held.iter().map(|name| format_ident!("carried_{}", name, span = Span::mixed_site()));
    let names: Vec<Ident> = names.collect();
    let taken =
        held.iter().zip(&names).map(|(name, carried)| -> Stmt { parse_quote!(let mut #name = #carried.back();) });
    block.block.stmts.splice(0..0, taken);
    parse_quote!({ #(let #names = ::zokio::plumbing::machine::Carried(#held);)* #block })
}

/// The `async` block that is a closure's value.
fn tail(body: &mut Expr) -> Option<&mut Expr> {
    match body {
        Expr::Async(_) => Some(body),
        Expr::Paren(it) => tail(&mut it.expr),
        Expr::Block(it) => match it.block.stmts.last_mut() {
            Some(Stmt::Expr(last, None)) => tail(last),
            _ => None,
        },
        _ => None,
    }
}

fn mentions(tokens: TokenStream, names: &[Ident]) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(ident) => names.contains(&ident),
        TokenTree::Group(group) => mentions(group.stream(), names),
        // In a format string.
        TokenTree::Literal(text) => {
            let text = text.to_string();
            names.iter().any(|name| ["}", ":"].iter().any(|end| text.contains(&format!("{{{name}{end}"))))
        }
        TokenTree::Punct(_) => false,
    })
}
