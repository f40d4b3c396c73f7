//! What a machine does with its slots, whatever their types are: its memory, the addresses in it, how it is filled, dropped and
//! followed. An implementation with a parameter for each slot.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

use super::{Generator, Home, described, own};
use crate::future::layout::Part;
use crate::future::local::{LocalId, Origin};

impl Generator<'_> {
    pub(super) fn shape(&self) -> TokenStream {
        let z = self.z;
        let (frame, at, chain) = (own("frame"), own("at"), own("chain"));
        let (slots, rests, kinds) = (self.in_order(), self.rests(), self.kinds());
        let types = slots.iter().map(|local| self.type_parameter(*local));
        let rest_types = rests.iter().flat_map(|local| self.rest_parameters(*local));
        let kind_types = kinds.iter().map(|local| self.kind_parameter(*local));
        let parameters = types.chain(rest_types).chain(kind_types);
        let (all, bounds) = (self.all_types(), self.bounds());
        let frame_type = self.frame_type();
        let (tag, count) = (self.tag_type(), self.flag_count());
        let addresses = slots.iter().map(|local| {
            let ty = self.type_parameter(*local);
            quote!(*mut #ty)
        });
        let rest_questions = rests.iter().map(|local| {
            let [asked, rest] = self.rest_parameters(*local);
            quote!(#z::Question<(#asked, #rest)>)
        });
        let kind_questions = kinds.iter().map(|local| {
            let ty = self.kind_parameter(*local);
            quote!(#z::Question<#ty>)
        });
        let arguments = self.compiled.arguments;
        let argument_types = arguments.iter().map(|local| self.type_parameter(*local));
        let names: Vec<Ident> = (0..arguments.len()).map(|index| own(&format!("argument_{index}"))).collect();
        let (groups, places) = self.addresses(&frame);
        let questions = (0..rests.len() + kinds.len()).map(|_| quote!(#z::question()));
        let pattern = self.places_pattern();
        let found = quote!(let #pattern = <Self as #z::Shape<#all>>::places(#frame););
        let fill = arguments.iter().zip(&names).map(|(local, name)| {
            let place = self.place(*local);
            if self.is_guarded(*local) {
                quote!(#z::put(#place, #name);)
            } else {
                quote!(#z::put_plain(#place, #name);)
            }
        });
        let (leave, look, described) = (self.leave(), self.look(&chain), described());
        quote! {
            unsafe impl<#(#parameters),*> #z::Shape<#all> for #described where #bounds {
                type Frame = #frame_type;
                type Places = (*mut #tag, *mut [#z::Flag; #count], #(#addresses,)* #(#rest_questions,)* #(#kind_questions,)*);
                type Arguments = (#(#argument_types,)*);
                #[inline(always)]
                unsafe fn places(#frame: *mut Self::Frame) -> Self::Places {
                    unsafe {
                        #groups
                        (&raw mut (*#frame).0, &raw mut (*#frame).1, #(#places,)* #(#questions,)*)
                    }
                }
                #[inline(always)]
                unsafe fn fill(#frame: *mut Self::Frame, (#(#names,)*): Self::Arguments) {
                    unsafe {
                        #found
                        #(#fill)*
                    }
                }
                unsafe fn leave(#frame: *mut Self::Frame, #at: ::core::primitive::usize) {
                    unsafe {
                        #found
                        #leave
                    }
                }
                unsafe fn look(#frame: *mut Self::Frame, #at: ::core::primitive::usize, #chain: &mut #z::Chain) {
                    unsafe {
                        #found
                        #look
                    }
                }
            }
        }
    }

    /// The addresses of tag, flags and slots, and what is known of types alone.
    pub(super) fn places_pattern(&self) -> TokenStream {
        let slots = self.in_order().into_iter().map(|local| self.place(local));
        let rests = self.rests().into_iter().map(|local| self.rest(local));
        let kinds = self.kinds().into_iter().map(|local| self.kind(local));
        let (tag, flags) = (own("tag"), own("flags"));
        quote!((#tag, #flags, #(#slots,)* #(#rests,)* #(#kinds,)*))
    }

    fn all_types(&self) -> TokenStream {
        let slots = self.in_order().into_iter().map(|local| self.type_parameter(local));
        let rests = self.rests().into_iter().map(|local| self.rest_parameters(local));
        let rests = rests.map(|[asked, rest]| quote!((#asked, #rest)));
        let kinds = self.kinds().into_iter().map(|local| self.kind_parameter(local));
        quote!((#(#slots,)* #(#rests,)* #(#kinds,)*))
    }

    fn bounds(&self) -> TokenStream {
        let z = self.z;
        let slots = self.in_order();
        let homes = slots.iter().filter(|local| self.is_receiver(**local)).map(|local| {
            let ty = self.type_parameter(*local);
            quote!(#ty: #z::Hold + #z::Laid,)
        });
        let rests = self.rests().into_iter().map(|local| {
            let (ty, [asked, rest]) = (self.type_parameter(local), self.rest_parameters(local));
            let count = self.parts_of(local).len();
            quote!(#rest: ::core::ops::Fn(#ty, [::core::primitive::bool; #count], #asked),)
        });
        // Not that what is awaited is a future: it would have to be shown of every layer of futures within futures, again and again.
        let kinds = self.kinds().into_iter().map(|local| {
            let (ty, kind) = (self.type_parameter(local), self.kind_parameter(local));
            quote!(#kind: #z::Follow<#ty>,)
        });
        quote!(#(#homes)* #(#rests)* #(#kinds)*)
    }

    /// Drops what is in scope at an await: the guards of the poll function, once more.
    fn leave(&self) -> TokenStream {
        let at = own("at");
        // Before the first poll, captures are dropped in their own order.
        let arguments = self.compiled.arguments.iter().rev().filter(|local| self.is_guarded(**local));
        let arguments = arguments.map(|local| self.full_guard(*local, quote!(true)));
        let declared = self.declared.borrow();
        let held = |local: &LocalId| self.compiled.liveness.held.iter().any(|held| held.contains(*local));
        let guards = declared.iter().filter(|local| self.is_guarded(**local) && held(local));
        let guards = guards.map(|local| self.full_guard(*local, self.full(*local)));
        quote! {
            if #at == 0 { #(#arguments)* } else { #(#guards)* }
        }
    }

    fn full_guard(&self, local: LocalId, full: TokenStream) -> TokenStream {
        let z = self.z;
        let (place, guard) = (self.place(local), self.guard(local));
        if self.is_receiver(local) {
            quote!(let #guard = #z::Guard::of_home(#place, #full);)
        } else if self.parts_of(local).is_empty() {
            quote!(let #guard = #z::Guard::new(#place, #full);)
        } else {
            self.partial(local, full)
        }
    }

    /// Follows what is awaited.
    fn look(&self, chain: &Ident) -> TokenStream {
        let (z, at) = (self.z, own("at"));
        let kinds = self.kinds();
        let arms = self.compiled.liveness.held.iter().enumerate().filter_map(|(index, held)| {
            let future = held.iter().find(|local| self.compiled.locals[*local].origin == Origin::Awaited)?;
            let (number, place, ty) = (index + 1, self.place(future), self.type_parameter(future));
            let kind = if kinds.contains(&future) {
                let kind = self.kind_parameter(future);
                quote!(#kind)
            } else {
                quote!(#z::Perhaps)
            };
            Some(quote!(#number => <#kind as #z::Follow<#ty>>::follow(#place, #chain),))
        });
        quote!(match #at { #(#arms)* _ => {} })
    }

    /// The slots of the frame, in its order.
    pub(super) fn in_order(&self) -> Vec<LocalId> {
        let mut order = Vec::new();
        for part in &self.compiled.layout.parts {
            in_order(part, &mut order);
        }
        order
    }

    /// The awaited futures of which it is asked how a chain goes on there: those that may be pointers, or people's own machines. What
    /// functions return is taken to be neither.
    pub(super) fn kinds(&self) -> Vec<LocalId> {
        let kept = self.in_order();
        let kinds = self.compiled.nodes.pointers().into_iter();
        kinds.filter(|local| self.home(*local) == Home::Frame && kept.contains(local)).collect()
    }

    /// The names of the slots, in the order of the frame, and the states in which they are full.
    pub(super) fn slots(&self) -> TokenStream {
        let slots = self.in_order().into_iter().map(|local| {
            let name = match self.compiled.locals[local].origin {
                // The state has its name.
                Origin::Awaited => String::new(),
                _ => self.compiled.locals[local].name.to_string(),
            };
            let unresumed = self.compiled.arguments.contains(&local).then_some(0);
            let held = self.compiled.liveness.held.iter().enumerate().filter(|(_, held)| held.contains(local));
            let states = unresumed.into_iter().chain(held.map(|(index, _)| index as u16 + 1));
            quote!((#name, &[#(#states),*]))
        });
        quote!(#(#slots),*)
    }

    /// The type of a slot's value; of a receiver's home, that of the home.
    pub(super) fn type_parameter(&self, local: LocalId) -> Ident {
        format_ident!("T{}", local.0, span = Span::mixed_site())
    }

    /// The types of what was asked about a local of which parts are moved, and of what drops the rest.
    fn rest_parameters(&self, local: LocalId) -> [Ident; 2] {
        ["A", "R"].map(|name| format_ident!("{name}{}", local.0, span = Span::mixed_site()))
    }

    fn kind_parameter(&self, local: LocalId) -> Ident {
        format_ident!("K{}", local.0, span = Span::mixed_site())
    }

    /// The question of what drops the rest of a local.
    pub(super) fn rest(&self, local: LocalId) -> Ident {
        format_ident!("rest_{}", local.0, span = Span::mixed_site())
    }

    /// The question of how a chain goes on.
    pub(super) fn kind(&self, local: LocalId) -> Ident {
        format_ident!("kind_{}", local.0, span = Span::mixed_site())
    }
}

fn in_order(part: &Part, order: &mut Vec<LocalId>) {
    match part {
        Part::Slot(local) => order.push(*local),
        Part::Beside(parts) | Part::Either(parts) => parts.iter().for_each(|part| in_order(part, order)),
    }
}
