//! The frame: its type, which rustc fills in, and the addresses within.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::{Generator, own};
use crate::future::layout::Part;
use crate::future::local::LocalId;

/// Where the slots begin.
const FIRST: usize = 3;

impl Generator<'_> {
    /// Tag, flags, what drops the rest of which local, slots. Every slot's type is for rustc to find.
    pub(super) fn frame_type(&self) -> TokenStream {
        let z = self.z;
        let tag = if self.compiled.nodes.awaits() + 4 <= 256 { quote!(u8) } else { quote!(u16) };
        let flags = self.compiled.layout.flags.len() + self.compiled.parts.len();
        let parts = self.compiled.layout.parts.iter().map(|part| self.part_type(part));
        let rests = self.rests().into_iter().map(|_| quote!(#z::Question<_>));
        let rests = quote!((#(#rests,)*));
        quote!((#tag, [#z::Flag; #flags], #rests, #(#parts,)*))
    }

    fn part_type(&self, part: &Part) -> TokenStream {
        let z = self.z;
        match part {
            Part::Slot(local) if self.is_receiver(*local) => quote!(_),
            Part::Slot(_) => quote!(#z::Slot<_>),
            Part::Beside(parts) => {
                let parts = parts.iter().map(|part| self.part_type(part));
                quote!((#(#parts,)*))
            }
            Part::Either(parts) => {
                let mut types: Vec<TokenStream> = parts.iter().map(|part| self.part_type(part)).collect();
                let last = types.pop().unwrap_or_default();
                types.iter().rev().fold(last, |rest, part| quote!(#z::Either<#part, #rest>))
            }
        }
    }

    /// The address of every slot of the frame, as a local.
    pub(super) fn places(&self, frame: &Ident) -> TokenStream {
        let mut places = TokenStream::new();
        for (index, part) in self.compiled.layout.parts.iter().enumerate() {
            let field = Literal::usize_unsuffixed(index + FIRST);
            self.walk(part, quote!(&raw mut (*#frame).#field), &mut |local, address| {
                let place = self.place(local);
                places.extend(quote!(let #place = #address;));
            });
        }
        places
    }

    /// The address of one slot.
    pub(super) fn address(&self, frame: &Ident, wanted: LocalId) -> TokenStream {
        let mut found = TokenStream::new();
        for (index, part) in self.compiled.layout.parts.iter().enumerate() {
            let field = Literal::usize_unsuffixed(index + FIRST);
            self.walk(part, quote!(&raw mut (*#frame).#field), &mut |local, address| {
                if local == wanted {
                    found = address;
                }
            });
        }
        found
    }

    fn walk(&self, part: &Part, address: TokenStream, with: &mut dyn FnMut(LocalId, TokenStream)) {
        let z = self.z;
        match part {
            Part::Slot(local) if self.is_receiver(*local) => with(*local, address),
            Part::Slot(local) => with(*local, quote!(#z::place(#address))),
            Part::Beside(parts) => {
                for (index, part) in parts.iter().enumerate() {
                    let field = Literal::usize_unsuffixed(index);
                    self.walk(part, quote!(&raw mut (*(#address)).#field), with);
                }
            }
            Part::Either(parts) => {
                let mut rest = address;
                for (index, part) in parts.iter().enumerate() {
                    if index + 1 == parts.len() {
                        self.walk(part, rest.clone(), with);
                    } else {
                        self.walk(part, quote!(#z::left(#rest)), with);
                        rest = quote!(#z::right(#rest));
                    }
                }
            }
        }
    }

    /// Saves what the frame has to know, and waits.
    pub(super) fn suspend(&self, number: usize) -> TokenStream {
        let z = self.z;
        let (frame, run) = (own("frame"), own("run"));
        let flags = self.compiled.layout.flags.iter().filter(|local| {
            let (held, certain) =
                (&self.compiled.liveness.held[number - 1], &self.compiled.liveness.certain[number - 1]);
            held.contains(**local) && !certain.contains(**local)
        });
        let flags = flags.filter_map(|local| {
            let (guard, flag) = (self.guard(*local), self.flag(*local)?);
            Some(quote!(#flag = #z::Flag::new(#guard.is_full());))
        });
        quote! {
            #(#flags)*
            return #z::suspend(#frame, #number, &#run);
        }
    }
}
