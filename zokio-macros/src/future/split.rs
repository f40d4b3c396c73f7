//! Patterns that move out of a field of a local which other arms use: the field is matched first, and moved where an arm has matched.
//!
//! `match x.f { P(a) => .., Q => g(x) }` -> `match x.f { P(_) => { let P(a) = x.f else { .. }; .. } Q => g(x) }`

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::visit_mut::{self, VisitMut};
use syn::{Arm, Expr, ExprIf, ExprMatch, Pat, Stmt, parse_quote};

use super::flow::moves;
use super::order::by_reference;
use super::pattern::bound;
use super::scope::binds;

/// Takes the arms of a `match` apart.
pub(super) fn arms(it: &mut ExprMatch) {
    if !is_field(&it.expr) {
        return;
    }
    let scrutinee = it.expr.clone();
    for Arm { pat, body, .. } in &mut it.arms {
        let pat = match pat {
            Pat::Guard(guard) if !mentions(guard.guard.to_token_stream(), &bound(&guard.pat).0) => &mut *guard.pat,
            other => other,
        };
        if can_be(pat) {
            let taken = taken(pat, &scrutinee);
            **body = parse_quote!({ #taken #body });
            *pat = looked_at(pat);
        }
    }
}

/// Takes the branch of an `if let` apart.
pub(super) fn branch(it: &mut ExprIf) {
    // What stands last in a chain.
    let mut cond = &mut *it.cond;
    while let Expr::Binary(chain) = cond {
        cond = &mut chain.right;
    }
    let Expr::Let(matched) = cond else { return };
    if is_field(&matched.expr) && can_be(&matched.pat) {
        it.then_branch.stmts.insert(0, taken(&matched.pat, &matched.expr));
        *matched.pat = looked_at(&matched.pat);
    }
}

fn is_field(expr: &Expr) -> bool {
    match expr {
        Expr::Field(it) => {
            matches!(&*it.base, Expr::Path(path) if path.path.get_ident().is_some()) || is_field(&it.base)
        }
        Expr::Paren(it) => is_field(&it.expr),
        _ => false,
    }
}

/// Whether all that the pattern binds is bound by value, and nobody looks at it before.
fn can_be(pat: &Pat) -> bool {
    moves(pat) && !by_reference(pat) && !matches!(pat, Pat::Guard(_))
}

/// Whether one of the names is in the tokens, perhaps within a text that is formatted.
fn mentions(tokens: TokenStream, names: &[Ident]) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Group(group) => mentions(group.stream(), names),
        TokenTree::Ident(name) => names.contains(&name),
        TokenTree::Literal(text) => {
            let text = text.to_string();
            names.iter().any(|name| text.contains(&name.to_string()))
        }
        TokenTree::Punct(_) => false,
    })
}

fn taken(pat: &Pat, scrutinee: &Expr) -> Stmt {
    parse_quote!(let #pat = #scrutinee else { ::core::unreachable!() };)
}

/// The pattern, which binds nothing.
fn looked_at(pat: &Pat) -> Pat {
    struct Looks;
    impl VisitMut for Looks {
        fn visit_pat_mut(&mut self, pat: &mut Pat) {
            if let Pat::Ident(it) = pat
                && binds(it)
            {
                *pat = match it.subpat.take() {
                    Some((_, within)) => *within,
                    None => parse_quote!(_),
                };
            }
            visit_mut::visit_pat_mut(self, pat);
        }
        // `S { a }`
        fn visit_field_pat_mut(&mut self, field: &mut syn::FieldPat) {
            field.colon_token.get_or_insert_default();
            visit_mut::visit_field_pat_mut(self, field);
        }
    }
    let mut pat = pat.clone();
    Looks.visit_pat_mut(&mut pat);
    pat
}
