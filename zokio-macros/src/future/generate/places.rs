//! The addresses of the slots: where in the frame each of them is, and in its type.

use std::collections::HashMap;

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};

use super::{Generator, own};
use crate::future::layout::Part;
use crate::future::local::LocalId;

/// What a poll function works with: the tag, the flags if there are any, the addresses of the slots, and what is known of types alone.
#[derive(Debug, Default)]
pub(super) struct Places {
    pub(super) names: Vec<Ident>,
    pub(super) types: Vec<TokenStream>,
    /// What finds them in the frame at `frame`.
    pub(super) values: Vec<TokenStream>,
    /// Whether it is none of the tag, the flags and the arguments.
    pub(super) is_rest: Vec<bool>,
    /// The addresses of groups that share memory, for `values`.
    pub(super) groups: Vec<TokenStream>,
    /// Which of them is the address of a slot.
    indices: HashMap<LocalId, usize>,
}

/// One of the places, as code names it: a field of what the poll function has of them, since a name for each would be written anew by each poll
/// of a debug build; where there are [many](MOST), and for what is no part of the frame, a name.
#[derive(Clone)]
pub(super) struct Address {
    name: Ident,
    index: Option<usize>,
    /// Whether it stands where the user's own words do.
    is_shown: bool,
}

/// So many places are fields. The compiler goes through the types of all of them at each use of one: of eighty, that takes longer than the rest.
const MOST: usize = 24;

impl Address {
    pub(super) fn set_span(&mut self, span: Span) {
        self.name.set_span(span);
        self.is_shown = true;
    }
}

impl ToTokens for Address {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Some(index) = self.index else { return self.name.to_tokens(tokens) };
        let span = self.name.span();
        let places = own("places");
        let mut index = Literal::usize_unsuffixed(index);
        index.set_span(span);
        // In parentheses, of which the compiler takes the span of the whole to be: the name's own is that of the macro.
        if self.is_shown {
            quote_spanned!(span=> (#places).).to_tokens(tokens);
        } else {
            quote_spanned!(span=> #places.).to_tokens(tokens);
        }
        index.to_tokens(tokens);
    }
}

impl Generator<'_> {
    /// The tag, in the poll function.
    pub(super) fn tag(&self) -> TokenStream {
        let tag = Address { name: own("tag"), index: (!self.fields.is_empty()).then_some(0), is_shown: false };
        quote!(*#tag)
    }

    /// The flags, in the poll function, if there are any.
    pub(super) fn flags(&self) -> TokenStream {
        let flags = Address { name: own("flags"), index: (!self.fields.is_empty()).then_some(1), is_shown: false };
        quote!((*#flags))
    }

    /// The place of a local.
    pub(super) fn place(&self, local: LocalId) -> Address {
        Address { name: self.named("place", local), index: self.fields.get(&local).copied(), is_shown: false }
    }

    /// What drops the rest of a local of which parts are moved, or how a chain goes on there: a question, beside the place.
    pub(super) fn beside(&self, local: LocalId) -> Address {
        Address {
            name: format_ident!("beside_{}", local.0, span = Span::mixed_site()),
            index: self.fields.get(&local).map(|index| index + 1),
            is_shown: false,
        }
    }

    pub(super) fn places(&self) -> Places {
        let (z, frame) = (self.z, own("frame"));
        let mut places = Places::default();
        let tag = self.tag_type();
        places.add(
            own("tag"),
            quote!(&'static mut #tag),
            quote!(#z::Written { place: &raw mut (*#frame).0 }.value),
            false,
        );
        if let Some(flags) = self.flags_type() {
            places.add(
                own("flags"),
                quote!(&'static mut #flags),
                quote!(#z::Written { place: &raw mut (*#frame).1 }.value),
                false,
            );
        }
        for (index, part) in self.compiled.layout.parts.iter().enumerate() {
            // Behind tag and flags.
            let index = Literal::usize_unsuffixed(index + 2);
            self.part_places(part, &quote!((*#frame).#index), &mut places);
        }
        places
    }

    /// Those of the part that stands at `at`. What is in a slot, and what shares memory, begins where that begins.
    fn part_places(&self, part: &Part, at: &TokenStream, places: &mut Places) {
        match part {
            Part::Slot(local) => self.slot_places(*local, at, places),
            Part::Beside(parts) => {
                for (index, part) in parts.iter().enumerate() {
                    let index = Literal::usize_unsuffixed(index);
                    self.part_places(part, &quote!(#at.#index), places);
                }
            }
            Part::Either(parts) => {
                for part in parts {
                    if let Part::Beside(_) = part {
                        let (name, ty) = (own(&format!("group_{}", places.groups.len())), self.bare_type(part));
                        places.groups.push(quote!(let #name = &raw mut #at as *mut #ty;));
                        self.part_places(part, &quote!((*#name)), places);
                    } else {
                        self.part_places(part, at, places);
                    }
                }
            }
        }
    }

    fn slot_places(&self, local: LocalId, at: &TokenStream, places: &mut Places) {
        let (z, ty) = (self.z, self.type_parameter(local));
        let is_rest = !self.compiled.arguments.contains(&local);
        places.indices.insert(local, places.names.len());
        places.add(self.named("place", local), quote!(*mut #ty), quote!(&raw mut #at as *mut #ty), is_rest);
        let beside = self.beside(local).name;
        let question = |ty: &dyn ToTokens| (quote!(#z::Question<#ty>), quote!(#z::question()));
        if !self.parts_of(local).is_empty() {
            let [asked, rest] = self.rest_parameters(local);
            let (ty, value) = question(&quote!((#asked, #rest)));
            places.add(beside, ty, value, true);
        } else if self.kinds.contains(&local) {
            let (ty, value) = question(&self.kind_parameter(local));
            places.add(beside, ty, value, true);
        }
    }
}

impl Places {
    /// Which of them are fields of all of them.
    pub(super) fn fields(&self) -> HashMap<LocalId, usize> {
        if self.names.len() <= MOST { self.indices.clone() } else { HashMap::new() }
    }

    /// All of them, bound: to one name, or to a name each.
    pub(super) fn bound(&self) -> TokenStream {
        let names = &self.names;
        if self.fields().is_empty() { quote!((#(#names,)*)) } else { own("places").into_token_stream() }
    }

    /// Those of what is no argument, as code names them.
    pub(super) fn rest_values(&self) -> Vec<TokenStream> {
        let fields = !self.fields().is_empty();
        let all = self.names.iter().zip(&self.is_rest).enumerate().filter(|(_, (_, is_rest))| **is_rest);
        let value = |(index, name): (usize, &Ident)| Address {
            name: name.clone(),
            index: fields.then_some(index),
            is_shown: false,
        };
        all.map(|(index, (name, _))| value((index, name)).into_token_stream()).collect()
    }

    /// The names and types of what is no argument.
    pub(super) fn rest(&self) -> impl Iterator<Item = (&Ident, &TokenStream)> {
        let all = self.names.iter().zip(&self.types).zip(&self.is_rest);
        all.filter_map(|(place, is_rest)| is_rest.then_some(place))
    }

    fn add(&mut self, name: Ident, ty: TokenStream, value: TokenStream, is_rest: bool) {
        self.is_rest.push(is_rest);
        self.names.push(name);
        self.types.push(ty);
        self.values.push(value);
    }
}
