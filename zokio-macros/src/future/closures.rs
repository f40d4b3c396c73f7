//! Whether a body has closures, whose kind the compiler knows only when it has seen all of the body.

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Block, Expr, ExprClosure, Item, Macro, Type, TypeInfer};

use super::local::{LocalId, Locals};
use super::plain::used;

/// Whether there is a closure, or what may be one among the arguments of a macro.
pub(super) fn any(body: &Block) -> bool {
    struct Closures(bool);
    impl<'ast> Visit<'ast> for Closures {
        fn visit_expr_closure(&mut self, _: &'ast ExprClosure) {
            self.0 = true;
        }
        fn visit_macro(&mut self, mac: &'ast Macro) {
            self.0 |= bars(mac.tokens.clone());
        }
        fn visit_item(&mut self, _: &'ast Item) {}
    }
    let mut closures = Closures(false);
    closures.visit_block(body);
    closures.0
}

fn bars(tokens: TokenStream) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Group(group) => bars(group.stream()),
        TokenTree::Punct(punct) => punct.as_char() == '|',
        TokenTree::Ident(_) | TokenTree::Literal(_) => false,
    })
}

/// Whether a local certainly has no closure of the body within: as an argument, or as its type is written.
pub(super) fn none_in(locals: &Locals, local: LocalId) -> bool {
    struct Infers(bool);
    impl<'ast> Visit<'ast> for Infers {
        fn visit_type_infer(&mut self, it: &'ast TypeInfer) {
            self.0 = true;
            visit::visit_type_infer(self, it);
        }
    }
    let infers = |ty: &Type| {
        let mut infers = Infers(false);
        infers.visit_type(ty);
        infers.0
    };
    let local = &locals[local];
    !locals.closures || local.foreign || local.ty.as_ref().map_or_else(|| local.name == "self", |ty| !infers(ty))
}

/// Whether nothing of a closure of the body can be within a value, as it is written.
pub(super) fn none_within(locals: &Locals, value: &Expr) -> bool {
    struct Foreign<'l>(&'l Locals, bool);
    impl<'ast> Visit<'ast> for Foreign<'_> {
        fn visit_expr(&mut self, expr: &'ast Expr) {
            self.1 &= match expr {
                Expr::Closure(_) | Expr::Async(_) | Expr::Block(_) | Expr::Macro(_) => false,
                Expr::Path(path) => used(path).is_none_or(|id| none_in(self.0, self.0.used(id))),
                _ => true,
            };
            visit::visit_expr(self, expr);
        }
    }
    let mut foreign = Foreign(locals, true);
    foreign.visit_expr(value);
    foreign.1
}
