//! Decisions as they are made: what was said, or the default.

use crate::report::{By, Decision};

/// The rows of the report so far.
#[derive(Debug, Default)]
pub(crate) struct Decisions(Vec<Decision>);

impl Decisions {
    /// Decides for what was said, else for the default, and keeps it with its reason.
    pub(crate) fn take<T>(
        &mut self,
        key: &'static str,
        said: Option<T>,
        default: T,
        spell: impl FnOnce(&T) -> String,
        reason: impl FnOnce(&T) -> &'static str,
    ) -> T {
        let by = if said.is_some() { By::User } else { By::Default };
        let value = said.unwrap_or(default);
        self.push(Decision::new(key, spell(&value), by, reason(&value)));
        value
    }

    pub(crate) fn push(&mut self, decision: Decision) {
        self.0.push(decision);
    }

    pub(crate) fn into_rows(self) -> Vec<Decision> {
        self.0
    }
}

/// The attribute says it.
pub(crate) fn user(key: &'static str, value: impl Into<String>, reason: &'static str) -> Decision {
    Decision::new(key, value, By::User, reason)
}

/// Nobody says anything else.
pub(crate) fn default(key: &'static str, value: impl Into<String>, reason: &'static str) -> Decision {
    Decision::new(key, value, By::Default, reason)
}

/// It follows from something else.
pub(crate) fn derived(key: &'static str, value: impl Into<String>, reason: &'static str) -> Decision {
    Decision::new(key, value, By::Derived, reason)
}
