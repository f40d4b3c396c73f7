//! The numbers that are mentioned in a piece of a body.
//!
//! The tree is walked, not its tokens: to make tokens of it is what macros spend their time on.

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::Visit;
use syn::{Expr, Ident, Pat, Stmt};

use crate::future::local::{Locals, Name};

/// Something that mentions numbers.
pub(crate) trait Names {
    /// Every number that is mentioned, in the order of the source.
    fn names(&self, with: &mut dyn FnMut(Name));
}

impl Names for Expr {
    fn names(&self, with: &mut dyn FnMut(Name)) {
        Finder(with).visit_expr(self);
    }
}

impl Names for Stmt {
    fn names(&self, with: &mut dyn FnMut(Name)) {
        Finder(with).visit_stmt(self);
    }
}

impl Names for Pat {
    fn names(&self, with: &mut dyn FnMut(Name)) {
        Finder(with).visit_pat(self);
    }
}

impl Names for TokenStream {
    fn names(&self, with: &mut dyn FnMut(Name)) {
        for token in self.clone() {
            match token {
                TokenTree::Ident(ident) => Finder(with).visit_ident(&ident),
                TokenTree::Group(group) => group.stream().names(with),
                _ => {}
            }
        }
    }
}

struct Finder<'w>(&'w mut dyn FnMut(Name));

impl<'ast> Visit<'ast> for Finder<'_> {
    fn visit_ident(&mut self, ident: &'ast Ident) {
        if let Some(name) = Locals::read(ident) {
            (self.0)(name);
        }
    }

    fn visit_token_stream(&mut self, tokens: &'ast TokenStream) {
        tokens.names(self.0);
    }
}
