//! Attributes of ours that stand where they mean nothing: the compiler takes them anywhere.

use syn::Attribute;

use crate::diagnostics::Faults;
use crate::diagnostics::messages::Message;

/// Our attributes, and what they stand on.
const PLACES: &[(&str, &str)] = &[("state_machine", "the enum"), ("state", "a variant"), ("future", "a field")];

/// Finds those other than `own` among the attributes of `place`.
pub(super) fn find(attributes: &[Attribute], own: &str, place: &str, faults: &mut Faults) {
    for attribute in attributes {
        let Some((name, at)) = PLACES.iter().find(|(name, _)| attribute.path().is_ident(name)) else { continue };
        if *name != own {
            let message = Message::new(format!("`#[{name}]` stands on {place}"), format!("it above {at}"))
                .because(format!("it says something about {at}, and would be ignored here"));
            faults.add(attribute, message);
        }
    }
}
