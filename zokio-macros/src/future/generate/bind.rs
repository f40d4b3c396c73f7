//! Patterns that move out of a local: matched where it is, so that what they leave stays there.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, Pat};

use super::{Generator, Home, What, of_core};
use crate::future::liveness::{Bound, Decision};
use crate::future::local::{LocalId, Locals, Name, UseId};
use crate::future::order::bound;
use crate::future::plain::is_copied;

/// An arm whose pattern is matched in place.
pub(super) struct Taken {
    pub(super) pattern: TokenStream,
    /// Its condition.
    pub(super) guard: Option<TokenStream>,
    /// What is done where it matches.
    pub(super) actions: TokenStream,
}

/// The arms of one scrutinee.
pub(super) struct InPlace {
    id: UseId,
    local: LocalId,
    /// What is found out about the types of what is bound.
    questions: TokenStream,
}

impl Generator<'_> {
    /// Whether these patterns are matched where the local is.
    pub(super) fn in_place<'p>(&self, scrutinee: &Expr, pats: impl Iterator<Item = &'p Pat>) -> Option<InPlace> {
        let Expr::Path(path) = scrutinee else { return None };
        let Name::Use(id) = Locals::read(path.path.get_ident()?)? else { return None };
        let local = self.compiled.locals.used(id);
        // What is copied is matched as it is written: it is there afterwards.
        let copied = is_copied(self.compiled.locals, local) && self.parts_of(local).is_empty();
        if self.decision(id) != Some(Decision::Matched) || self.home(local) == Home::Plain || copied {
            return None;
        }
        let z = self.z;
        let place = self.place(local);
        let pats: Vec<&Pat> = pats.map(plain).filter(|pat| !bound(pat).is_empty()).collect();
        let all = pats.iter().flat_map(|pat| bound(pat)).map(|local| self.type_of(local));
        let arms = pats.iter().map(|pat| {
            let says = bound(pat).into_iter().map(|local| {
                let (ty, name) = (self.type_of(local), self.found(local));
                quote!(#ty.is(#name);)
            });
            let pat = self.with_names(pat, false);
            quote!(#pat => { #(#says)* })
        });
        let tie = if self.parts_of(local).is_empty() { TokenStream::new() } else { self.tie(local) };
        let questions = quote! {
            #(let #all = #z::question();)*
            if false {
                loop {}
                match #z::any_of(#place) { #(#arms)* _ => {} }
            }
            #tie
        };
        Some(InPlace { id, local, questions })
    }

    /// One arm, whose guard awaits or not.
    pub(super) fn arm_in_place(&self, matched: &InPlace, arm: usize, pat: &Pat, awaits: bool) -> Taken {
        let z = self.z;
        let moved = self.moved_by(matched, arm);
        let locals = bound(plain(pat));
        let references = references(plain(pat));
        let read = if moved == Some(Bound::Copies) { of_core("bound_copy") } else { of_core("bound") };
        let lets = locals.iter().map(|local| {
            let (name, ty, found) = (&self.compiled.locals[*local].name, self.type_of(*local), self.found(*local));
            match references.iter().find(|(known, _)| known == local) {
                Some((_, true)) => quote!(let #name = #z::free_mut(#found);),
                Some((_, false)) => quote!(let #name = #z::free(#found);),
                None => quote!(let mut #name = #z::#read(#ty, #found);),
            }
        });
        let guard = self.guard(matched.local);
        let gone = match moved {
            Some(Bound::Whole) => quote!(#guard.gone();),
            Some(Bound::Parts) => {
                let arm = (matched.id, arm);
                let parts = self.parts_of(matched.local);
                let index = parts
                    .iter()
                    .position(|(_, moved)| matches!(&moved.what, What::Pattern { arm: known, .. } if *known == arm));
                index.map(|index| quote!(#guard.part_gone(#index);)).unwrap_or_default()
            }
            Some(Bound::Copies) | None => TokenStream::new(),
        };
        let actions = quote!(#(#lets)* #gone);
        let pattern = self.with_names(plain(pat), true);
        let Pat::Guard(guarded) = pat else { return Taken { pattern, guard: None, actions } };
        let shows = locals.iter().map(|local| {
            let (shown, ty, found) = (self.shown(*local), self.type_of(*local), self.found(*local));
            if references.iter().any(|(known, _)| known == local) {
                if awaits { quote!(let #shown = &#z::free(&*#found);) } else { quote!(let #shown = &&*#found;) }
            } else if awaits {
                quote!(let #shown = #z::looked(#ty, &#found);)
            } else {
                quote!(let #shown = #z::seen(#ty, &#found);)
            }
        });
        let before = self.shown.borrow().len();
        self.shown.borrow_mut().extend(&locals);
        let condition = self.expr(&guarded.guard);
        self.shown.borrow_mut().truncate(before);
        Taken { pattern, guard: Some(quote!({ #(#shows)* #condition })), actions }
    }

    /// `if let`, `while let`, `let .. else`, and `let`: another pattern, and what is matched against it.
    pub(super) fn let_in_place(
        &self,
        scrutinee: &Expr,
        pat: &Pat,
        refutable: bool,
    ) -> Option<(TokenStream, TokenStream)> {
        let matched = self.in_place(scrutinee, std::iter::once(pat))?;
        let (at, questions) = (self.reached(matched.local), &matched.questions);
        let Taken { pattern, actions, .. } = self.arm_in_place(&matched, 0, pat, false);
        let names: Vec<&Ident> = bound(pat).into_iter().map(|local| &self.compiled.locals[local].name).collect();
        let (new, value) = (quote!((#(mut #names,)*)), quote!((#(#names,)*)));
        Some(if refutable {
            (
                quote!(::core::option::Option::Some(#new)),
                quote!(({ #questions match #at {
                    #pattern => { #actions ::core::option::Option::Some(#value) }
                    _ => ::core::option::Option::None,
                } })),
            )
        } else {
            (new, quote!({ #questions match #at { #pattern => { #actions #value } } }))
        })
    }

    /// A `match` that does not await.
    pub(super) fn match_in_place(&self, it: &syn::ExprMatch) -> Option<TokenStream> {
        let matched = self.in_place(&it.expr, it.arms.iter().map(|arm| &arm.pat))?;
        let (at, questions) = (self.reached(matched.local), &matched.questions);
        let arms = it.arms.iter().enumerate().map(|(index, arm)| {
            let Taken { pattern, guard, actions } = self.arm_in_place(&matched, index, &arm.pat, false);
            let guard = guard.map(|guard| quote!(if #guard));
            let (attrs, body) = (&arm.attrs, self.expr(&arm.body));
            quote!(#(#attrs)* #pattern #guard => { #actions #body })
        });
        Some(quote!(({ #questions match #at { #(#arms)* _ => ::core::unreachable!() } })))
    }

    /// The questions, and what is matched.
    pub(super) fn matched(&self, matched: &InPlace) -> (TokenStream, TokenStream) {
        (matched.questions.clone(), self.reached(matched.local))
    }

    /// The value that patterns look at.
    fn reached(&self, local: LocalId) -> TokenStream {
        let (z, lender, place) = (self.z, self.lender(local), self.place(local));
        if self.lends.get() { quote!(#z::lent(#lender, #place)) } else { quote!(&mut *#place) }
    }

    /// Forgets what a pattern has bound.
    pub(super) fn forgotten(&self, pat: &Pat, whole: &Ident) -> TokenStream {
        let names = bound(pat).into_iter().map(|local| self.found(local));
        let pat = self.with_names(pat, false);
        quote!(match #whole { #pat => { #(::core::mem::forget(#names);)* } _ => {} })
    }

    fn moved_by(&self, matched: &InPlace, arm: usize) -> Option<Bound> {
        let number = self.compiled.bindings.iter().position(|binding| binding.arm == (matched.id, arm))?;
        self.compiled.liveness.bound[number]
    }

    /// Whether a guard looks at it before it is bound.
    pub(super) fn is_shown(&self, local: LocalId) -> bool {
        self.shown.borrow().contains(&local)
    }

    pub(super) fn shown(&self, local: LocalId) -> Ident {
        format_ident!("shown_{}", local.0, span = proc_macro2::Span::mixed_site())
    }

    /// Where the pattern binds it: the edition of that place says what `ref` means behind a reference.
    fn found(&self, local: LocalId) -> Ident {
        self.named("found", local)
    }

    fn type_of(&self, local: LocalId) -> Ident {
        format_ident!("type_{}", local.0, span = proc_macro2::Span::mixed_site())
    }

    /// The pattern with names of our own; `by_default`, it is matched against a reference.
    fn with_names(&self, pat: &Pat, by_default: bool) -> TokenStream {
        struct Renamed<'r, 'g>(&'r Generator<'g>, bool);
        impl VisitMut for Renamed<'_, '_> {
            fn visit_pat_ident_mut(&mut self, pat: &mut syn::PatIdent) {
                if let Some(Name::Binder(local)) = Locals::read(&pat.ident) {
                    pat.ident = self.0.found(local);
                    pat.mutability = pat.mutability.filter(|_| pat.by_ref.is_some() && !self.1);
                    pat.by_ref = pat.by_ref.filter(|_| !self.1);
                }
                visit_mut::visit_pat_ident_mut(self, pat);
            }
        }
        let mut pat = pat.clone();
        Renamed(self, by_default).visit_pat_mut(&mut pat);
        pat.into_token_stream()
    }
}

/// What a pattern borrows, and whether mutably.
fn references(pat: &Pat) -> Vec<(LocalId, bool)> {
    struct References(Vec<(LocalId, bool)>);
    impl<'ast> syn::visit::Visit<'ast> for References {
        fn visit_pat_ident(&mut self, pat: &'ast syn::PatIdent) {
            if let (Some(_), Some(Name::Binder(local))) = (pat.by_ref, Locals::read(&pat.ident)) {
                self.0.push((local, pat.mutability.is_some()));
            }
            syn::visit::visit_pat_ident(self, pat);
        }
    }
    let mut references = References(Vec::new());
    syn::visit::Visit::visit_pat(&mut references, pat);
    references.0
}

/// The pattern without its guard and its type.
fn plain(pat: &Pat) -> &Pat {
    match pat {
        Pat::Guard(guard) => plain(&guard.pat),
        Pat::Type(it) => plain(&it.pat),
        other => other,
    }
}
