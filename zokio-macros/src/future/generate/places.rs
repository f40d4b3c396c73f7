//! The addresses of the slots, one by one.
//!
//! Not all of them from a function of the core: debug builds would move them from tuple to tuple, and compile functions for each tuple.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::{Generator, of_core, own};
use crate::future::layout::Part;
use crate::future::local::{LocalId, Origin};

/// The names of what shares memory.
const SHARING: [&str; 8] = ["a", "b", "c", "d", "e", "f", "g", "h"];

impl Generator<'_> {
    /// The addresses of the slots of the frame at `frame`, and what is known of types alone.
    pub(super) fn places(&self) -> TokenStream {
        let frame = own("frame");
        let mut places = Places { generator: self, tokens: TokenStream::new(), groups: 0 };
        for (index, part) in self.compiled.layout.parts.iter().enumerate() {
            // Behind tag and flags.
            let index = Literal::usize_unsuffixed(index + 2);
            places.part(part, &quote!(&raw mut (*#frame).#index));
        }
        places.tokens
    }

    /// The tag, and the flags if there are any.
    pub(super) fn header(&self) -> TokenStream {
        let (z, frame, tag, flags) = (self.z, own("frame"), own("tag"), own("flags"));
        let flags = (self.flag_count() > 0).then(|| quote!(let #flags = #z::header(&raw mut (*#frame).1);));
        quote!(let #tag = #z::header(&raw mut (*#frame).0); #flags)
    }
}

struct Places<'g> {
    generator: &'g Generator<'g>,
    tokens: TokenStream,
    /// How many groups have got a name.
    groups: usize,
}

impl Places<'_> {
    fn part(&mut self, part: &Part, address: &TokenStream) {
        match part {
            Part::Slot(local) => self.slot(*local, address),
            Part::Beside(parts) => {
                let group = self.group(address);
                for (index, part) in parts.iter().enumerate() {
                    let index = Literal::usize_unsuffixed(index);
                    self.part(part, &quote!(&raw mut (*#group).#index));
                }
            }
            Part::Either(parts) => {
                let group = self.group(address);
                for (part, field) in parts.iter().zip(SHARING) {
                    self.sharing(part, &{
                        let field = of_core(field);
                        quote!(&raw mut (*#group).#field)
                    });
                }
            }
        }
    }

    /// A part that shares memory: of most slots, that is the value alone.
    fn sharing(&mut self, part: &Part, address: &TokenStream) {
        let z = self.generator.z;
        let bare = quote!(#z::bare(#address));
        match part {
            Part::Slot(local) if !self.generator.has_types(*local) => {
                let place = self.generator.place(*local);
                self.tokens.extend(quote!(let #place = #bare;));
            }
            _ => self.part(part, &bare),
        }
    }

    fn slot(&mut self, local: LocalId, address: &TokenStream) {
        let (z, generator) = (self.generator.z, self.generator);
        let place = generator.place(local);
        self.tokens.extend(if !generator.parts_of(local).is_empty() {
            let rest = generator.rest(local);
            quote!(let (#place, #rest) = #z::place_of_parts(#address);)
        } else if generator.kinds.contains(&local) {
            let kind = generator.kind(local);
            quote!(let (#place, #kind) = #z::place_followed(#address);)
        } else if generator.is_receiver(local) {
            quote!(let #place = #z::place_of_home(#address);)
        } else if generator.compiled.locals[local].origin == Origin::Awaited {
            quote!(let #place = #z::place_awaited(#address);)
        } else {
            quote!(let #place = #z::place(#address);)
        });
    }

    fn group(&mut self, address: &TokenStream) -> proc_macro2::Ident {
        let group = format_ident!("__zokio_group_{}", self.groups, span = proc_macro2::Span::mixed_site());
        self.groups += 1;
        self.tokens.extend(quote!(let #group = #address;));
        group
    }
}

impl Generator<'_> {
    /// Whether a slot's type says more than that of its value.
    fn has_types(&self, local: LocalId) -> bool {
        !self.parts_of(local).is_empty() || self.kinds.contains(&local)
    }
}
