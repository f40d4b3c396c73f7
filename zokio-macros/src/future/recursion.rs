//! `Box::pin(f(..)).await` within `f` -> `async { not_returned(Box::pin(f(..)).await) }.await.value()`: a machine's type names those of its
//! slots, and one that named itself would have no end. The type of an `async` block names only what it captures.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, format_ident};
use syn::visit::{self, Visit};
use syn::{Expr, ExprAwait, Stmt, UnOp, parse_quote, parse_quote_spanned};

use super::calls::reaches;
use super::macros;

/// The block, if what is awaited is the box of a call of the function itself.
pub(super) fn hidden(it: &ExprAwait, function: &str, z: &TokenStream) -> Option<Expr> {
    let Expr::Call(pin) = &*it.base else { return None };
    let (Expr::Path(path), Some(boxed)) = (&*pin.func, pin.args.first()) else { return None };
    let mut segments = path.path.segments.iter().rev();
    let is_pin =
        segments.next().is_some_and(|last| last.ident == "pin") && segments.next().is_some_and(|ty| ty.ident == "Box");
    if !is_pin || !calls(boxed, function) {
        return None;
    }
    let span = it.await_token.span;
    let mut it = it.clone();
    let taken = taken(&mut it);
    if leaves(&it.base) {
        return None;
    }
    // Of a type that no `return` of a macro has: it would be the block's.
    Some(parse_quote_spanned!(Span::mixed_site().located_at(span)=> {
        #(#taken)*
        async {
            if false { return #z::not_returned(#z::any()); }
            #z::not_returned(#it)
        }.await.value()
    }))
}

/// `f(*boxed, g()?)` -> `let first = *boxed; let second = g()?;` and `f(first, second)`: a closure would have to have the box, and be left.
fn taken(it: &mut ExprAwait) -> Vec<Stmt> {
    let Expr::Call(pin) = &mut *it.base else { return Vec::new() };
    let arguments = match pin.args.first_mut() {
        Some(Expr::Call(call)) => &mut call.args,
        Some(Expr::MethodCall(call)) => &mut call.args,
        _ => return Vec::new(),
    };
    let is_taken = |argument: &Expr| is_referred_to(argument) || leaves(argument);
    let Some(last) = arguments.iter().rposition(is_taken) else { return Vec::new() };
    // Those in front of it too, in their order: but for what is the same wherever it is evaluated.
    let behind: Vec<TokenStream> = (0..=last)
        .map(|index| arguments.iter().take(last + 1).skip(index + 1).map(ToTokens::to_token_stream).collect())
        .collect();
    let mut taken = Vec::new();
    for (index, argument) in arguments.iter_mut().take(last + 1).enumerate() {
        let stays = match argument {
            Expr::Lit(_) => true,
            Expr::Path(path) => path.path.get_ident().is_none_or(|name| macros::mentions(&behind[index], name) == 0),
            _ => false,
        };
        if !stays {
            let name = format_ident!("__zokio_argument_{index}", span = Span::mixed_site());
            let value = std::mem::replace(argument, parse_quote!(#name));
            taken.push(parse_quote!(let #name = #value;));
        }
    }
    taken
}

/// `*name`
fn is_referred_to(expr: &Expr) -> bool {
    matches!(expr, Expr::Unary(it) if matches!(it.op, UnOp::Deref(_)) && matches!(*it.expr, Expr::Path(_)))
}

/// Whether it is a call of a function with this name, or of one of its file that leads to it.
fn calls(expr: &Expr, function: &str) -> bool {
    match expr {
        Expr::Call(call) => match &*call.func {
            Expr::Path(path) => path.path.segments.last().is_some_and(|last| reaches(&last.ident, function)),
            _ => false,
        },
        Expr::MethodCall(call) => reaches(&call.method, function),
        _ => false,
    }
}

/// Whether it may leave the block that it would stand in.
fn leaves(expr: &Expr) -> bool {
    struct Leaves(bool);
    impl Visit<'_> for Leaves {
        fn visit_expr(&mut self, expr: &Expr) {
            match expr {
                Expr::Try(_) | Expr::Return(_) | Expr::Break(_) | Expr::Continue(_) => self.0 = true,
                Expr::Closure(_) | Expr::Async(_) => {}
                _ => visit::visit_expr(self, expr),
            }
        }
    }
    let mut leaves = Leaves(false);
    leaves.visit_expr(expr);
    leaves.0
}
