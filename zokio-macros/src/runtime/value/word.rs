//! Words: one of a few, bare or as a string.

use darling::{Error, FromMeta, Result};
use syn::{Expr, ExprLit, Lit};

use super::{bare, instead, text, word, wrong_type};
use crate::diagnostics::nearest::nearest;

/// Yes or no.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Switch(pub(crate) bool);

impl FromMeta for Switch {
    fn from_expr(expr: &Expr) -> Result<Self> {
        match bare(expr) {
            Expr::Lit(ExprLit { lit: Lit::Bool(switch), .. }) => Ok(Self(switch.value)),
            other => Err(wrong_type(other)),
        }
    }
}

/// Words: an enum, and each variant's spelling.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum $name {
            $($variant,)+
        }

        impl $name {
            /// As the attribute spells it.
            pub(crate) fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }
        }

        impl FromMeta for $name {
            fn from_expr(expr: &Expr) -> Result<Self> {
                match one_of(expr, &[$($word),+])? {
                    $($word => Ok(Self::$variant),)+
                    other => Err(Error::unknown_value(other)),
                }
            }
        }
    };
}

words! {
    /// Who talks to the kernel.
    Io { Auto = "auto", Uring = "uring", Mio = "mio", None = "none" }
}
words! {
    /// Where a worker looks for its next task.
    Strategy { LocalFirst = "local_first", GlobalFirst = "global_first", RoundRobin = "round_robin" }
}
words! {
    /// Where tasks are allocated.
    Memory { General = "general" }
}
words! {
    /// Where the report goes.
    ReportTo { Off = "off", File = "file", Note = "note" }
}
words! {
    /// Tokio's name for one worker, or for several.
    Flavor { CurrentThread = "current_thread", MultiThread = "multi_thread" }
}

/// The word of `known` that the expression is.
fn one_of<'a>(expr: &Expr, known: &[&'a str]) -> Result<&'a str> {
    let expr = bare(expr);
    let word = match word(expr) {
        Some(word) => word,
        None => text(expr)?,
    };
    if let Some(known) = known.iter().find(|known| **known == word) {
        return Ok(known);
    }
    Err(match nearest(&word, known) {
        Some(near) => instead("is not known", near),
        None => Error::custom("is not known"),
    })
}
