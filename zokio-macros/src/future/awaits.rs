//! Whether a piece of a body can be suspended within.

use syn::visit::{self, Visit};
use syn::{Block, Expr, ExprAsync, ExprAwait, ExprClosure, ExprMacro, Item, Stmt, StmtMacro};

use super::macros;

/// Finds awaits, but not those of closures, blocks and items within, which are other futures.
#[derive(Default)]
struct Finder(bool);

impl<'ast> Visit<'ast> for Finder {
    fn visit_expr_await(&mut self, _: &'ast ExprAwait) {
        self.0 = true;
    }

    fn visit_expr_macro(&mut self, mac: &'ast ExprMacro) {
        self.0 |= super::order::node_of(mac).is_some() || macros::awaits_in(&mac.mac);
    }

    fn visit_stmt_macro(&mut self, mac: &'ast StmtMacro) {
        self.0 |= macros::awaits_in(&mac.mac);
    }

    fn visit_expr_async(&mut self, _: &'ast ExprAsync) {}
    fn visit_expr_closure(&mut self, _: &'ast ExprClosure) {}
    fn visit_item(&mut self, _: &'ast Item) {}
}

/// Whether the expression awaits.
pub(crate) fn expr(expr: &Expr) -> bool {
    let mut finder = Finder::default();
    finder.visit_expr(expr);
    finder.0
}

/// Whether the block awaits.
pub(crate) fn block(block: &Block) -> bool {
    block.stmts.iter().any(stmt)
}

/// Whether the statement awaits.
pub(crate) fn stmt(stmt: &Stmt) -> bool {
    let mut finder = Finder::default();
    visit::visit_stmt(&mut finder, stmt);
    finder.0
}
