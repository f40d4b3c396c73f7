//! What has no destructor, as its type or its value is written: nobody needs it who does not use it, and it needs no guard.

use syn::{BinOp, Expr, Lit, Type, UnOp};

use super::local::{LocalId, Locals, Origin};

/// Whether a local has no destructor, as far as its type or its value is written.
pub(super) fn is_plain(locals: &Locals, local: LocalId) -> bool {
    let local = &locals[local];
    local.origin != Origin::Awaited && (local.plain || local.ty.as_ref().is_some_and(is_plain_type))
}

fn is_plain_type(ty: &Type) -> bool {
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
