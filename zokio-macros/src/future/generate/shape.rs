//! The types of a machine's memory, whatever its slots hold: an implementation with a parameter for each slot.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote};

use super::places::Places;
use super::{Generator, described, own};
use crate::future::local::LocalId;

impl Generator<'_> {
    pub(super) fn shape(&self, name: &impl ToTokens, places: &Places) -> TokenStream {
        let (z, described) = (self.z, described());
        let (slots, rests, kinds) = (self.in_order(), self.rests(), &self.kinds);
        let types = slots.iter().map(|(local, _)| self.type_parameter(*local));
        let rest_types = rests.iter().flat_map(|local| self.rest_parameters(*local));
        let kind_types = kinds.iter().map(|local| self.kind_parameter(*local));
        let parameters: Vec<Ident> = types.chain(rest_types).chain(kind_types).collect();
        let (said, bounds, frame_type) = (self.said(name), self.bounds(), self.frame_type());
        let arguments: Vec<Ident> = self.compiled.arguments.iter().map(|local| self.type_parameter(*local)).collect();
        let slots = slots.iter().map(|(local, _)| self.type_parameter(*local));
        let rest = places.rest().map(|(_, ty)| ty);
        let all = quote!(((#(#arguments,)*), (#(#rest,)*)));
        let (Places { types, values, groups, .. }, find, frame) = (places, own("find"), own("frame"));
        quote! {
            unsafe impl<#(#parameters),*> #z::Shape<#all> for #described #bounds {
                #said
                type Frame = #frame_type;
                type Arguments = (#(#arguments,)*);
                type Slots = (#(#slots,)*);
            }
            #[inline(always)]
            unsafe fn #find<#(#parameters),*>(#frame: *mut (), _: #z::Types<(#(#arguments,)*)>) -> (#(#types,)*) #bounds {
                let #frame = #frame as *mut <#described as #z::Shape<#all>>::Frame;
                unsafe { #(#groups)* (#(#values,)*) }
            }
        }
    }

    fn bounds(&self) -> TokenStream {
        let z = self.z;
        let slots = self.in_order();
        let homes = slots.iter().filter(|(local, _)| self.is_receiver(*local)).map(|(local, _)| {
            let ty = self.type_parameter(*local);
            quote!(#ty: #z::Hold + #z::Laid,)
        });
        let rests = self.rests().into_iter().map(|local| {
            let (ty, [asked, rest]) = (self.type_parameter(local), self.rest_parameters(local));
            let count = self.parts_of(local).len();
            quote!(#rest: ::core::ops::Fn(#ty, [::core::primitive::bool; #count], #asked),)
        });
        // Not that what is awaited is a future: it would have to be shown of every layer of futures within futures, again and again.
        let kinds = self.kinds.iter().map(|local| {
            let (ty, kind) = (self.type_parameter(*local), self.kind_parameter(*local));
            quote!(#kind: #z::Follow<#ty>,)
        });
        let bounds: TokenStream = homes.chain(rests).chain(kinds).collect();
        if bounds.is_empty() { bounds } else { quote!(where #bounds) }
    }

    /// The type of a slot's value; of a receiver's home, that of the home.
    pub(super) fn type_parameter(&self, local: LocalId) -> Ident {
        format_ident!("T{}", local.0, span = Span::mixed_site())
    }

    /// The types of what was asked about a local of which parts are moved, and of what drops the rest.
    pub(super) fn rest_parameters(&self, local: LocalId) -> [Ident; 2] {
        ["A", "R"].map(|name| format_ident!("{name}{}", local.0, span = Span::mixed_site()))
    }

    pub(super) fn kind_parameter(&self, local: LocalId) -> Ident {
        format_ident!("K{}", local.0, span = Span::mixed_site())
    }
}
