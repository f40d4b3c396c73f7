//! Decisions: what each key of the attribute came to be, by whom, and why.

use std::fmt;

use super::table::{Cell, Row};

/// What one key of the attribute was set to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decision {
    /// The key, as the attribute spells it.
    pub key: &'static str,
    /// The value, as the attribute would spell it.
    pub value: &'static str,
    /// Who decided.
    pub by: By,
    /// Why, and what it changes.
    pub reason: &'static str,
}

/// Who decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum By {
    /// The attribute says it.
    User,
    /// The attribute does not say it, and this is the value then.
    Default,
    /// It follows from other decisions.
    Derived,
}

impl fmt::Display for By {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::User => "user",
            Self::Default => "default",
            Self::Derived => "derived",
        })
    }
}

impl fmt::Display for Decision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { key, value, by, reason } = self;
        write!(f, "{key} = {value} ({by}): {reason}")
    }
}

impl Row for Decision {
    fn cells(&self) -> Vec<Cell> {
        let texts = [self.key.to_owned(), self.value.to_owned(), self.by.to_string(), self.reason.to_owned()];
        texts.into_iter().map(Cell::Left).collect()
    }
}
