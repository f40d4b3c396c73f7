//! What has no destructor, or is `Copy`, as far as its type or its value is written: it may be forgotten, or is never moved.

use syn::Type;

use crate::future::local::{Local, Origin};

/// Whether forgetting the value changes nothing.
pub(super) fn owns_nothing(local: &Local) -> bool {
    local.origin != Origin::Awaited && (local.plain || local.ty.as_ref().is_some_and(is_data))
}

/// Whether its methods get copies of it.
pub(super) fn is_copy(local: &Local) -> bool {
    local.origin != Origin::Awaited && (local.copied || local.ty.as_ref().is_some_and(has_copies))
}

/// Whether its methods get a reference that is borrowed anew of it.
pub(super) fn is_unique(local: &Local) -> bool {
    local.ty.as_ref().map_or(local.mutable, |ty| matches!(ty, Type::Reference(it) if it.mutability.is_some()))
}

fn has_copies(ty: &Type) -> bool {
    match ty {
        Type::Reference(it) if it.mutability.is_some() => false,
        Type::Tuple(it) => it.elems.iter().all(has_copies),
        Type::Array(it) => has_copies(&it.elem),
        other => is_data(other),
    }
}

fn is_data(ty: &Type) -> bool {
    match ty {
        Type::Reference(_) | Type::Ptr(_) => true,
        Type::Tuple(it) => it.elems.iter().all(is_data),
        Type::Array(it) => is_data(&it.elem),
        Type::Path(it) => it.path.get_ident().is_some_and(|name| is_number(&name.to_string())),
        _ => false,
    }
}

/// `u8`, `isize`, `f64`, `bool`, `char`.
fn is_number(name: &str) -> bool {
    let sized = |width: &str| matches!(width, "8" | "16" | "32" | "64" | "128" | "size");
    match name.split_at_checked(1) {
        Some(("u" | "i", width)) => sized(width),
        Some(("f", width)) => matches!(width, "32" | "64"),
        _ => matches!(name, "bool" | "char"),
    }
}
