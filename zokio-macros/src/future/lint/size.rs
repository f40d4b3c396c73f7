//! Arrays above 1 KiB that an await holds: where the body says how large they are.
//!
//! The size of an inferred type is known to rustc only when it is too late for a warning, so what counts is written here: the type of
//! a `let` or an argument, or `[value; length]`. A length may be a constant of the module.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::visit::{self, Visit};
use syn::{BinOp, Expr, Lit, Pat, Type};

use super::{Lint, first_await};
use crate::future::generate::Compiled;
use crate::future::input::Input;
use crate::future::local::Local;

/// The most bytes of a slot of which nothing is said.
const LIMIT: u64 = 1024;

/// Asks how large the slots of arrays are.
pub(super) fn ask(input: &Input, compiled: &Compiled<'_>) -> TokenStream {
    if input.lints.allowed.contains(Lint::LargeSlot) {
        return TokenStream::new();
    }
    let mut arrays = Arrays(Vec::new());
    arrays.visit_block(&input.body);
    compiled
        .locals
        .ids()
        .filter_map(|id| {
            let local = &compiled.locals[id];
            let size = local.ty.as_ref().and_then(of_type).or_else(|| arrays.of(&local.name))?;
            Some(question(input, local, &size, first_await(compiled, id)?))
        })
        .collect()
}

