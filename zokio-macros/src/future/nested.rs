//! Closures and `async` blocks within a closure: they borrow what that has, and may leave it.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::visit::{self, Visit};
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, ExprAsync, ExprBlock, ExprClosure, Item, Macro, Stmt, parse_quote};

use super::local::{LocalId, Locals, Name, UseId};
use super::macros;
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
            macros::expressions(mac, &mut |argument| self.visit_expr(argument));
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

/// Whether it is an `async` closure: its futures are blocks within it.
pub(super) fn lends(closure: &Expr) -> bool {
    matches!(closure, Expr::Closure(it) if it.asyncness.is_some())
}

fn uses_it(expr: &Expr, locals: &Locals, local: LocalId) -> bool {
    uses::within(expr, locals).iter().any(|(used, _)| *used == local)
}

/// Lets a closure begin with this, and all within that use the local: but for those that are `move`, which have it, or a copy.
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
        let is_first = std::mem::take(&mut self.is_first);
        let begins = is_first || capture(expr) == Some(false) && uses_it(expr, self.locals, self.local);
        visit_mut::visit_expr_mut(self, expr);
        match expr {
            Expr::Async(ExprAsync { block, .. }) if begins => block.stmts.insert(0, self.first.clone()),
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
        macros::rewrite(mac, &mut |argument| self.visit_expr_mut(argument));
    }

    fn visit_item_mut(&mut self, _: &mut Item) {}
}

/// Of a closure or block, whether it is `move`.
fn capture(expr: &Expr) -> Option<bool> {
    match expr {
        Expr::Closure(it) => Some(it.capture.is_some()),
        Expr::Async(it) => Some(it.capture.is_some()),
        _ => None,
    }
}

/// Whether it is a macro that makes a block with `move`.
fn is_other_body(expr: &Expr) -> bool {
    matches!(expr, Expr::Macro(it) if macros::is_other_body(&macros::name(&it.mac)))
}

/// What a `move` closure has of a local: for these uses within it.
pub(super) type Value<'v> = dyn Fn(&Expr, LocalId, &[UseId]) -> Option<TokenStream> + 'v;

/// Those that are `move` get what the closure around them borrows where they are made.
pub(super) fn moved(closure: &mut Expr, locals: &Locals, value: &Value<'_>) {
    Moved { locals, value, is_first: true }.visit_expr_mut(closure);
}

struct Moved<'m> {
    locals: &'m Locals,
    value: &'m Value<'m>,
    /// Whether the visitor is at the closure itself.
    is_first: bool,
}

impl VisitMut for Moved<'_> {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        let is_first = std::mem::take(&mut self.is_first);
        if is_first || capture(expr) != Some(true) && !is_other_body(expr) {
            return visit_mut::visit_expr_mut(self, expr);
        }
        let (mut moved, mut values) = (Vec::new(), TokenStream::new());
        for (local, ids) in uses::within(expr, self.locals) {
            let Some(value) = (self.value)(expr, local, &ids) else { continue };
            let name = format_ident!("moved_{}", local.0, span = Span::mixed_site());
            values.extend(quote!(let mut #name = #value;));
            moved.push((name, ids));
        }
        if moved.is_empty() {
            return;
        }
        let tokens = macros::replace_all(expr.to_token_stream(), &|ident| match Locals::read(ident)? {
            Name::Use(id) => moved.iter().find(|(_, ids)| ids.contains(&id)).map(|(name, _)| name.to_token_stream()),
            Name::Binder(_) => None,
        });
        *expr = Expr::Verbatim(quote!({ #values #tokens }));
    }

    fn visit_macro_mut(&mut self, mac: &mut Macro) {
        macros::rewrite(mac, &mut |argument| self.visit_expr_mut(argument));
    }

    fn visit_item_mut(&mut self, _: &mut Item) {}
}

/// What a closure has as its own, and nobody but one within uses: that takes it along, and so may leave.
pub(super) fn carry(closure: &mut Expr, locals: &Locals, own: &[(LocalId, Ident)], z: &Ident) {
    let all = uses::within(closure, locals);
    let is_alone = |local: LocalId, count: usize| all.iter().any(|(used, ids)| *used == local && ids.len() == count);
    Carry { locals, own, z, is_alone: &is_alone, is_first: true }.visit_expr_mut(closure);
}

struct Carry<'c> {
    locals: &'c Locals,
    own: &'c [(LocalId, Ident)],
    z: &'c Ident,
    is_alone: &'c dyn Fn(LocalId, usize) -> bool,
    /// Whether the visitor is at the closure itself.
    is_first: bool,
}

impl VisitMut for Carry<'_> {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        let is_first = std::mem::take(&mut self.is_first);
        visit_mut::visit_expr_mut(self, expr);
        if is_first || capture(expr) != Some(false) {
            return;
        }
        let used = uses::within(expr, self.locals);
        let taken = used.iter().filter(|(local, ids)| (self.is_alone)(*local, ids.len()));
        let taken: Vec<&Ident> =
            taken.filter_map(|(local, _)| Some(&self.own.iter().find(|(own, _)| own == local)?.1)).collect();
        let Expr::Async(block) = expr else { return };
        if taken.is_empty() {
            return;
        }
        let z = self.z;
        let carried: Vec<Ident> =
            taken.iter().map(|name| format_ident!("carried_{name}", span = Span::mixed_site())).collect();
        let back = taken
            .iter()
            .zip(&carried)
            .map(|(name, carried)| -> Stmt { parse_quote!(let mut #name = #carried.back();) });
        block.block.stmts.splice(0..0, back);
        *expr = parse_quote!({ #(let #carried = #z::Carried(#taken);)* #block });
    }

    fn visit_macro_mut(&mut self, mac: &mut Macro) {
        macros::rewrite(mac, &mut |argument| self.visit_expr_mut(argument));
    }

    fn visit_item_mut(&mut self, _: &mut Item) {}
}
