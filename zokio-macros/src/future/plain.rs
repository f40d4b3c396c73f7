//! What has no destructor, as its type or its value is written: nobody needs it who does not use it, and it needs no guard.

use syn::{BinOp, Expr, Lit, Type, UnOp};

use super::local::{LocalId, Locals, Origin};

/// Whether a local has no destructor, as far as its type or its value is written.
pub(super) fn is_plain(locals: &Locals, local: LocalId) -> bool {
    let local = &locals[local];
    local.origin != Origin::Awaited && (local.plain || local.ty.as_ref().is_some_and(is_plain_type))
}

/// Whether a local is `Copy`, as far as its type or its value is written: then no method consumes it.
pub(super) fn is_copied(locals: &Locals, local: LocalId) -> bool {
    let local = &locals[local];
    local.origin != Origin::Awaited && (local.copied || local.ty.as_ref().is_some_and(is_copied_type))
}

fn is_copied_type(ty: &Type) -> bool {
    match ty {
        Type::Reference(it) => it.mutability.is_none(),
        Type::Array(it) => is_copied_type(&it.elem),
        Type::Tuple(it) => it.elems.iter().all(is_copied_type),
        other => is_plain_type(other),
    }
}

/// Whether a type, as it is written, has values that a call makes without being told their type, and that are no futures.
pub(super) fn is_made(ty: &Type) -> bool {
    match ty {
        Type::Path(it) => it.path.is_ident("String") || is_plain_type(ty),
        Type::Reference(it) => matches!(&*it.elem, Type::Path(path) if path.path.is_ident("str")),
        _ => false,
    }
}

/// Whether a value is `Copy`, whatever the types of what it is made of are.
pub(super) fn is_copied_value(value: &Expr) -> bool {
    match value {
        Expr::Reference(it) => it.mutability.is_none(),
        Expr::Paren(it) => is_copied_value(&it.expr),
        Expr::Group(it) => is_copied_value(&it.expr),
        // Of what an empty one is an array, is not written.
        Expr::Array(it) => !it.elems.is_empty() && it.elems.iter().all(is_copied_value),
        Expr::Repeat(it) => is_copied_value(&it.expr),
        Expr::Tuple(it) => it.elems.iter().all(is_copied_value),
        Expr::Cast(it) => is_copied_type(&it.ty),
        other => is_plain_value(other),
    }
}

pub(super) fn is_plain_type(ty: &Type) -> bool {
    const PLAIN: &[&str] = &[
        "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128", "isize", "f32", "f64", "bool",
        "char",
    ];
    match ty {
        Type::Reference(_) | Type::Ptr(_) => true,
        Type::Path(it) => it.path.get_ident().is_some_and(|name| PLAIN.iter().any(|plain| name == plain)),
        Type::Array(it) => is_plain_type(&it.elem),
        Type::Tuple(it) => it.elems.iter().all(is_plain_type),
        _ => false,
    }
}

/// Whether a value has no destructor, whatever the types of what it is made of are.
pub(super) fn is_plain_value(value: &Expr) -> bool {
    match value {
        Expr::Lit(it) => !matches!(it.lit, Lit::Verbatim(_)),
        Expr::Reference(_) | Expr::RawAddr(_) => true,
        // A box is cast to a box.
        Expr::Cast(it) => is_plain_type(&it.ty),
        Expr::Paren(it) => is_plain_value(&it.expr),
        Expr::Group(it) => is_plain_value(&it.expr),
        Expr::Array(it) => it.elems.iter().all(is_plain_value),
        Expr::Repeat(it) => is_plain_value(&it.expr),
        Expr::Tuple(it) => it.elems.iter().all(is_plain_value),
        // Others may be anybody's operators.
        Expr::Unary(it) => matches!(it.op, UnOp::Neg(_)) && matches!(&*it.expr, Expr::Lit(_)),
        Expr::Binary(it) => {
            let logic = matches!(it.op, BinOp::And(_) | BinOp::Or(_));
            logic
                || matches!(
                    it.op,
                    BinOp::Eq(_) | BinOp::Ne(_) | BinOp::Lt(_) | BinOp::Le(_) | BinOp::Gt(_) | BinOp::Ge(_)
                )
        }
        _ => false,
    }
}
