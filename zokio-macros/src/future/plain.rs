//! What has no destructor, as its type or its value is written: nobody needs it who does not use it, and it needs no guard.

use syn::{BinOp, Expr, GenericArgument, Lit, Pat, PathArguments, Type, UnOp};

use super::closures;
use super::local::{LocalId, Locals, Name, Origin, UseId};

/// Whether a local has no destructor, as far as its type or its value is written.
pub(super) fn is_plain(locals: &Locals, local: LocalId) -> bool {
    let local = &locals[local];
    local.origin != Origin::Awaited && (local.plain || local.ty.as_ref().is_some_and(is_plain_type))
}

/// Whether a local is a number, a truth value or a character, as far as its type or its value is written.
pub(super) fn is_number_local(locals: &Locals, local: LocalId) -> bool {
    let local = &locals[local];
    local.number || local.ty.as_ref().is_some_and(is_number_type)
}

/// Whether a local is a `&mut`, as far as its type or its value is written.
pub(super) fn is_mutable_reference(locals: &Locals, local: LocalId) -> bool {
    let local = &locals[local];
    match &local.ty {
        Some(Type::Reference(it)) => it.mutability.is_some(),
        Some(_) => false,
        None => local.mutable,
    }
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
pub(super) fn is_copied_value(locals: &Locals, value: &Expr) -> bool {
    let is_copied_value = |value: &Expr| is_copied_value(locals, value);
    match value {
        Expr::Path(it) => used(it).is_some_and(|used| is_copied(locals, locals.used(used))),
        Expr::Reference(it) => it.mutability.is_none(),
        Expr::Paren(it) => is_copied_value(&it.expr),
        Expr::Group(it) => is_copied_value(&it.expr),
        // Of what an empty one is an array, is not written.
        Expr::Array(it) => !it.elems.is_empty() && it.elems.iter().all(is_copied_value),
        Expr::Repeat(it) => is_copied_value(&it.expr),
        Expr::Tuple(it) => it.elems.iter().all(is_copied_value),
        Expr::Cast(it) => is_copied_type(&it.ty),
        other => is_plain_value(locals, other),
    }
}

/// Whether a type is that of numbers, truth values or characters, as it is written.
fn is_number_type(ty: &Type) -> bool {
    const NUMBERS: &[&str] = &[
        "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128", "isize", "f32", "f64", "bool",
        "char",
    ];
    match ty {
        Type::Path(it) => it.path.get_ident().is_some_and(|name| NUMBERS.iter().any(|number| name == number)),
        _ => false,
    }
}

pub(super) fn is_plain_type(ty: &Type) -> bool {
    match ty {
        Type::Reference(_) | Type::Ptr(_) => true,
        Type::Array(it) => is_plain_type(&it.elem),
        Type::Tuple(it) => it.elems.iter().all(is_plain_type),
        other => is_number_type(other),
    }
}

/// Whether a value has no destructor, whatever the types of what it is made of are.
pub(super) fn is_plain_value(locals: &Locals, value: &Expr) -> bool {
    let is_plain_value = |value: &Expr| is_plain_value(locals, value);
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
        Expr::Path(it) => used(it).is_some_and(|used| is_plain(locals, locals.used(used))),
        other => is_number(locals, other),
    }
}

/// Whether a value is a number, a truth value or a character, whatever else it may depend on. Operators may be anybody's: so it is where what
/// they stand between is such.
fn is_number(locals: &Locals, value: &Expr) -> bool {
    let is_number = |value: &Expr| is_number(locals, value);
    match value {
        Expr::Lit(it) => matches!(it.lit, Lit::Int(_) | Lit::Float(_) | Lit::Byte(_) | Lit::Bool(_) | Lit::Char(_)),
        Expr::Cast(it) => is_number_type(&it.ty),
        Expr::Paren(it) => is_number(&it.expr),
        Expr::Group(it) => is_number(&it.expr),
        Expr::Unary(it) => matches!(it.op, UnOp::Neg(_) | UnOp::Not(_)) && is_number(&it.expr),
        Expr::Binary(it) => match it.op {
            BinOp::And(_) | BinOp::Or(_) | BinOp::Eq(_) | BinOp::Ne(_) => true,
            BinOp::Lt(_) | BinOp::Le(_) | BinOp::Gt(_) | BinOp::Ge(_) => true,
            // Arithmetic; an assignment has no value.
            _ => is_number(&it.left) && is_number(&it.right),
        },
        Expr::Path(it) => used(it).is_some_and(|used| is_number_local(locals, locals.used(used))),
        _ => false,
    }
}

/// Whether it makes a box: `Box::new(..)`.
pub(super) fn makes_box(expr: &Expr) -> bool {
    let Expr::Call(call) = expr else { return false };
    let Expr::Path(it) = &*call.func else { return false };
    let segments = &it.path.segments;
    segments.iter().any(|segment| segment.ident == "Box") && segments.last().is_some_and(|last| last.ident != "leak")
}

