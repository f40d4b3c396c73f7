//! Closures and `async` blocks within a closure: they borrow what that has, and may leave it.

use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, ExprAsync, ExprBlock, ExprClosure, Item, Macro, Stmt};

use super::local::{LocalId, Locals};
use super::macros::Arguments;
use super::uses;

/// Whether a closure has others within that use a local.
pub(super) fn use_it(closure: &Expr, locals: &Locals, local: LocalId) -> bool {
    struct Within<'l>(&'l Locals, LocalId, bool);
    impl<'ast> Visit<'ast> for Within<'_> {
        fn visit_expr(&mut self, expr: &'ast Expr) {
            match expr {
                Expr::Closure(_) | Expr::Async(_) => self.2 |= uses_it(expr, self.0, self.1),
                _ => visit::visit_expr(self, expr),
            }
        }
        fn visit_macro(&mut self, mac: &'ast Macro) {
            Arguments::of(mac).expressions().into_iter().for_each(|argument| self.visit_expr(argument));
        }
        fn visit_item(&mut self, _: &'ast Item) {}
    }
    let mut within = Within(locals, local, false);
    match closure {
        Expr::Closure(it) => within.visit_expr(&it.body),
        Expr::Async(it) => within.visit_block(&it.block),
        _ => {}
    }
    within.2
}

fn uses_it(expr: &Expr, locals: &Locals, local: LocalId) -> bool {
    uses::within(expr, locals).iter().any(|(used, _)| *used == local)
}

/// Lets a closure begin with this, and all within that use the local: but for `move` blocks, which have what the closure around them begins with.
pub(super) fn begin(closure: &mut Expr, locals: &Locals, local: LocalId, first: &Stmt) {
    Begin { locals, local, first, is_first: true }.visit_expr_mut(closure);
}

struct Begin<'b> {
    locals: &'b Locals,
    local: LocalId,
    first: &'b Stmt,
    /// Whether this is the closure itself.
    is_first: bool,
}

impl VisitMut for Begin<'_> {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        let begins = matches!(expr, Expr::Closure(_) | Expr::Async(_)) && uses_it(expr, self.locals, self.local);
        let is_first = std::mem::take(&mut self.is_first);
        visit_mut::visit_expr_mut(self, expr);
        match expr {
            Expr::Async(ExprAsync { block, capture, .. }) if begins && (capture.is_none() || is_first) => {
                block.stmts.insert(0, self.first.clone());
            }
            Expr::Closure(ExprClosure { body, .. }) if begins => match &mut **body {
                Expr::Block(it) if it.label.is_none() => it.block.stmts.insert(0, self.first.clone()),
                // Not parsed again: as a statement a `match` is no operand.
                body => {
                    let stmts = vec![self.first.clone(), Stmt::Expr(body.clone(), None)];
                    let block = Block { brace_token: Default::default(), stmts };
                    *body = Expr::Block(ExprBlock { attrs: Vec::new(), label: None, block });
                }
            },
            _ => {}
        }
    }

    fn visit_macro_mut(&mut self, mac: &mut Macro) {
        let mut arguments = Arguments::of(mac);
        let mut expressions = arguments.expressions();
        if expressions.iter().any(|argument| uses_it(argument, self.locals, self.local)) {
            expressions.iter_mut().for_each(|argument| self.visit_expr_mut(argument));
            mac.tokens = arguments.into_token_stream();
        }
    }

    fn visit_item_mut(&mut self, _: &mut Item) {}
}
