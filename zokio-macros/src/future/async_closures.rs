//! `async` closures whose futures go on without them.
//!
//! The futures of an `async` closure may borrow from the closure what that has moved in. Natively `async |x| f(&a, n, x)` moves nothing in, and can
//! be given where a function that makes futures is asked for: `FnMut(X) -> F`. In a machine it has the address of `a` behind a reference, which its futures borrow anew
//! ([`nested`](super::nested)), and a number that is used for the last time itself. With one of those it becomes the closure that it is natively, whose futures have copies:
//!
//! `async |(a, b): T| body` -> `|argument: T| async { let (a, b) = argument; body }`
//!
//! and that block is made `move` where blocks of closures are (`generate/blocks.rs`).

use proc_macro2::{Ident, Span};
use quote::format_ident;
use syn::visit::{self, Visit};
use syn::{Expr, ExprClosure, Lifetime, Pat, PatIdent, ReturnType, Stmt, Type, TypeInfer, TypeReference, parse_quote};

use super::order::is_assignment;

/// What the names of arguments begin with.
const ARGUMENT: &str = "__zokio_argument_";

/// Whether a closure's argument is of this making: its future has it.
pub(super) fn is_argument(name: &Ident) -> bool {
    name.to_string().starts_with(ARGUMENT)
}

/// Makes a closure with values of its own what it is natively, unless it changes them: then it lends them to its futures natively too.
pub(super) fn unlent(closure: &mut ExprClosure) {
    let is_plain = closure.asyncness.is_some() && closure.lifetimes.is_none();
    if is_plain
        && matches!(closure.output, ReturnType::Default)
        && closure.inputs.iter().all(is_owned)
        && !changes(closure)
    {
        rewritten(closure);
    }
}

/// Whether an argument has no lifetimes, as far as its type is written: a future of which it is a part could not be named.
fn is_owned(pat: &Pat) -> bool {
    let Pat::Type(it) = pat else { return true };
    has_no_lifetimes(&it.ty)
}

fn rewritten(closure: &mut ExprClosure) {
    let mut bound: Vec<Stmt> = Vec::new();
    for (index, input) in closure.inputs.iter_mut().enumerate() {
        let argument = format_ident!("{ARGUMENT}{index}", span = Span::mixed_site());
        // Also of a pattern that binds nothing of it the future has the argument.
        bound.push(parse_quote!(let #argument = #argument;));
        bound.push(take(input, &argument));
    }
    let body = &closure.body;
    *closure.body = parse_quote!(async { #(#bound)* #body });
    closure.asyncness = None;
}

/// Whether something of around may be changed: what that is may be the closure's own here, and is lent to its futures.
fn changes(closure: &ExprClosure) -> bool {
    #[derive(Default)]
    struct Changes {
        bound: Vec<Ident>,
        changed: Vec<Ident>,
    }
    impl<'ast> Visit<'ast> for Changes {
        fn visit_pat_ident(&mut self, pat: &'ast PatIdent) {
            self.bound.push(pat.ident.clone());
        }
        fn visit_expr(&mut self, expr: &'ast Expr) {
            match expr {
                Expr::Assign(it) => self.changed.extend(root(&it.left)),
                Expr::Binary(it) if is_assignment(&it.op) => self.changed.extend(root(&it.left)),
                Expr::Reference(it) if it.mutability.is_some() => self.changed.extend(root(&it.expr)),
                _ => {}
            }
            visit::visit_expr(self, expr);
        }
    }
    let mut changes = Changes::default();
    changes.visit_expr_closure(closure);
    changes.changed.iter().any(|name| !changes.bound.contains(name))
}

/// The name that a place begins with.
fn root(place: &Expr) -> Option<Ident> {
    match place {
        Expr::Path(it) => it.path.get_ident().cloned(),
        Expr::Field(it) => root(&it.base),
        Expr::Index(it) => root(&it.expr),
        Expr::Paren(it) => root(&it.expr),
        _ => None,
    }
}

/// `let pattern = argument;`, for which the argument is left.
fn take(input: &mut Pat, argument: &Ident) -> Stmt {
    match input {
        Pat::Type(it) => {
            let pat = std::mem::replace(&mut *it.pat, parse_quote!(#argument));
            parse_quote!(let #pat = #argument;)
        }
        _ => {
            let pat = std::mem::replace(input, parse_quote!(#argument));
            parse_quote!(let #pat = #argument;)
        }
    }
}

/// Whether a type shows no lifetime. A type by a path may have one that is not written: that is refused in newer code, and rare.
fn has_no_lifetimes(ty: &Type) -> bool {
    struct Lifetimes(bool);
    impl<'ast> Visit<'ast> for Lifetimes {
        fn visit_type_reference(&mut self, _: &'ast TypeReference) {
            self.0 = true;
        }
        fn visit_lifetime(&mut self, _: &'ast Lifetime) {
            self.0 = true;
        }
        fn visit_type_infer(&mut self, _: &'ast TypeInfer) {
            self.0 = true;
        }
    }
    let mut lifetimes = Lifetimes(false);
    visit::visit_type(&mut lifetimes, ty);
    !lifetimes.0
}
