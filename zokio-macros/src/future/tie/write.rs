//! What was found, written into the body.

use std::vec::IntoIter;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::spanned::Spanned;
use syn::visit_mut::{self, VisitMut};
use syn::{
    Arm, Block, Expr, ExprAsync, ExprBlock, ExprClosure, ExprForLoop, ExprIf, ExprWhile, Item, Macro, Pat, Stmt,
};

use super::find::{Found, guard_at};
use crate::future::macros::{self, expressions};
use crate::future::selection;

pub(super) struct Writer {
    arguments: TokenStream,
    bound: IntoIter<TokenStream>,
    ties: IntoIter<Vec<(usize, TokenStream)>>,
    /// Whether something was written.
    changed: bool,
}

impl Writer {
    pub(super) fn new(found: Found) -> Self {
        let Found { arguments, bound, ties } = found;
        Self { arguments, bound: bound.into_iter(), ties: ties.into_iter(), changed: false }
    }

    /// Into all of a body.
    pub(super) fn body(&mut self, body: &mut Block) {
        let arguments = statements(std::mem::take(&mut self.arguments));
        self.visit_block_mut(body);
        body.stmts.splice(0..0, arguments);
    }

    /// The scopes of what is bound next.
    fn scopes(&mut self) -> Vec<Stmt> {
        let scopes = statements(self.bound.next().unwrap_or_default());
        self.changed |= !scopes.is_empty();
        scopes
    }

    /// What the next closure looks at.
    fn ties(&mut self) -> Vec<(usize, Vec<Stmt>)> {
        let ties = self.ties.next().unwrap_or_default();
        self.changed |= !ties.is_empty();
        ties.into_iter().map(|(at, tie)| (at, statements(tie))).collect()
    }

    /// Into a closure or a block, and into those within.
    fn closure(&mut self, closure: &mut Expr) {
        let ties = self.ties();
        match closure {
            Expr::Closure(ExprClosure { body, capture, .. }) => {
                if capture.is_none() {
                    Nested(self).visit_expr_mut(body);
                }
                match &mut **body {
                    Expr::Block(it) if it.label.is_none() => insert(&mut it.block.stmts, ties),
                    body if !ties.is_empty() => {
                        *body = behind(ties.into_iter().flat_map(|(_, tie)| tie).collect(), body);
                    }
                    _ => {}
                }
            }
            Expr::Async(ExprAsync { block, capture, .. }) => {
                if capture.is_none() {
                    Nested(self).visit_block_mut(block);
                }
                insert(&mut block.stmts, ties);
            }
            _ => {}
        }
    }

    /// The arguments of a macro, whose tokens stay as they are if nothing is written.
    fn in_macro(&mut self, mac: &mut Macro, write: impl FnOnce(&mut Self, &mut Macro) -> TokenStream) {
        let changed = std::mem::take(&mut self.changed);
        let tokens = write(self, mac);
        if self.changed {
            mac.tokens = tokens;
        }
        self.changed |= changed;
    }

    /// What the visitor writes into one expression.
    fn in_expr(&mut self, expr: &mut Expr, scopes: Vec<Stmt>) {
        self.visit_expr_mut(expr);
        if !scopes.is_empty() {
            *expr = behind(scopes, expr);
        }
    }

    fn in_block(&mut self, block: &mut Block, scopes: Vec<Stmt>) {
        self.visit_block_mut(block);
        block.stmts.splice(0..0, scopes);
    }
}

fn statements(tokens: TokenStream) -> Vec<Stmt> {
    let block: Block = syn::parse_quote!({ #tokens });
    block.stmts
}

/// The expression, behind these statements. Not parsed again: as a statement a `match` is no operand.
fn behind(mut statements: Vec<Stmt>, expr: &Expr) -> Expr {
    statements.push(Stmt::Expr(expr.clone(), None));
    let block = Block { brace_token: Default::default(), stmts: statements };
    Expr::Block(ExprBlock { attrs: Vec::new(), label: None, block })
}

fn insert(into: &mut Vec<Stmt>, mut ties: Vec<(usize, Vec<Stmt>)>) {
    // The last first, so that the places of the others stay.
    ties.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    for (at, tie) in ties {
        into.splice(at..at, tie);
    }
}

impl VisitMut for Writer {
    fn visit_block_mut(&mut self, block: &mut Block) {
        for mut stmt in std::mem::take(&mut block.stmts) {
            let scopes = if let Stmt::Local(_) = stmt { self.scopes() } else { Vec::new() };
            self.visit_stmt_mut(&mut stmt);
            block.stmts.push(stmt);
            block.stmts.extend(scopes);
        }
    }

    fn visit_arm_mut(&mut self, arm: &mut Arm) {
        if let Pat::Guard(it) = &mut arm.pat {
            self.visit_expr_mut(&mut it.guard);
            let scope = guard_at(it.guard.span());
            if macros::mentions(&it.guard.to_token_stream(), &scope) > 0 {
                *it.guard = behind(statements(quote!(let #scope = ();)), &it.guard);
            }
        }
        let scopes = self.scopes();
        self.in_expr(&mut arm.body, scopes);
    }

    fn visit_expr_if_mut(&mut self, it: &mut ExprIf) {
        let scopes = self.scopes();
        self.visit_expr_mut(&mut it.cond);
        self.in_block(&mut it.then_branch, scopes);
        it.else_branch.iter_mut().for_each(|(_, otherwise)| self.visit_expr_mut(otherwise));
    }

    fn visit_expr_while_mut(&mut self, it: &mut ExprWhile) {
        let scopes = self.scopes();
        self.visit_expr_mut(&mut it.cond);
        self.in_block(&mut it.body, scopes);
    }

    fn visit_expr_for_loop_mut(&mut self, it: &mut ExprForLoop) {
        let scopes = self.scopes();
        self.visit_expr_mut(&mut it.expr);
        self.in_block(&mut it.body, scopes);
    }

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        match expr {
            Expr::Closure(_) | Expr::Async(_) => self.closure(expr),
            Expr::Const(_) => {}
            expr => visit_mut::visit_expr_mut(self, expr),
        }
    }

    fn visit_macro_mut(&mut self, mac: &mut Macro) {
        self.in_macro(mac, |this, mac| {
            let Some(mut selection) = selection::branches(mac) else {
                return expressions(mac, &mut |expr| this.visit_expr_mut(expr));
            };
            for branch in &mut selection.branches {
                branch.future.iter_mut().chain(&mut branch.condition).for_each(|expr| this.visit_expr_mut(expr));
                let scopes = this.scopes();
                this.in_expr(&mut branch.handler, scopes);
            }
            selection.into_token_stream()
        });
    }

    fn visit_item_mut(&mut self, _: &mut Item) {}
    fn visit_pat_mut(&mut self, _: &mut Pat) {}
}

/// Closures and blocks within a closure that borrows.
struct Nested<'w>(&'w mut Writer);

impl VisitMut for Nested<'_> {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        match expr {
            Expr::Closure(ExprClosure { capture: None, .. }) | Expr::Async(ExprAsync { capture: None, .. }) => {
                self.0.closure(expr);
            }
            Expr::Closure(_) | Expr::Async(_) | Expr::Const(_) => {}
            expr => visit_mut::visit_expr_mut(self, expr),
        }
    }

    fn visit_macro_mut(&mut self, mac: &mut Macro) {
        self.0.in_macro(mac, |writer, mac| expressions(mac, &mut |expr| Nested(writer).visit_expr_mut(expr)));
    }

    fn visit_item_mut(&mut self, _: &mut Item) {}
    fn visit_pat_mut(&mut self, _: &mut Pat) {}
}
