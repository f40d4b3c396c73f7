//! The frame: its type, by the parameters of the slots, and what is done with it at an await.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

use super::{Generator, of_core, own, waits};
use crate::future::layout::Part;
use crate::future::local::{LocalId, Origin};

impl Generator<'_> {
    /// Tag, flags, slots.
    pub(super) fn frame_type(&self) -> TokenStream {
        let (tag, flags) = (self.tag_type(), self.flags_type().unwrap_or_else(|| quote!(())));
        let parts = self.compiled.layout.parts.iter().map(|part| self.part_type(part));
        quote!((#tag, #flags, #(#parts,)*))
    }

    /// An array, if there are any.
    pub(super) fn flags_type(&self) -> Option<TokenStream> {
        let (z, count) = (self.z, self.compiled.layout.flags.len() + self.compiled.parts.len());
        (count > 0).then(|| quote!([#z::Flag; #count]))
    }

    pub(super) fn tag_type(&self) -> TokenStream {
        if self.compiled.nodes.awaits() + 4 <= 256 {
            quote!(::core::primitive::u8)
        } else {
            quote!(::core::primitive::u16)
        }
    }

    fn part_type(&self, part: &Part) -> TokenStream {
        let z = self.z;
        match part {
            Part::Slot(local) => self.slot_type(*local),
            Part::Beside(parts) => {
                let parts = parts.iter().map(|part| self.part_type(part));
                quote!((#(#parts,)*))
            }
            Part::Either(parts) => {
                let name = of_core(&format!("OneOf{}", parts.len()));
                let values = parts.iter().map(|part| self.bare_type(part));
                let kinds = parts.iter().map(|part| self.kind(part));
                quote!(#z::#name<#(#values,)* (#(#kinds,)*)>)
            }
        }
    }

    /// What shares memory: of slots the values alone, since a union is around them anyway.
    pub(super) fn bare_type(&self, part: &Part) -> TokenStream {
        match part {
            Part::Slot(local) => self.type_parameter(*local).into_token_stream(),
            Part::Beside(parts) => {
                let parts = parts.iter().map(|part| self.bare_type(part));
                quote!((#(#parts,)*))
            }
            Part::Either(_) => self.part_type(part),
        }
    }

    /// What that is.
    fn kind(&self, part: &Part) -> TokenStream {
        let z = self.z;
        match part {
            Part::Slot(local) => self.slot_type(*local),
            Part::Beside(parts) => {
                let kinds = parts.iter().map(|part| self.kind(part));
                quote!(#z::Beside<(#(#kinds,)*)>)
            }
            Part::Either(_) => quote!(#z::Itself),
        }
    }

    fn slot_type(&self, local: LocalId) -> TokenStream {
        let (z, ty) = (self.z, self.type_parameter(local));
        let parts = self.parts_of(local).len();
        if self.is_receiver(local) {
            quote!(#z::Home<#ty>)
        } else if parts > 0 {
            let [asked, rest] = self.rest_parameters(local);
            quote!(#z::PartialSlot<#ty, #asked, #rest, #parts>)
        } else if self.kinds.contains(&local) {
            let kind = self.kind_parameter(local);
            quote!(#z::FollowedSlot<#ty, #kind>)
        } else if self.compiled.locals[local].origin == Origin::Awaited {
            quote!(#z::AwaitedSlot<#ty>)
        } else {
            quote!(#z::Slot<#ty>)
        }
    }

    /// Saves what the frame has to know, and waits: what the guards own stays in its slots.
    pub(super) fn suspend(&self, number: usize) -> TokenStream {
        let z = self.z;
        let (tag, number_token, wait) = (self.tag(), Literal::usize_unsuffixed(number), waits());
        let flags = self.compiled.layout.flags.iter().filter(|local| self.is_uncertain(**local, number));
        let flags = flags.filter_map(|local| {
            let (guard, flag) = (self.guard(*local), self.flag(*local)?);
            // Written out, where debug builds would call.
            let full = if self.parts_of(*local).is_empty() {
                quote!(#guard.full as ::core::primitive::usize != 0)
            } else {
                quote!(#guard.is_full())
            };
            Some(quote!(#flag = #z::Flag((#full) as ::core::primitive::u8);))
        });
        let scope = self.scope.borrow();
        let guarded: Vec<_> = scope.iter().filter(|local| self.is_guarded(**local)).collect();
        let guards: Vec<_> = guarded.iter().map(|local| self.guard(**local)).collect();
        let words: usize = guarded.iter().map(|local| if self.parts_of(**local).is_empty() { 1 } else { 2 }).sum();
        let words = Literal::usize_unsuffixed(words);
        // As numbers of which nothing is dropped. `ManuallyDrop::new` would be compiled for each await, and copies twice more in debug builds.
        let keep = (!guards.is_empty())
            .then(|| quote!(let _ = ::core::mem::transmute::<_, [*const (); #words]>((#(#guards,)*));));
        quote! {
            #(#flags)*
            #tag = #number_token;
            #keep
            break #wait;
        }
    }

    /// Whether an await holds a local perhaps.
    pub(super) fn is_uncertain(&self, local: LocalId, number: usize) -> bool {
        let liveness = self.compiled.liveness;
        liveness.held[number - 1].contains(local) && !liveness.certain[number - 1].contains(local)
    }

    /// The body is left through `?` or `return Err(..)`: remembered where else it says where the function is entered.
    pub(super) fn fail(&self) -> TokenStream {
        self.fails.set(true);
        let (at, failed) = (own("at"), self.end(true));
        quote!(#at = #failed;)
    }

    /// The state behind the body, whatever left it.
    pub(super) fn ended(&self) -> TokenStream {
        let (tag, at) = (self.tag(), own("at"));
        let (returned, failed) = (self.end(false), self.end(true));
        if self.fails.get() {
            quote!(#tag = if #at == 0 { #returned } else { #failed };)
        } else {
            quote!(#tag = #returned;)
        }
    }

    /// The number of an end.
    fn end(&self, failed: bool) -> Literal {
        Literal::usize_unsuffixed(self.compiled.nodes.awaits() + 1 + usize::from(failed))
    }
}
