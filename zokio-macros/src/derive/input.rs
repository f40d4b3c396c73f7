//! The item: tokens -> what was said about each state.

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::{Attribute, Data, DeriveInput, Field, Fields, Generics, Meta, Visibility};

use super::keys::Keys;
use super::misplaced;
use super::words::Words;
use crate::diagnostics::Faults;
use crate::diagnostics::messages::Message;

/// What was said.
#[derive(Debug)]
pub(super) struct Input {
    pub(super) visibility: Visibility,
    pub(super) name: Ident,
    pub(super) generics: Generics,
    pub(super) keys: Keys,
    pub(super) states: Vec<Said>,
}

/// What was said about one state.
#[derive(Debug)]
pub(super) struct Said {
    pub(super) name: Ident,
    /// Without attributes.
    pub(super) fields: Fields,
    /// Which field is the future.
    pub(super) future: Option<usize>,
    pub(super) words: Words,
}

impl Input {
    /// Reads the enum; nothing where there is none, or none with variants.
    pub(super) fn read(item: TokenStream, faults: &mut Faults) -> Option<Self> {
        let item: DeriveInput = match syn::parse2(item) {
            Ok(item) => item,
            Err(error) => {
                faults.add(error.to_compile_error(), Message::new(error.to_string(), "an enum"));
                return None;
            }
        };
        let DeriveInput { attrs, vis: visibility, ident: name, generics, data } = item;
        misplaced::find(&attrs, "state_machine", "the enum", faults);
        let data = match data {
            Data::Enum(data) => data,
            Data::Struct(other) => return not_an_enum(other.struct_token, &name, faults),
            Data::Union(other) => return not_an_enum(other.union_token, &name, faults),
        };
        let keys = Keys::read(&attrs, faults);
        let states: Vec<Said> = data
            .variants
            .into_iter()
            .map(|variant| {
                misplaced::find(&variant.attrs, "state", "a variant", faults);
                let mut fields = variant.fields;
                let future = future(&mut fields, faults);
                Said { words: Words::read(&variant.ident, &variant.attrs, faults), name: variant.ident, fields, future }
            })
            .collect();
        if states.is_empty() {
            let write =
                format!("`enum {name} {{ #[state(to(Done))] First {{ .. }}, #[state(end)] Done }}`, for example");
            faults
                .add(&name, Message::new(format!("`{name}` has no states"), write).because("each variant is a state"));
            return None;
        }
        Some(Self { visibility, name, generics, keys, states })
    }
}

fn not_an_enum(keyword: impl ToTokens, name: &Ident, faults: &mut Faults) -> Option<Input> {
    let message =
        Message::new(format!("`{name}` is no enum"), format!("`enum {name} {{ .. }}`, with a variant for each state"))
            .because("a machine is in one state at a time, as an enum is in one variant");
    faults.add(keyword, message);
    None
}

/// Which of the fields is marked as the future. Their attributes are taken away.
fn future(fields: &mut Fields, faults: &mut Faults) -> Option<usize> {
    let mut found = None;
    for (index, field) in fields.iter_mut().enumerate() {
        for attribute in futures(field, faults) {
            if !matches!(attribute.meta, Meta::Path(_)) {
                let message =
                    Message::new("`#[future]` takes nothing", "`#[future]`").because("it only marks the field");
                faults.add(&attribute, message);
            }
            if found.is_some() {
                let message = Message::new(
                    "a second `#[future]`",
                    "one future that waits for both, with `zokio::join!` or a `select`, or two states",
                )
                .because("a state waits for one future");
                faults.add(&attribute, message);
            }
            found = found.or(Some(index));
        }
    }
    found
}

fn futures(field: &mut Field, faults: &mut Faults) -> Vec<Attribute> {
    let attributes = std::mem::take(&mut field.attrs);
    misplaced::find(&attributes, "future", "a field", faults);
    attributes.into_iter().filter(|attribute| attribute.path().is_ident("future")).collect()
}

/// The attributes of that name.
pub(super) fn named<'a>(attributes: &'a [Attribute], name: &'a str) -> impl Iterator<Item = &'a Attribute> {
    attributes.iter().filter(move |attribute| attribute.path().is_ident(name))
}
