//! Expressions that end their temporaries by themselves, whatever the edition.
//!
//! A function's body, a branch, an arm and a loop do: the order knows them by where they stand. What the macro itself makes of something else is
//! marked, by an attribute that no pass leaves in the code.

use proc_macro2::{Ident, Span};
use syn::{Attribute, Expr, ExprBlock, ExprIf, ExprMatch, parse_quote};

const MARK: &str = "__zokio_terminating";

/// The mark.
pub(crate) fn mark() -> Attribute {
    let mark = Ident::new(MARK, Span::mixed_site());
    parse_quote!(#[#mark])
}

/// Whether an expression has the mark, which is taken off.
pub(crate) fn unmark(expr: &mut Expr) -> bool {
    let Some(attrs) = attributes(expr) else { return false };
    let before = attrs.len();
    attrs.retain(|attribute| !attribute.path().is_ident(MARK));
    attrs.len() < before
}

/// The expression, marked.
pub(crate) fn marked(mut expr: Expr) -> Expr {
    attributes(&mut expr).into_iter().for_each(|attrs| attrs.push(mark()));
    expr
}

/// The attributes of what may have the mark.
fn attributes(expr: &mut Expr) -> Option<&mut Vec<Attribute>> {
    match expr {
        Expr::If(ExprIf { attrs, .. })
        | Expr::Block(ExprBlock { attrs, .. })
        | Expr::Match(ExprMatch { attrs, .. }) => Some(attrs),
        _ => None,
    }
}
