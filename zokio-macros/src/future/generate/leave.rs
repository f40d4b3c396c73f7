//! How the body is left: `return`, and `?`.

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use syn::Expr;
use syn::visit::{self, Visit};

use super::expr::Rewrite;
use super::own;
use crate::future::passage::is_returned;

impl Rewrite<'_, '_> {
    pub(super) fn left(&mut self, it: &syn::ExprReturn) -> TokenStream {
        if self.generator.encloses.get() {
            let value = it.expr.as_ref().map(|value| self.generator.expr(value));
            return quote!(return #value);
        }
        let Some(returned) = &it.expr else {
            return self.generator.left_with_nothing();
        };
        let value = if self.generator.makes { self.generator.made(returned) } else { self.generator.expr(returned) };
        let span = it.return_token.span;
        if is_returned(returned, self.generator.compiled.locals) {
            // What a macro has returned: whether that is a failure, its value says.
            let (z, fail, name) = (self.generator.z, self.generator.fail(), own("returned"));
            let leave = self.generator.leave_with(&name);
            return quote_spanned!(span=> ({
                let #name = #value;
                {
                    use #z::cases::*;
                    if (&&#z::Returned(&#name)).__zokio_fails() {
                        #fail
                    }
                }
                #leave
            }));
        }
        if !is_error(returned) {
            // As the block's value: the compiler says of it what it says of a value that is returned.
            return self.generator.leave_with(&quote_spanned!(span=> { #value }));
        }
        let failed = self.generator.fail();
        if is_straight(returned) {
            let leave = self.generator.leave_with(&quote_spanned!(span=> { #value }));
            return quote_spanned!(span=> ({ #failed #leave }));
        }
        // It may be left otherwise, so that it has failed is not known before.
        let (name, output) = (own("returned"), self.generator.output);
        let leave = self.generator.leave_with(&name);
        quote_spanned!(span=> ({ let #name: #output = #value; #failed #leave }))
    }

    pub(super) fn tried(&mut self, it: &syn::ExprTry) -> TokenStream {
        if self.generator.encloses.get() {
            let value = self.generator.expr(&it.expr);
            return quote!(#value?);
        }
        let (z, output, fail) = (self.generator.z, self.generator.output, self.generator.fail());
        // What is wrong with it is said at the `?`, where it is not what the place expects that it is written in.
        let span = it.question_token.span;
        let value = self.generator.expr(&it.expr);
        let (went, residual) = (Ident::new("__zokio_value", span), own("residual"));
        let leave = self.generator.leave_with(&quote!(#z::left::<#output, _>(#residual).__zokio_leave()));
        quote! {
            (match #z::Tried(#value).__zokio_branch() {
                ::core::ops::ControlFlow::Continue(#went) => #went,
                ::core::ops::ControlFlow::Break(#residual) => {
                    #fail
                    #leave
                }
            })
        }
    }
}

/// `Err(..)`, however it is named.
pub(crate) fn is_error(expr: &Expr) -> bool {
    match expr {
        Expr::Call(it) => {
            matches!(&*it.func, Expr::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "Err"))
        }
        Expr::Paren(it) => is_error(&it.expr),
        _ => false,
    }
}

/// Whether nothing within it awaits or leaves, as far as that can be seen.
fn is_straight(expr: &Expr) -> bool {
    struct Turns(bool);
    impl<'ast> Visit<'ast> for Turns {
        fn visit_expr(&mut self, expr: &'ast Expr) {
            self.0 |= matches!(
                expr,
                Expr::Try(_) | Expr::Return(_) | Expr::Break(_) | Expr::Continue(_) | Expr::Macro(_) | Expr::Await(_)
            );
            if !matches!(expr, Expr::Closure(_) | Expr::Async(_)) {
                visit::visit_expr(self, expr);
            }
        }
    }
    let mut turns = Turns(false);
    turns.visit_expr(expr);
    !turns.0
}
