//! What is told of a machine from outside: what it awaits, and what its slots are called.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Generator, own};
use crate::future::layout::Part;
use crate::future::local::{LocalId, Origin};

impl Generator<'_> {
    /// The function that follows what is awaited: its type is known behind the poll function.
    pub(super) fn look(&self) -> TokenStream {
        let z = self.z;
        let (frame, at, chain) = (own("frame"), own("at"), own("chain"));
        let arms = self.compiled.liveness.held.iter().enumerate().filter_map(|(index, held)| {
            let future = held.iter().find(|local| self.compiled.locals[*local].origin == Origin::Awaited)?;
            let (number, address) = (index + 1, self.address(&frame, future));
            Some(quote!(#number => (&&&#z::Link(#address)).follow(#chain),))
        });
        quote! {
            |#frame, #at, #chain| {
                use #z::follow::*;
                match #at {
                    #(#arms)*
                    _ => {}
                }
            }
        }
    }

    /// The names of the slots, in the order of the frame, and the states in which they are full.
    pub(super) fn slots(&self) -> TokenStream {
        let mut order = Vec::new();
        for part in &self.compiled.layout.parts {
            in_order(part, &mut order);
        }
        let slots = order.into_iter().map(|local| {
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
}

fn in_order(part: &Part, order: &mut Vec<LocalId>) {
    match part {
        Part::Slot(local) => order.push(*local),
        Part::Beside(parts) | Part::Either(parts) => parts.iter().for_each(|part| in_order(part, order)),
    }
}
