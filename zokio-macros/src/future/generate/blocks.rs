//! `async` blocks in closures, which take along what the closure has, so that they may leave it.
//!
//! Natively they borrow what it has borrowed. In a machine it has addresses instead, of which they get copies; and copies of numbers.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, ExprAsync, ExprClosure, Stmt};

use crate::future::async_closures;
use crate::future::local::{LocalId, Locals};
use crate::future::uses;

/// Makes blocks of a closure `move`: what is its value, and what uses nothing of its `own`. What either uses must not be bound within the closure.
pub(super) fn moving(closure: &mut ExprClosure, locals: &Locals, own: Vec<LocalId>) {
    let mut bound = Bound(Vec::new());
    bound.visit_expr_closure(closure);
    bound.0.retain(|name| !async_closures::is_argument(name));
    let mut moving = Moving { locals, own, bound: bound.0 };
    if let Some(tail) = tail(&mut closure.body) {
        moving.one(tail, true);
    }
    moving.visit_expr_mut(&mut closure.body);
}

/// What a closure or a block binds, but for what the blocks within do.
struct Bound(Vec<Ident>);

impl Visit<'_> for Bound {
    fn visit_pat_ident(&mut self, pat: &syn::PatIdent) {
        self.0.push(pat.ident.clone());
        visit::visit_pat_ident(self, pat);
    }

    fn visit_expr_async(&mut self, _: &ExprAsync) {}
}

struct Moving<'l> {
    locals: &'l Locals,
    own: Vec<LocalId>,
    /// What is bound around.
    bound: Vec<Ident>,
}

impl Moving<'_> {
    fn one(&self, block: &mut ExprAsync, leaves: bool) {
        let used = uses::within(&Expr::Async(block.clone()), self.locals);
        let copies = leaves || !used.iter().any(|(local, _)| self.own.contains(local));
        if copies && !mentions(block.block.to_token_stream(), &self.bound) {
            block.capture = Some(block.capture.unwrap_or_default());
        }
    }
}

impl VisitMut for Moving<'_> {
    fn visit_expr_async_mut(&mut self, block: &mut ExprAsync) {
        self.one(block, false);
        let around = self.bound.len();
        let mut bound = Bound(Vec::new());
        bound.visit_block(&block.block);
        self.bound.extend(bound.0);
        visit_mut::visit_expr_async_mut(self, block);
        self.bound.truncate(around);
    }
}

/// The `async` block that is a closure's value.
fn tail(body: &mut Expr) -> Option<&mut ExprAsync> {
    match body {
        Expr::Async(it) => Some(it),
        Expr::Paren(it) => tail(&mut it.expr),
        Expr::Block(it) => last(&mut it.block),
        _ => None,
    }
}

fn last(block: &mut Block) -> Option<&mut ExprAsync> {
    match block.stmts.last_mut() {
        Some(Stmt::Expr(last, None)) => tail(last),
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
