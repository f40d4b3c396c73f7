//! Names in dumps: a local is its name and its number, a node is `n` and its number.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident};
use syn::Expr;
use syn::visit_mut::{self, VisitMut};

use crate::future::local::{LocalId, Locals, Name};
use crate::future::macros::{self, Arguments};
use crate::future::order::{NodeId, described, node_of};

/// What tells how things are called.
pub(super) struct Texts<'t> {
    pub(super) locals: &'t Locals,
}

/// Every number by its local.
pub(super) fn numbered(tokens: TokenStream, locals: &Locals) -> TokenStream {
    macros::replace_all(tokens, &|ident| {
        let local = match Locals::read(ident)? {
            Name::Binder(local) => local,
            Name::Use(used) => locals.used(used),
        };
        Some(Ident::new(&name(local, locals), Span::call_site()).into_token_stream())
    })
}

fn name(local: LocalId, locals: &Locals) -> String {
    format!("{}{local}", locals[local].name.to_string().trim_start_matches("r#").trim_start_matches("__zokio_"))
}

impl Texts<'_> {
    pub(super) fn local(&self, local: LocalId) -> String {
        name(local, self.locals)
    }

    pub(super) fn list(&self, locals: impl IntoIterator<Item = LocalId>) -> String {
        locals.into_iter().map(|local| self.local(local)).collect::<Vec<_>>().join(" ")
    }

    /// Code on one line.
    pub(super) fn code(&self, code: impl ToTokens) -> String {
        described(&Expr::Verbatim(numbered(code.into_token_stream(), self.locals))).1
    }

    /// An expression, and the nodes in it, in their order.
    pub(super) fn expr(&self, expr: &Expr) -> (String, Vec<NodeId>) {
        let mut expr = expr.clone();
        let mut placeholders = Placeholders(Vec::new());
        placeholders.visit_expr_mut(&mut expr);
        (self.code(&expr), placeholders.0)
    }
}

struct Placeholders(Vec<NodeId>);

impl VisitMut for Placeholders {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        match expr {
            Expr::Macro(mac) => match node_of(mac) {
                Some(node) => {
                    self.0.push(node);
                    *expr = Expr::Verbatim(format_ident!("n{}", node.0).into_token_stream());
                }
                None => {
                    let mut arguments = Arguments::of(&mac.mac);
                    arguments.expressions().into_iter().for_each(|argument| self.visit_expr_mut(argument));
                    mac.mac.tokens = arguments.to_token_stream();
                }
            },
            _ => visit_mut::visit_expr_mut(self, expr),
        }
    }
}
