//! Guards: which slots have one, how it is made, and how a slot is filled and emptied with or without one.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};

use super::{Compiled, Generator, Home};
use crate::future::liveness::{Decision, Liveness};
use crate::future::local::{LocalId, Origin, UseId};
use crate::future::plain::{is_copied, is_plain};

/// Of each local, whether its slot has a guard: not what is plain data, and used in no way that a guard has to know of; nor what is awaited,
/// of which polling it takes care.
pub(super) fn guarded(compiled: &Compiled<'_>) -> Vec<bool> {
    let Compiled { locals, liveness, layout, parts, .. } = compiled;
    let mut guarded: Vec<bool> = locals
        .ids()
        .map(|id| {
            let kept = matches!(locals[id].origin, Origin::Receiver | Origin::Temporary);
            let whole = !parts.iter().any(|moved| moved.local == id);
            let plain = locals[id].origin == Origin::Awaited || is_plain(locals, id);
            kept || !whole || layout.flags.contains(&id) || !plain
        })
        .collect();
    for (id, decision) in liveness.decisions.iter().enumerate() {
        let simple = matches!(
            decision,
            None | Some(Decision::Take | Decision::Copy | Decision::Place | Decision::Assign { .. } | Decision::Bare)
        );
        if !simple {
            guarded[locals.used(UseId(id)).0] = true;
        }
    }
    guarded
}

