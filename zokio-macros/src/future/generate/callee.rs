//! What is called by the name of a local or of its field, as the last use: moved out, if it can be called only once.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};
use syn::{Expr, ExprCall};

use super::{Generator, Home, own};
use crate::future::flow::path;
use crate::future::liveness::Decision;

impl Generator<'_> {
    pub(super) fn called(&self, call: &ExprCall, arguments: impl FnOnce() -> Vec<TokenStream>) -> Option<TokenStream> {
        let z = self.z;
        let (root, members) = path(&call.func)?;
        let local = self.compiled.locals.used(root);
        let reference = matches!(self.compiled.locals[local].ty, Some(syn::Type::Reference(_)));
        if self.home(local) == Home::Plain || reference {
            return None;
        }
        let (guard, place, gate, at) = (self.guard(local), self.place(local), own("gate"), own("asked"));
        let (before, address, received) = match self.decision(root)? {
            Decision::Ask if members.is_empty() && self.parts_of(local).is_empty() => {
                (TokenStream::new(), quote!(#place), quote!(#z::receive(#gate, &mut #guard, #at)))
            }
            Decision::AskPart(number) => {
                let (index, known, field) = self.asked_part(local, root, number, &call.func)?;
                let received = quote!(#z::receive_part(#gate, #at, |place| #guard.take_part(#index, place)));
                (quote!(#known.is(#gate);), quote!((&raw const #field).cast_mut()), received)
            }
            _ => return None,
        };
        let tie = if members.is_empty() { TokenStream::new() } else { self.tie(local) };
        let values = arguments();
        let names: Vec<Ident> =
            (0..values.len()).map(|index| format_ident!("argument_{index}", span = Span::mixed_site())).collect();
        let callee = own("callee");
        Some(quote!(({
            #tie
            #(let #names = #z::question();)*
            let #at = #address;
            let #gate = { use #z::cases::*; (&&&&&&&&#z::callee(#at, (#(#names,)*))).__zokio_called() };
            #before
            let #callee = #received;
            #callee(#(#z::tie(#names, #values)),*)
        })))
    }
}

/// Whether it is asked how something is called: of as many arguments as the core knows.
pub(crate) fn is_asked(call: &ExprCall) -> bool {
    const MOST: usize = 6;
    call.args.len() <= MOST && matches!(plain(&call.func), Expr::Path(_) | Expr::Field(_))
}

/// Without parentheses.
pub(crate) fn plain(expr: &Expr) -> &Expr {
    match expr {
        Expr::Paren(it) => plain(&it.expr),
        other => other,
    }
}
