//! Values of a `let` that have references to temporaries: those live as long as the local.
//!
//! So does what a pattern takes apart, by value here and by reference there: `let (a, ref b) = e` -> `let m = e; let (a, ref b) = m`.

use syn::{Block, Expr, Local, Pat, Stmt, Token, parse_quote};

use super::awaits;
use super::flow::moves;
use super::order::{by_reference, changes, constructs, is_constant, is_place, is_promoted};

/// The statement, or with a local for what is matched: also of a `let .. else` whose `else` awaits, which becomes an `if let`, at whose end temporaries would end.
pub(super) fn unpacked(stmt: Stmt) -> Vec<Stmt> {
    let Stmt::Local(Local { pat, init: Some(init), .. }) = &stmt else { return vec![stmt] };
    let matched = match pat {
        Pat::Type(it) => &*it.pat,
        pat => pat,
    };
    let value = &init.expr;
    let otherwise = init.diverge.as_ref().map(|(_, otherwise)| otherwise);
    let else_awaits = otherwise.is_some_and(|otherwise| awaits::expr(otherwise));
    let outlives = by_reference(matched) && moves(matched) || else_awaits && (refers(value) || by_reference(matched));
    if is_place(value) || !outlives {
        return vec![stmt];
    }
    let otherwise = otherwise.into_iter();
    let mutable = changes(matched).then(<Token![mut]>::default);
    let ty = if let Pat::Type(it) = pat { Some(&it.ty) } else { None }.into_iter();
    vec![
        parse_quote!(let #mutable __zokio_matched #(: #ty)* = #value;),
        parse_quote!(let #matched = __zokio_matched #(else #otherwise)*;),
    ]
}

/// Whether the value has a reference to a temporary, as it is written, which lives as long as the local then.
pub(super) fn refers(value: &Expr) -> bool {
    match value {
        Expr::Reference(it) if is_promoted(it) => false,
        Expr::Reference(it) => {
            let root = root(&it.expr);
            !is_place(root) && !is_constant(root)
        }
        Expr::Tuple(it) => it.elems.iter().any(refers),
        Expr::Array(it) => it.elems.iter().any(refers),
        Expr::Struct(it) => it.fields.iter().any(|field| refers(&field.expr)),
        Expr::Call(it) if constructs(&it.func) => it.args.iter().any(refers),
        Expr::Cast(it) => refers(&it.expr),
        Expr::Paren(it) => refers(&it.expr),
        Expr::Match(it) => it.arms.iter().any(|arm| refers(&arm.body)),
        Expr::If(it) => {
            tail_refers(&it.then_branch) || it.else_branch.as_ref().is_some_and(|(_, otherwise)| refers(otherwise))
        }
        Expr::Block(it) => tail_refers(&it.block),
        Expr::Unsafe(it) => tail_refers(&it.block),
        _ => false,
    }
}

fn tail_refers(block: &Block) -> bool {
    matches!(block.stmts.last(), Some(Stmt::Expr(tail, None)) if refers(tail))
}

/// What a place is of.
fn root(expr: &Expr) -> &Expr {
    match expr {
        Expr::Field(it) => root(&it.base),
        Expr::Index(it) => root(&it.expr),
        Expr::Unary(it) if is_place(expr) => root(&it.expr),
        Expr::Paren(it) => root(&it.expr),
        other => other,
    }
}