impl Generator<'_> {
    /// Whether its slot has a guard.
    pub(super) fn is_guarded(&self, local: LocalId) -> bool {
        self.guarded[local.0]
    }

    /// Whether the value is dropped with the machine.
    pub(super) fn is_dropped(&self, local: LocalId) -> bool {
        self.is_guarded(local) || self.compiled.locals[local].origin == Origin::Awaited
    }

    /// Fills a slot.
    pub(super) fn put(&self, local: LocalId, value: &impl ToTokens) -> TokenStream {
        let (guard, place) = (self.guard(local), self.place(local));
        if !self.is_guarded(local) {
            self.put_plain(local, value)
        } else if self.parts_of(local).is_empty() {
            // In one statement: its guard has it where a destructor of the value's temporaries panics.
            quote!((::core::ptr::write(#place, #value), #guard.full = #place);)
        } else {
            quote!(#guard.put(#place, #value);)
        }
    }

    /// Fills a slot that has no guard, or assigns to it: where its value is known to be `Copy`, without a call in debug builds.
    pub(super) fn put_plain(&self, local: LocalId, value: &impl ToTokens) -> TokenStream {
        let (z, place) = (self.z, self.place(local));
        if is_copied(self.compiled.locals, local) {
            quote!(#z::Filled { place: #place }.slot.full = #value;)
        } else {
            quote!(#z::put_plain(#place, #value);)
        }
    }

    /// Moves a slot's value out, at a use of it.
    pub(super) fn take(&self, local: LocalId, used: Option<Span>) -> TokenStream {
        let (mut guard, mut place) = (self.guard(local), self.place(local));
        let span = used.unwrap_or_else(Span::call_site);
        if used.is_some() {
            guard.set_span(span);
            place.set_span(span);
        }
        if self.is_guarded(local) {
            quote_spanned!(span=> #guard.take(#place))
        } else if is_copied(self.compiled.locals, local) {
            let mut z = self.z.clone();
            z.set_span(span);
            quote_spanned!(span=> (#z::Seen { place: #place }.slot.full))
        } else {
            // A method of the place, whose type is known: what a function returns would be what is expected here, before any coercion.
            quote_spanned!(span=> #place.read())
        }
    }

    /// The guards of slots, in the order of their declaration.
    pub(super) fn guards(&self, locals: &[LocalId]) -> TokenStream {
        locals.iter().map(|local| self.declare(*local)).collect()
    }

    /// The slot of a local: its place, if that is on the stack, and its guard.
    pub(super) fn declare(&self, local: LocalId) -> TokenStream {
        let declared = self.declared_alone(local);
        if !self.unknown || self.home(local) == Home::Plain {
            return declared;
        }
        let (z, lender, guard) = (self.z, self.lender(local), self.guard(local));
        let anchor = format_ident!("anchor_{}", local.0, span = Span::mixed_site());
        let tied = self.is_guarded(local).then(|| quote!(let mut #guard = #z::tied(#lender, #guard);));
        quote!(let #anchor = #z::Anchor; let #lender = &#anchor; #declared #tied)
    }

    /// What lends the value of a local, for as long as its scope.
    pub(super) fn lender(&self, local: LocalId) -> Ident {
        self.named("lender", local)
    }

    pub(super) fn declared_alone(&self, local: LocalId) -> TokenStream {
        let z = self.z;
        let (place, guard) = (self.place(local), self.guard(local));
        let receiver = self.is_receiver(local);
        let partial = !self.parts_of(local).is_empty();
        let gates = partial.then(|| self.gates_of(local));
        if self.home(local) == Home::Frame {
            self.scope.borrow_mut().push(local);
            self.declared.borrow_mut().push(local);
        }
        match self.home(local) {
            Home::Plain => TokenStream::new(),
            Home::Frame if !self.is_guarded(local) => TokenStream::new(),
            Home::Frame => {
                let full = self.full(local);
                if partial {
                    let partial = self.partial(local, full);
                    quote!(#gates #partial)
                } else if receiver {
                    quote!(let mut #guard = #z::Guard::of_home(#place, #full);)
                } else if full.to_string() == "true" {
                    quote!(let mut #guard = #z::Guard { full: #place };)
                } else {
                    // Not a question as an argument: in debug builds it would be answered, kept, and asked again.
                    quote!(let mut #guard = if #full { #z::Guard { full: #place } } else { #z::Guard::EMPTY };)
                }
            }
            Home::Stack => {
                let slot = format_ident!("slot_{}", local.0, span = Span::mixed_site());
                if receiver {
                    quote! {
                        let mut #slot = ::core::mem::MaybeUninit::uninit();
                        let #place = ::core::mem::MaybeUninit::as_mut_ptr(&mut #slot);
                        let mut #guard = #z::Guard::of_home(#place, false);
                    }
                } else if partial {
                    let (guard, rest) = (self.partial(local, quote!(false)), self.beside(local));
                    quote! {
                        let #rest = #z::question();
                        let mut #slot = #z::Slot { empty: () };
                        let #place = #z::Placed { slot: &raw mut #slot }.place;
                        #gates
                        #guard
                    }
                } else if !self.is_guarded(local) {
                    quote! {
                        let mut #slot = #z::Slot { empty: () };
                        let #place = #z::Placed { slot: &raw mut #slot }.place;
                    }
                } else {
                    quote! {
                        let mut #slot = #z::Slot { empty: () };
                        let #place = #z::Placed { slot: &raw mut #slot }.place;
                        let mut #guard = #z::Guard::EMPTY;
                    }
                }
            }
        }
    }

    /// Whether a slot of the frame is full when its guard is made: the tag says so, or a flag.
    pub(super) fn full(&self, local: LocalId) -> TokenStream {
        let Liveness { held, certain, .. } = self.compiled.liveness;
        let numbers = |wanted: bool| -> Vec<usize> {
            let argument = wanted && self.compiled.arguments.contains(&local);
            let awaits = held.iter().zip(certain).enumerate();
            let awaits =
                awaits.filter(|(_, (held, certain))| held.contains(local) && certain.contains(local) == wanted);
            argument.then_some(0).into_iter().chain(awaits.map(|(index, _)| index + 1)).collect()
        };
        let certainly = self.is_at(&numbers(true));
        match self.flag(local) {
            None => certainly,
            Some(flag) => {
                let perhaps = self.is_at(&numbers(false));
                quote!(#certainly || #perhaps && #flag.0 != 0)
            }
        }
    }

    /// The place of a slot's flag.
    pub(super) fn flag(&self, local: LocalId) -> Option<TokenStream> {
        let flags = self.flags();
        let index = self.compiled.layout.flags.iter().position(|flag| *flag == local)?;
        Some(quote!(#flags[#index]))
    }
}
