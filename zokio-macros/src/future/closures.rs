//! Whether a body has closures, whose kind the compiler knows only when it has seen all of the body.

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Block, ExprClosure, Item, Macro, Type, TypeInfer};

use super::local::{LocalId, Locals};

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
    !locals.closures || local.ty.as_ref().map_or_else(|| local.name == "self", |ty| !infers(ty))
}
