//! `#[state(..)]`: what a variant says of itself.

use proc_macro2::Ident;
use syn::meta::ParseNestedMeta;
use syn::punctuated::Punctuated;
use syn::{Attribute, Meta, Token, parenthesized};

use super::input::named;
use crate::diagnostics::Faults;
use crate::diagnostics::messages::{Message, list};
use crate::diagnostics::nearest::nearest;

const NAMES: &[&str] = &["to", "end", "failed"];

/// What was said about a state.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// The states that it may lead to, as they are written.
    pub(super) to: Vec<Ident>,
    /// Whether the machine ends here.
    pub(super) end: Option<End>,
    /// Whether something of it could not be read.
    pub(super) unreadable: bool,
}

/// How a machine ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    Returned,
    Failed,
}

impl Words {
    /// Reads the attribute. After something that cannot be read, what follows is not looked at.
    pub(super) fn read(state: &Ident, attributes: &[Attribute], faults: &mut Faults) -> Self {
        let mut words = Self::default();
        let mut attributes = named(attributes, "state");
        if let Some(attribute) = attributes.next() {
            let read = match &attribute.meta {
                Meta::List(_) => attribute.parse_nested_meta(|meta| words.word(&meta, faults)),
                other => Err(syn::Error::new_spanned(other, "it says nothing")),
            };
            if let Err(error) = read {
                let message = Message::new(
                    format!("this attribute cannot be read: {error}"),
                    "`#[state(to(Next, Other))]`, `#[state(end)]` or `#[state(failed)]`, with the states' own names",
                )
                .because("it says which states may follow");
                faults.add(attribute, message);
                words.unreadable = true;
            }
        }
        for second in attributes {
            let message = Message::new(format!("`{state}` has a second `#[state]`"), "all of it in one")
                .because("what a state leads to is to be seen at one place");
            faults.add(second, message);
            words.unreadable = true;
        }
        words.check(state, faults);
        words
    }

    fn word(&mut self, meta: &ParseNestedMeta<'_>, faults: &mut Faults) -> syn::Result<()> {
        if meta.path.is_ident("to") {
            let content;
            parenthesized!(content in meta.input);
            let to = Punctuated::<Ident, Token![,]>::parse_terminated(&content)?;
            if to.is_empty() {
                return Err(content.error("`to()` leads to no state"));
            }
            self.to.extend(to);
        } else if meta.path.is_ident("end") {
            self.ends(End::Returned, meta, faults);
        } else if meta.path.is_ident("failed") {
            self.ends(End::Failed, meta, faults);
        } else {
            let name = meta.path.get_ident().map(ToString::to_string).unwrap_or_default();
            faults.add(&meta.path, unknown(&name));
            self.unreadable = true;
            // What stands behind it, if it is what stands behind `to`.
            if meta.input.peek(syn::token::Paren) {
                let content;
                parenthesized!(content in meta.input);
                content.parse::<proc_macro2::TokenStream>()?;
            }
        }
        Ok(())
    }

    fn ends(&mut self, end: End, meta: &ParseNestedMeta<'_>, faults: &mut Faults) {
        if self.end.is_some() {
            let message = Message::new("a state ends in one way", "`end`, or `failed` where that is a failure")
                .because("`is_failed` is either true afterwards, or false");
            faults.add(&meta.path, message);
        }
        self.end = Some(end);
    }

    /// A state leads somewhere, or is an end.
    fn check(&mut self, state: &Ident, faults: &mut Faults) {
        if self.unreadable {
            return;
        }
        if let (Some(_), [first, ..]) = (self.end, self.to.as_slice()) {
            let message = Message::new(
                format!("`{state}` is an end, and leads to `{first}`"),
                format!("`#[state(end)]`, or `#[state(to({first}))]`"),
            )
            .because("the machine returns in an end, and goes nowhere from there");
            faults.add(first, message);
        }
        if self.end.is_none() && self.to.is_empty() {
            let message = Message::new(
                format!("`{state}` leads nowhere, and is no end"),
                "`#[state(to(Next))]` above it, with the states that may follow; or `#[state(end)]`",
            )
            .because("a state without a way on would be one that the machine never leaves");
            faults.add(state, message);
            self.unreadable = true;
        }
    }
}

fn unknown(name: &str) -> Message {
    let write = match nearest(name, NAMES) {
        Some(near) => format!("`{near}`, which is the nearest"),
        None => "one of them".to_owned(),
    };
    Message::new(format!("`#[state]` has no word `{name}`"), write).because(format!("its words are {}", list(NAMES)))
}
