//! `async` blocks in closures.
//!
//! Such a block borrows what the closure has borrowed. Of what a machine's closure has instead, addresses, it takes copies: so it may leave the
//! closure.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::visit_mut::{self, VisitMut};
use syn::{ExprAsync, ExprClosure};

use crate::future::async_closures;

/// Makes the blocks of a closure have what they use.
pub(super) fn moving(closure: &mut ExprClosure) {
    let mut bound = Bound(Vec::new());
    bound.visit_expr_closure(closure);
    bound.0.retain(|name| !async_closures::is_argument(name));
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
