//! The frame: its type, by the parameters of the slots, and the addresses within.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::{Generator, of_core, own, waits};
use crate::future::layout::Part;
use crate::future::local::LocalId;

/// Where the slots begin.
const FIRST: usize = 2;
/// The groups of the largest union.
const MOST: usize = 8;

impl Generator<'_> {
    /// Tag, flags, slots.
    pub(super) fn frame_type(&self) -> TokenStream {
        let (z, tag, flags) = (self.z, self.tag_type(), self.flag_count());
        let parts = self.compiled.layout.parts.iter().map(|part| self.part_type(part));
        quote!((#tag, [#z::Flag; #flags], #(#parts,)*))
    }

    pub(super) fn tag_type(&self) -> TokenStream {
        if self.compiled.nodes.awaits() + 4 <= 256 {
            quote!(::core::primitive::u8)
        } else {
            quote!(::core::primitive::u16)
        }
    }

    pub(super) fn flag_count(&self) -> usize {
        self.compiled.layout.flags.len() + self.compiled.parts.len()
    }

    fn part_type(&self, part: &Part) -> TokenStream {
        let z = self.z;
        match part {
            Part::Slot(local) => {
                let ty = self.type_parameter(*local);
                // A receiver's home says itself what it is.
                if self.is_receiver(*local) { quote!(#ty) } else { quote!(#z::Slot<#ty>) }
            }
            Part::Beside(parts) => {
                let parts = parts.iter().map(|part| self.part_type(part));
                quote!((#(#parts,)*))
            }
            Part::Either(parts) => {
                let types = parts.iter().map(|part| self.part_type(part)).collect();
                self.one_of(types)
            }
        }
    }

    /// Groups that share memory: few in a union, many in unions of unions.
    fn one_of(&self, mut types: Vec<TokenStream>) -> TokenStream {
        let z = self.z;
        while types.len() > MOST {
            types = types.chunks(MOST).map(|types| self.one_of(types.to_vec())).collect();
        }
        if types.len() == 1 {
            return types.remove(0);
        }
        let name = of_core(&format!("OneOf{}", types.len()));
        quote!(#z::#name<#(#types),*>)
    }

    /// The address of every slot, in the order of the frame, and the addresses of groups before them.
    pub(super) fn addresses(&self, frame: &Ident) -> (TokenStream, Vec<TokenStream>) {
        let mut found = Addresses { generator: self, groups: TokenStream::new(), count: 0, places: Vec::new() };
        for (index, part) in self.compiled.layout.parts.iter().enumerate() {
            let field = Literal::usize_unsuffixed(index + FIRST);
            found.walk(part, quote!(&raw mut (*#frame).#field));
        }
        (found.groups, found.places)
    }

    /// Saves what the frame has to know, and waits: what the guards own stays in its slots.
    pub(super) fn suspend(&self, number: usize) -> TokenStream {
        let z = self.z;
        let (tag, number_token, wait) = (own("tag"), Literal::usize_unsuffixed(number), waits());
        let flags = self.compiled.layout.flags.iter().filter(|local| {
            let (held, certain) =
                (&self.compiled.liveness.held[number - 1], &self.compiled.liveness.certain[number - 1]);
            held.contains(**local) && !certain.contains(**local)
        });
        let flags = flags.filter_map(|local| {
            let (guard, flag) = (self.guard(*local), self.flag(*local)?);
            Some(quote!(#flag = #z::Flag::new(#guard.is_full());))
        });
        let scope = self.scope.borrow();
        let guards = scope.iter().filter(|local| self.is_guarded(**local)).map(|local| self.guard(*local));
        quote! {
            #(#flags)*
            *#tag = #number_token;
            #z::keep((#(#guards,)*));
            break #wait;
        }
    }

    /// The state in which the body has been left through `?` or `return Err(..)`.
    pub(super) fn fail(&self) -> TokenStream {
        let (tag, failed) = (own("tag"), Literal::usize_unsuffixed(self.compiled.nodes.awaits() + 2));
        quote!(*#tag = #failed;)
    }
}

/// The addresses that have been found.
struct Addresses<'a, 'g> {
    generator: &'a Generator<'g>,
    groups: TokenStream,
    count: usize,
    places: Vec<TokenStream>,
}

impl Addresses<'_, '_> {
    fn walk(&mut self, part: &Part, address: TokenStream) {
        match part {
            Part::Slot(local) => self.slot(*local, &address),
            Part::Beside(parts) => {
                let group = self.group(part, &address);
                for (index, part) in parts.iter().enumerate() {
                    let field = Literal::usize_unsuffixed(index);
                    self.walk(part, quote!(&raw mut (*#group).#field));
                }
            }
            // All begin where it begins.
            Part::Either(parts) => parts.iter().for_each(|part| self.walk(part, address.clone())),
        }
    }

    fn slot(&mut self, local: LocalId, address: &TokenStream) {
        let ty = self.generator.type_parameter(local);
        self.places.push(quote!(#address as *mut #ty));
    }

    /// Names the address of a group, which has its type.
    fn group(&mut self, part: &Part, address: &TokenStream) -> Ident {
        let (group, ty) = (own(&format!("group_{}", self.count)), self.generator.part_type(part));
        self.count += 1;
        self.groups.extend(quote!(let #group = #address as *mut #ty;));
        group
    }
}
