//! A macro that awaits, and of which nobody knows what it does otherwise: it may return from the function, or leave the loop around it.
//!
//! It stands in an `async` block of its own, whose `return` is the block's. The block returns what the function does; a value of the
//! macro's is passed out of it. A `break` or `continue` is that of a loop in the block, which runs once.

use quote::quote_spanned;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Block, Expr, Macro, parse_quote_spanned};

use super::input::Input;
use super::local::{Locals, Name};

/// What a macro may do to the loop that it stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Around {
    /// There is none.
    NoLoop,
    /// One that ends with a value, or of which no `break` is seen: a `break` of the macro's is taken to be none of it.
    Continues,
    Loop,
}

impl Around {
    /// A `loop` with this body.
    pub(super) fn of_loop(body: &Block) -> Self {
        struct Breaks(bool);
        impl Visit<'_> for Breaks {
            fn visit_expr(&mut self, expr: &Expr) {
                match expr {
                    Expr::Break(it) => self.0 |= it.expr.is_none() && it.label.is_none(),
                    Expr::Loop(_) | Expr::While(_) | Expr::ForLoop(_) | Expr::Closure(_) | Expr::Async(_) => {}
                    _ => visit::visit_expr(self, expr),
                }
            }
        }
        let mut breaks = Breaks(false);
        breaks.visit_block(body);
        if breaks.0 { Self::Loop } else { Self::Continues }
    }
}

/// The name of what is returned.
const RETURNED: &str = "__zokio_returned";

/// Whether it is what such a macro has returned, perhaps an error.
pub(super) fn is_returned(expr: &Expr, locals: &Locals) -> bool {
    let Expr::Path(path) = expr else { return false };
    match path.path.get_ident().and_then(Locals::read) {
        Some(Name::Use(id)) => locals[locals.used(id)].name == RETURNED,
        _ => false,
    }
}

/// The macro in its block.
pub(super) fn enclosed(mac: &Macro, input: &Input, around: Around) -> Expr {
    let (z, output, span) = (&input.krate, &input.output, super::sugar::own(mac.path.span()));
    let returned = proc_macro2::Ident::new(RETURNED, span);
    let passed = quote_spanned!(span=> unsafe { __zokio_passage.pass(#z::Passed::Value(__zokio_value)) });
    let (value, broken) = match around {
        Around::NoLoop => {
            (quote_spanned!(span=> let __zokio_value = #mac; #passed;), quote_spanned!(span=> ::core::unreachable!()))
        }
        _ => {
            // Of a loop whose `break`s have a value, a `break` without one is an error.
            let (end, after, broken) = match around {
                Around::Loop => (
                    quote_spanned!(span=> break),
                    quote_spanned!(span=> if !__zokio_done { unsafe { __zokio_passage.pass(#z::Passed::Break) } }),
                    quote_spanned!(span=> break),
                ),
                _ => (
                    quote_spanned!(span=> break __zokio_again),
                    quote_spanned!(span=> ),
                    quote_spanned!(span=> ::core::unreachable!()),
                ),
            };
            let value = quote_spanned! {span=>
                let mut __zokio_again = false;
                let mut __zokio_done = false;
                loop {
                    if __zokio_again {
                        __zokio_done = true;
                        unsafe { __zokio_passage.pass(#z::Passed::Continue) };
                        #end;
                    }
                    __zokio_again = true;
                    let __zokio_value = #mac;
                    __zokio_done = true;
                    #passed;
                    #end;
                };
                #after
            };
            (value, broken)
        }
    };
    let continued = if around == Around::NoLoop {
        quote_spanned!(span=> ::core::unreachable!())
    } else {
        quote_spanned!(span=> continue)
    };
    parse_quote_spanned! {span=>
        match #z::Passage::new() {
            __zokio_passage => match #z::passing(&__zokio_passage, async {
                #value
                ::core::future::pending::<#output>().await
            }).await {
                #z::Passed::Value(__zokio_value) => __zokio_value,
                #z::Passed::Returned(#returned) => return #returned,
                #z::Passed::Continue => #continued,
                #z::Passed::Break => #broken,
            }
        }
    }
}

/// The macro, of the future that it stands in.
pub(super) fn of_future(expr: &Expr) -> Option<&Macro> {
    struct First<'e>(Option<&'e Macro>);
    impl<'ast> Visit<'ast> for First<'ast> {
        fn visit_local(&mut self, local: &'ast syn::Local) {
            let names = matches!(&local.pat, syn::Pat::Ident(it) if it.ident.to_string().starts_with("__zokio_value"));
            if let (true, Some(init)) = (names, &local.init)
                && let Expr::Macro(mac) = &*init.expr
            {
                self.0 = self.0.or(Some(&mac.mac));
            }
            visit::visit_local(self, local);
        }
    }
    let Expr::Call(call) = expr else { return None };
    let Expr::Path(path) = &*call.func else { return None };
    if path.path.segments.last().is_none_or(|last| last.ident != "passing") {
        return None;
    }
    let mut first = First(None);
    call.args.iter().for_each(|argument| first.visit_expr(argument));
    first.0
}
