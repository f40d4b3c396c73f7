//! Values of a `let` that have references to temporaries: those live as long as the local.

use syn::{Block, Expr, Local, Pat, Stmt, parse_quote};

use super::awaits;
use super::order::{by_reference, constructs, is_constant, is_place};

/// The statement, or with a local for what is matched: of a `let .. else` whose `else` awaits, which becomes an `if let`, at whose end temporaries would end.
pub(super) fn unpacked(stmt: Stmt) -> Vec<Stmt> {
    let Stmt::Local(Local { pat, init: Some(init), .. }) = &stmt else { return vec![stmt] };
    let Some((_, otherwise)) = &init.diverge else { return vec![stmt] };
    let matched = match pat {
        Pat::Type(it) => &*it.pat,
        pat => pat,
    };
    let value = &init.expr;
    if !awaits::expr(otherwise) || is_place(value) || !(refers(value) || by_reference(matched)) {
        return vec![stmt];
    }
    let ty = if let Pat::Type(it) = pat { Some(&it.ty) } else { None }.into_iter();
    vec![
        parse_quote!(let __zokio_matched #(: #ty)* = #value;),
        parse_quote!(let #matched = __zokio_matched else #otherwise;),
    ]
}

/// Whether the value has a reference to a temporary, as it is written, which lives as long as the local then.
pub(super) fn refers(value: &Expr) -> bool {
    match value {
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