/// The type in a box, as it is written.
pub(super) fn in_box(ty: &Type) -> Option<&Type> {
    let Type::Path(it) = ty else { return None };
    let last = it.path.segments.last().filter(|last| last.ident == "Box")?;
    let PathArguments::AngleBracketed(of) = &last.arguments else { return None };
    of.args.first().and_then(|of| if let GenericArgument::Type(ty) = of { Some(ty) } else { None })
}

/// Notes of what a pattern binds that it has no destructor, is `Copy`, or is a number, where the value says so.
pub(super) fn learn(locals: &mut Locals, pat: &Pat, value: &Expr) {
    match (pat, value) {
        (_, Expr::Paren(it)) => learn(locals, pat, &it.expr),
        (_, Expr::Group(it)) => learn(locals, pat, &it.expr),
        (Pat::Paren(it), _) => learn(locals, &it.pat, value),
        (Pat::Tuple(pats), Expr::Tuple(values)) if pats.elems.len() == values.elems.len() => {
            let rest = pats.elems.iter().any(|pat| matches!(pat, Pat::Rest(_)));
            let pairs = pats.elems.iter().zip(&values.elems).filter(|_| !rest);
            pairs.for_each(|(pat, value)| learn(locals, pat, value));
        }
        (Pat::Ident(it), _) if it.by_ref.is_none() && it.subpat.is_none() => {
            if let Some(Name::Binder(id)) = Locals::read(&it.ident) {
                let numbers = called(value, "into_iter").is_some_and(|range| is_range(locals, range));
                let known = (
                    numbers || is_plain_value(locals, value),
                    is_copied_value(locals, value),
                    is_number(locals, value),
                );
                let foreign = !locals[id].is_mut && closures::none_within(locals, value);
                let local = &mut locals[id];
                local.foreign = foreign;
                (local.plain, local.copied, local.number) = (known.0, known.1, known.2 || numbers);
                local.boxed |= makes_box(value);
                local.closure = matches!(value, Expr::Closure(it) if it.capture.is_none() && it.asyncness.is_none());
                local.mutable = matches!(value, Expr::Reference(it) if it.mutability.is_some());
            }
        }
        (Pat::TupleStruct(some), _)
            if some.elems.len() == 1 && some.path.segments.last().is_some_and(|it| it.ident == "Some") =>
        {
            if let (true, Pat::Ident(it)) = (is_next_number(locals, value), &some.elems[0])
                && let (None, None, Some(Name::Binder(id))) = (&it.by_ref, &it.subpat, Locals::read(&it.ident))
            {
                let local = &mut locals[id];
                (local.plain, local.copied, local.number) = (true, true, true);
            }
        }
        _ => {}
    }
}

/// Whether it is the next number of a range, as `for` asks for it.
fn is_next_number(locals: &Locals, value: &Expr) -> bool {
    matches!(called(value, "next"), Some(Expr::Reference(it)) if is_number(locals, &it.expr))
}

/// Whether what is matched has no destructor, as it is written: a number of a range too, and what std's methods of such names look at.
pub(super) fn owns_nothing(locals: &Locals, matched: &Expr) -> bool {
    let looks = |it: &syn::ExprMethodCall| {
        let name = it.method.to_string();
        name.starts_with("as_") || matches!(&*name, "cmp" | "partial_cmp" | "split_once" | "rsplit_once")
    };
    is_plain_value(locals, matched)
        || is_next_number(locals, matched)
        || matches!(matched, Expr::MethodCall(it) if looks(it))
}

/// What one of std's functions for iterators is given, as `for` calls it.
fn called<'e>(value: &'e Expr, name: &str) -> Option<&'e Expr> {
    let Expr::Call(it) = value else { return None };
    let Expr::Path(function) = &*it.func else { return None };
    let path = &function.path;
    let core = path.leading_colon.is_some() && path.segments.first().is_some_and(|first| first.ident == "core");
    (core && path.segments.last().is_some_and(|last| last.ident == name)).then(|| it.args.first())?
}

/// Whether it is a range of numbers: both ends have the type of one.
fn is_range(locals: &Locals, value: &Expr) -> bool {
    match value {
        Expr::Paren(it) => is_range(locals, &it.expr),
        Expr::Range(it) => it.start.iter().chain(&it.end).any(|end| is_number(locals, end)),
        _ => false,
    }
}

/// The use of a local that an expression is.
pub(super) fn used(path: &syn::ExprPath) -> Option<UseId> {
    match Locals::read(path.path.get_ident()?)? {
        Name::Use(used) => Some(used),
        Name::Binder(_) => None,
    }
}