fn question(input: &Input, local: &Local, size: &Size, awaited: usize) -> TokenStream {
    let (z, name) = (&input.krate, &local.name);
    let (least, large, bytes) = match &size.length {
        None if size.bytes <= LIMIT => return TokenStream::new(),
        None => (format!("{} bytes", size.bytes), quote!(true), 0),
        Some(_) => (format!("more than {LIMIT} bytes"), TokenStream::new(), size.bytes),
    };
    let note = format!(
        "the slot of `{name}` has {least} and is held across the await at line {awaited}, so the future is that large wherever it \
         goes: write `vec![..]` or a `Box`, or a smaller one, or `allow(large_slot)` where it is meant"
    );
    let call = Ident::new("held_across_await", name.span());
    let ask = |large: &TokenStream| quote!(#z::lint::Size::<{ #large }>.answer().#call(););
    let asked = match &size.length {
        None => ask(&large),
        Some(Length::Path(path)) => ask(&quote!(#path as u64 * #bytes > #LIMIT)),
        // If it is a parameter of an `impl` around, it is none of the module's, and is taken for 0.
        Some(Length::Name(length)) => {
            let asked = ask(&quote!(#length as u64 * #bytes > #LIMIT));
            quote! {
                const #length: usize = 0;
                {
                    use self::*;
                    #asked
                }
            }
        }
    };
    let kind = Ident::new("LargeSlot", Span::mixed_site());
    quote! {{
        trait #kind: ::core::marker::Sized {
            #[deprecated(note = #note)]
            fn held_across_await(self) {}
        }
        impl #kind for #z::lint::Large {}
        #asked
    }}
}

/// The size of an array: so many bytes, as often as a constant says.
#[derive(Debug, Clone)]
struct Size {
    bytes: u64,
    length: Option<Length>,
}

/// A length that is a name.
#[derive(Debug, Clone)]
enum Length {
    /// Of a constant, or of a parameter.
    Name(Ident),
    /// Of a constant in a module.
    Path(syn::ExprPath),
}

impl Size {
    const fn bytes(bytes: u64) -> Self {
        Self { bytes, length: None }
    }

    fn times(self, length: &Expr) -> Option<Self> {
        if let Some(length) = number(length) {
            return Some(Self { bytes: self.bytes.checked_mul(length)?, ..self });
        }
        let Expr::Path(path) = length else { return None };
        if path.qself.is_some() || self.length.is_some() {
            return None;
        }
        let first = path.path.segments.first()?.ident.to_string();
        let length = match path.path.get_ident() {
            Some(name) if first.len() > 1 && first == first.to_uppercase() => Length::Name(name.clone()),
            // A module's, not a type's.
            None if first == first.to_lowercase() => Length::Path(path.clone()),
            _ => return None,
        };
        Some(Self { length: Some(length), ..self })
    }
}

/// Whether it may be more than the limit.
fn may_be_large(size: &Size) -> bool {
    size.length.is_some() || size.bytes > LIMIT
}

/// Whether a type is that of an array that may be large.
pub(super) fn is_large_type(ty: &Type) -> bool {
    of_type(ty).is_some_and(|size| may_be_large(&size))
}

/// Whether a value is such an array.
pub(super) fn is_large_value(expr: &Expr) -> bool {
    of_expr(expr).is_some_and(|size| may_be_large(&size))
}

/// A number that is written, perhaps as a product or sum.
fn number(expr: &Expr) -> Option<u64> {
    match expr {
        Expr::Lit(lit) => match &lit.lit {
            Lit::Int(int) => int.base10_parse().ok(),
            _ => None,
        },
        Expr::Paren(it) => number(&it.expr),
        Expr::Group(it) => number(&it.expr),
        Expr::Binary(it) => {
            let (left, right) = (number(&it.left)?, number(&it.right)?);
            match it.op {
                BinOp::Mul(_) => left.checked_mul(right),
                BinOp::Add(_) => left.checked_add(right),
                BinOp::Sub(_) => left.checked_sub(right),
                BinOp::Shl(_) => left.checked_shl(u32::try_from(right).ok()?),
                _ => None,
            }
        }
        _ => None,
    }
}

/// The size of an array's type. Nothing is shorter than it is written: no name is looked up.
fn of_type(ty: &Type) -> Option<Size> {
    match ty {
        Type::Array(it) => element_type(&it.elem)?.times(&it.len),
        _ => None,
    }
}

fn element_type(ty: &Type) -> Option<Size> {
    match ty {
        Type::Path(it) => primitive(&it.path.get_ident()?.to_string()).map(Size::bytes),
        other => of_type(other),
    }
}

fn primitive(name: &str) -> Option<u64> {
    Some(match name {
        "u8" | "i8" | "bool" => 1,
        "u16" | "i16" => 2,
        "u32" | "i32" | "f32" | "char" => 4,
        "u64" | "i64" | "f64" => 8,
        "u128" | "i128" => 16,
        // At least.
        "usize" | "isize" => 2,
        _ => return None,
    })
}

/// The least size of `[value; length]`.
fn of_expr(expr: &Expr) -> Option<Size> {
    match expr {
        Expr::Repeat(it) => element(&it.expr)?.times(&it.len),
        Expr::Paren(it) => of_expr(&it.expr),
        _ => None,
    }
}

fn element(expr: &Expr) -> Option<Size> {
    match expr {
        Expr::Lit(lit) => Some(Size::bytes(match &lit.lit {
            Lit::Int(int) => primitive(int.suffix()).unwrap_or(1),
            Lit::Float(float) => primitive(float.suffix()).unwrap_or(4),
            Lit::Bool(_) | Lit::Byte(_) => 1,
            Lit::Char(_) => 4,
            _ => return None,
        })),
        other => of_expr(other),
    }
}

/// The locals that are made as arrays.
struct Arrays(Vec<(Ident, Size)>);

impl Arrays {
    fn of(&self, name: &Ident) -> Option<Size> {
        let start = |name: &Ident| (name.span().start().line, name.span().start().column);
        let found = self.0.iter().find(|(known, _)| known == name && start(known) == start(name));
        found.map(|(_, size)| size.clone())
    }
}

impl<'ast> Visit<'ast> for Arrays {
    fn visit_local(&mut self, local: &'ast syn::Local) {
        if let (Pat::Ident(pat), Some(init)) = (&local.pat, &local.init)
            && pat.by_ref.is_none()
            && let Some(size) = of_expr(&init.expr)
        {
            self.0.push((pat.ident.clone(), size));
        }
        visit::visit_local(self, local);
    }

    fn visit_item(&mut self, _: &'ast syn::Item) {}
}
