//! Which locals of a body may be guards: those that a call makes whose name says so.

use proc_macro2::{Ident, LineColumn};
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{Block, Expr, Pat};

use super::known;

/// The names that are bound to what may be a guard, or to a part of it, by their places in the source.
#[derive(Default)]
pub(super) struct Made(Vec<LineColumn>);

impl Made {
    /// Those of a body.
    pub(super) fn of(body: &Block) -> Self {
        let mut made = Self::default();
        made.visit_block(body);
        made
    }

    /// Whether the local of this name is one of them.
    pub(super) fn contains(&self, name: &Ident) -> bool {
        self.0.contains(&name.span().start())
    }

    fn bind(&mut self, pat: &Pat, value: &Expr) {
        if known::may_guard(value.to_token_stream()) {
            self.every(pat);
        }
    }

    fn every(&mut self, pat: &Pat) {
        struct Binders<'b>(&'b mut Vec<LineColumn>);
        impl<'ast> Visit<'ast> for Binders<'_> {
            fn visit_pat_ident(&mut self, pat: &'ast syn::PatIdent) {
                self.0.push(pat.ident.span().start());
                visit::visit_pat_ident(self, pat);
            }
        }
        Binders(&mut self.0).visit_pat(pat);
    }
}

impl<'ast> Visit<'ast> for Made {
    fn visit_local(&mut self, local: &'ast syn::Local) {
        match &local.init {
            Some(init) => self.bind(&local.pat, &init.expr),
            // Whatever it becomes.
            None => self.every(&local.pat),
        }
        visit::visit_local(self, local);
    }

    fn visit_expr_let(&mut self, it: &'ast syn::ExprLet) {
        self.bind(&it.pat, &it.expr);
        visit::visit_expr_let(self, it);
    }

    fn visit_expr_match(&mut self, it: &'ast syn::ExprMatch) {
        if known::may_guard(it.expr.to_token_stream()) {
            it.arms.iter().for_each(|arm| self.every(&arm.pat));
        }
        visit::visit_expr_match(self, it);
    }

    fn visit_expr_for_loop(&mut self, it: &'ast syn::ExprForLoop) {
        self.bind(&it.pat, &it.expr);
        visit::visit_expr_for_loop(self, it);
    }

    fn visit_item(&mut self, _: &'ast syn::Item) {}
}
