//! Closures and `async` blocks: what they capture goes into them as values, or as places of slots.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote};
use syn::visit::Visit;
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ExprAsync, ExprClosure};

use super::{Generator, Home};
use crate::future::liveness::Decision;
use crate::future::local::{LocalId, Locals, Name, UseId};
use crate::future::macros;
use crate::future::order::Names;

/// What a captured local becomes.
struct Captured {
    local: LocalId,
    /// What is done before the closure is made.
    before: TokenStream,
    /// What stands for it within.
    within: TokenStream,
}

impl Generator<'_> {
    pub(super) fn capturing(&self, expr: &Expr) -> TokenStream {
        let mut expr = expr.clone();
        let mut uses: Vec<(LocalId, Vec<UseId>)> = Vec::new();
        expr.names(&mut |name| {
            if let Name::Use(id) = name {
                let local = self.compiled.locals.used(id);
                match uses.iter_mut().find(|(known, _)| *known == local) {
                    Some((_, ids)) => ids.push(id),
                    None => uses.push((local, vec![id])),
                }
            }
        });
        let slots = uses.iter().any(|(local, _)| self.home(*local) != Home::Plain);
        let by_move = match &mut expr {
            Expr::Closure(ExprClosure { capture, .. }) | Expr::Async(ExprAsync { capture, .. }) => {
                let was = capture.is_some();
                *capture = capture.or(slots.then(Default::default));
                was
            }
            _ => true,
        };
        let captured: Vec<Captured> =
            uses.iter().map(|(local, ids)| self.capture(*local, ids, slots && !by_move)).collect();
        if let Expr::Closure(closure) = &mut expr {
            with_moving_blocks(closure);
        }
        let tokens = macros::replace_all(expr.into_token_stream(), &|ident| match Locals::read(ident)? {
            Name::Use(id) => {
                let local = self.compiled.locals.used(id);
                captured.iter().find(|captured| captured.local == local).map(|captured| captured.within.clone())
            }
            Name::Binder(local) => Some(self.compiled.locals[local].name.to_token_stream()),
        });
        let before: TokenStream = captured.iter().map(|captured| captured.before.clone()).collect();
        if before.is_empty() { quote!((#tokens)) } else { quote!(({ #before #tokens })) }
    }

    fn capture(&self, local: LocalId, ids: &[UseId], forced: bool) -> Captured {
        let z = self.z;
        let name = &self.compiled.locals[local].name;
        let inner = if name == "self" { Ident::new("this", Span::mixed_site()) } else { name.clone() };
        let decision = ids.iter().find_map(|id| self.decision(*id));
        let place = self.place(local);
        let captured = format_ident!("captured_{}", local.0, span = Span::mixed_site());
        let by_place = |address: TokenStream| Captured {
            local,
            before: quote!(let #captured = #z::Place::new(#address);),
            within: quote!((*#captured.address())),
        };
        match (self.home(local), decision) {
            (Home::Plain, Some(Decision::Place | Decision::Ask)) if forced => {
                by_place(quote!(&raw const #name as *mut _))
            }
            (Home::Plain, _) => Captured { local, before: TokenStream::new(), within: name.to_token_stream() },
            // A reference is copied, so that what borrows anew of it within may leave the closure.
            (Home::Frame | Home::Stack, Some(Decision::Place | Decision::Ask)) if matches!(&self.compiled.locals[local].ty, Some(syn::Type::Reference(it)) if it.mutability.is_none()) => {
                Captured { local, before: quote!(let #inner = *#place;), within: inner.to_token_stream() }
            }
            (_, Some(Decision::Take)) => Captured {
                local,
                before: {
                    let taken = self.take(local, None);
                    quote!(let mut #inner = #taken;)
                },
                within: inner.to_token_stream(),
            },
            // By value, and used again later: of a reference, one that is borrowed anew.
            (_, Some(Decision::Copy)) if !forced => {
                let unique = matches!(&self.compiled.locals[local].ty, Some(syn::Type::Reference(it)) if it.mutability.is_some());
                let guard = self.guard(local);
                // As where it is used: that it is moved twice, the witness says.
                let copied = self.is_guarded(local) && self.parts_of(local).is_empty() && !self.is_reference(local);
                let value = match () {
                    () if unique => quote!(&mut **#place),
                    () if copied => quote!(#guard.copy(#place)),
                    () => quote!(*#place),
                };
                Captured { local, before: quote!(let mut #inner = #value;), within: inner.to_token_stream() }
            }
            _ => by_place(place.to_token_stream()),
        }
    }
}

/// An `async` block in a closure borrows what the closure has borrowed. Of what the closure has instead, addresses, it takes copies:
/// so it may leave the closure.
fn with_moving_blocks(closure: &mut ExprClosure) {
    struct Bound(Vec<Ident>);
    impl Visit<'_> for Bound {
        fn visit_pat_ident(&mut self, pat: &syn::PatIdent) {
            self.0.push(pat.ident.clone());
            syn::visit::visit_pat_ident(self, pat);
        }
        fn visit_expr_async(&mut self, _: &ExprAsync) {}
    }
    struct Moving(Vec<Ident>);
    impl VisitMut for Moving {
        fn visit_expr_async_mut(&mut self, block: &mut ExprAsync) {
            if !mentions(block.block.to_token_stream(), &self.0) {
                block.capture = Some(block.capture.unwrap_or_default());
            }
            visit_mut::visit_expr_async_mut(self, block);
        }
    }
    let mut bound = Bound(Vec::new());
    bound.visit_expr_closure(closure);
    Moving(bound.0).visit_expr_mut(&mut closure.body);
}

fn mentions(tokens: TokenStream, names: &[Ident]) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(ident) => names.contains(&ident),
        TokenTree::Group(group) => mentions(group.stream(), names),
        _ => false,
    })
}
