//! What a statement lends to methods that are asked about.

use std::iter;

use syn::{BinOp, Expr, Member, UnOp};

use super::methods::{asks, consumes};
use super::temporary::{is_constant, is_place, is_promoted};
use crate::future::expected::makes;

/// Whether a statement has temporaries among the arguments of a method of which is asked what it does with its receiver. They live until the statement ends,
/// and so longer than the block in which that is asked: then all of its temporaries get homes, so that they are dropped in their order.
pub(super) fn lends_to_asked(expr: &Expr) -> bool {
    match expr {
        Expr::MethodCall(it) => {
            let asked = is_place(&it.receiver) && asks(it);
            lends_to_asked(&it.receiver)
                || it.args.iter().any(|argument| asked && has_temporary(argument) || lends_to_asked(argument))
        }
        expr => operands(expr).into_iter().any(lends_to_asked),
    }
}

/// Whether something of an expression is borrowed that is no place.
fn has_temporary(expr: &Expr) -> bool {
    if let Expr::Reference(it) = expr
        && may_be_coerced(&it.expr)
    {
        return false;
    }
    let is_value = |of: &Expr| !is_place(of) && !is_constant(of);
    let borrowed = match expr {
        Expr::Reference(it) if is_promoted(it) => return false,
        Expr::Reference(it) => is_value(&it.expr),
        Expr::MethodCall(it) => is_value(&it.receiver) && !consumes(&it.method.to_string()),
        Expr::Field(it) => is_value(&it.base) && matches!(it.member, Member::Named(_)),
        Expr::Index(it) => is_value(&it.expr),
        Expr::Unary(it) => matches!(it.op, UnOp::Deref(_)) && is_value(&it.expr),
        _ => false,
    };
    borrowed || operands(expr).into_iter().any(has_temporary)
}

/// Whether the type of a value depends on what is expected of it: a closure for a `&mut dyn FnMut()`, `[Box::new(a), Box::new(b)]` or `Some(Box::new(a))` for
/// boxes of a `dyn`. Nobody expects anything of a home's. What a method returns rarely borrows of such a value: it gets none on its own account.
fn may_be_coerced(expr: &Expr) -> bool {
    match expr {
        Expr::Closure(_) => true,
        Expr::Paren(it) => may_be_coerced(&it.expr),
        Expr::Array(it) => it.elems.iter().any(is_made),
        Expr::Repeat(it) => is_made(&it.expr),
        Expr::Tuple(it) => it.elems.iter().any(is_owner),
        Expr::Struct(it) => it.fields.iter().any(|field| is_owner(&field.expr)),
        Expr::Call(it) => makes(&it.func) && it.args.iter().any(is_owner),
        _ => false,
    }
}

/// Whether an element of an array is made where it stands: all of them have one type, and that may be the type of none as it is made.
fn is_made(expr: &Expr) -> bool {
    matches!(
        expr,
        Expr::Call(_) | Expr::MethodCall(_) | Expr::Reference(_) | Expr::Closure(_) | Expr::Macro(_) | Expr::Struct(_)
    )
}

/// Whether it is a new pointer that owns what it points to (`Box::new(a)`, `Arc::new(a)`, `Box::pin(a)`), or has one in it.
fn is_owner(expr: &Expr) -> bool {
    let Expr::Call(call) = expr else { return may_be_coerced(expr) };
    let Expr::Path(func) = &*call.func else { return false };
    let owner = |segment: &syn::PathSegment| ["Box", "Rc", "Arc"].iter().any(|owner| segment.ident == owner);
    func.path.segments.iter().rev().nth(1).is_some_and(owner) || may_be_coerced(expr)
}

/// What is evaluated for an expression, but for what has scopes of its own.
fn operands(expr: &Expr) -> Vec<&Expr> {
    match expr {
        Expr::MethodCall(it) => iter::once(&*it.receiver).chain(&it.args).collect(),
        Expr::Call(it) => it.args.iter().collect(),
        Expr::Reference(it) => vec![&it.expr],
        Expr::Field(it) => vec![&it.base],
        Expr::Index(it) => vec![&it.expr, &it.index],
        Expr::Unary(it) => vec![&it.expr],
        Expr::Await(it) => vec![&it.base],
        Expr::Try(it) => vec![&it.expr],
        Expr::Paren(it) => vec![&it.expr],
        Expr::Cast(it) => vec![&it.expr],
        Expr::Tuple(it) => it.elems.iter().collect(),
        Expr::Array(it) => it.elems.iter().collect(),
        Expr::Struct(it) => it.fields.iter().map(|field| &field.expr).collect(),
        Expr::Assign(it) => vec![&it.right],
        Expr::Binary(it) if !matches!(it.op, BinOp::And(_) | BinOp::Or(_)) => vec![&it.left, &it.right],
        // Names, literals, and the rest.
        _ => Vec::new(),
    }
}
