//! Whether a body's slots may be asked about: seen before the body is compiled, since most bodies need not be where the compiler only checks.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Block, Expr, ExprAwait, ExprMethodCall, ExprRepeat, Macro, Type};

use super::{known, size};
use crate::future::macros;

/// Whether a guard or a large array may be among the values of a body.
pub(super) fn has_any(body: &Block) -> bool {
    let mut glance = Glance(false);
    glance.visit_block(body);
    glance.0
}

/// Whether an array is among the tokens of a macro, of whatever size: its `;`.
fn has_array(tokens: TokenStream) -> bool {
    tokens.into_iter().any(|token| {
        let TokenTree::Group(group) = token else { return false };
        let array = group.delimiter() == Delimiter::Bracket;
        array && group.stream().into_iter().any(|token| macros::is(&token, ';')) || has_array(group.stream())
    })
}

struct Glance(bool);

impl<'ast> Visit<'ast> for Glance {
    fn visit_expr_await(&mut self, it: &'ast ExprAwait) {
        match &*it.base {
            // What is awaited is a future, whatever its name.
            Expr::MethodCall(call) => visit::visit_expr_method_call(self, call),
            base => self.visit_expr(base),
        }
    }

    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        self.0 |= known::is_guarding(call);
        visit::visit_expr_method_call(self, call);
    }

    fn visit_expr_repeat(&mut self, it: &'ast ExprRepeat) {
        self.0 |= size::is_large_value(&Expr::Repeat(it.clone()));
        visit::visit_expr_repeat(self, it);
    }

    fn visit_type(&mut self, ty: &'ast Type) {
        self.0 |= size::is_large_type(ty);
        visit::visit_type(self, ty);
    }

    fn visit_macro(&mut self, mac: &'ast Macro) {
        self.0 |= known::may_guard(mac.tokens.clone()) || has_array(mac.tokens.clone());
    }
}
