//! Operands that are the same, whether they are evaluated before what stands behind them or after.

use syn::{Expr, UnOp};

use super::block::is_name;
use super::operands::{Mode, is_assignment};
use super::temporary::{is_constant, is_place};
use super::{is_held, node_of};
use crate::future::local::Locals;

/// Whether it may be evaluated after what stands behind it: nothing changes it, and it changes nothing.
pub(super) fn is_stable(expr: &Expr, mode: Mode) -> bool {
    match expr {
        Expr::Lit(_) => true,
        Expr::Path(path) => {
            mode != Mode::Value || path.path.get_ident().is_none_or(|name| Locals::read(name).is_none())
        }
        Expr::Reference(it) => {
            it.mutability.is_none() && is_constant(&it.expr) || is_place(&it.expr) && is_stable(&it.expr, Mode::Place)
        }
        Expr::Paren(it) => is_stable(&it.expr, mode),
        Expr::Group(it) => is_stable(&it.expr, mode),
        Expr::Field(it) => mode != Mode::Value && is_stable(&it.base, Mode::Place),
        Expr::Index(it) => {
            mode != Mode::Value
                && is_stable(&it.expr, Mode::Place)
                && (is_name(&it.index) || is_constant(&it.index) || range(&it.index))
        }
        Expr::Unary(it) => matches!(it.op, UnOp::Deref(_)) && mode != Mode::Value && is_stable(&it.expr, Mode::Place),
        Expr::Macro(mac) => mode != Mode::Value && node_of(mac).is_some() && !is_held(mac),
        Expr::Tuple(it) => it.elems.iter().all(|element| is_stable(element, Mode::Value)),
        // What is in it is coerced to what is expected of the whole: `Some(&string)` to an `Option<&str>`.
        Expr::Call(it) => is_std_variant(&it.func) && it.args.iter().all(|argument| is_stable(argument, Mode::Value)),
        _ => false,
    }
}

fn is_std_variant(func: &Expr) -> bool {
    matches!(func, Expr::Path(it) if ["Some", "Ok", "Err"].iter().any(|name| it.path.is_ident(name)))
}

fn range(expr: &Expr) -> bool {
    let end = |end: &Option<Box<Expr>>| end.as_ref().is_none_or(|end| is_name(end) || is_constant(end));
    matches!(expr, Expr::Range(it) if end(&it.start) && end(&it.end))
}

/// Whether it is the same wherever it is evaluated: numbers as they are written, constants by their names, and what is computed of such.
pub(super) fn is_fixed(expr: &Expr) -> bool {
    match expr {
        Expr::Lit(_) => true,
        Expr::Path(it) => it.path.segments.last().is_some_and(|last| {
            let name = last.ident.to_string();
            !Locals::is_numbered(&last.ident) && name.contains(char::is_uppercase) && !name.contains(char::is_lowercase)
        }),
        Expr::Paren(it) => is_fixed(&it.expr),
        Expr::Cast(it) => is_fixed(&it.expr),
        Expr::Unary(it) => matches!(it.op, UnOp::Neg(_) | UnOp::Not(_)) && is_fixed(&it.expr),
        Expr::Binary(it) => !is_assignment(&it.op) && is_fixed(&it.left) && is_fixed(&it.right),
        _ => false,
    }
}
