//! Values: an expression -> what it says. An error's first line completes a sentence that begins with the value; a second
//! line, where there is one, is what to write instead of the value.

use std::fmt::Display;

use darling::{Error, FromMeta, Result};
use proc_macro2::Span;
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::{Expr, ExprLit, ExprPath, Ident, Lit, Path};

use crate::diagnostics::nearest::nearest;

/// How many workers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Workers {
    Exactly(u64),
    Auto,
}

impl FromMeta for Workers {
    fn from_expr(expr: &Expr) -> Result<Self> {
        match word(expr).or_else(|| text(bare(expr)).ok()) {
            Some(word) if word == "auto" => Ok(Self::Auto),
            Some(_) => Err(wrong_type(bare(expr))),
            None => match number(expr)? {
                0 => Err(instead("leaves nobody to run the tasks", "1")),
                count => within(count, 1024).map(Self::Exactly),
            },
        }
    }
}

/// A power of two from `MIN` to `MAX`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PowerOfTwo<const MIN: u64, const MAX: u64>(pub(crate) u64);

impl<const MIN: u64, const MAX: u64> FromMeta for PowerOfTwo<MIN, MAX> {
    fn from_expr(expr: &Expr) -> Result<Self> {
        match number(expr)? {
            small if small < MIN => Err(instead("is too small", MIN)),
            power if power.is_power_of_two() => within(power, MAX).map(Self),
            between => {
                let above = within(between, MAX)?.next_power_of_two();
                Err(instead(&format!("is not a power of two: the nearest are {} and {above}", above / 2), above))
            }
        }
    }
}

/// How many threads for calls that block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct BlockingThreads(pub(crate) u64);

impl FromMeta for BlockingThreads {
    fn from_expr(expr: &Expr) -> Result<Self> {
        match number(expr)? {
            0 => Err(instead("leaves nobody to run calls that block", "1")),
            count => within(count, 4096).map(Self),
        }
    }
}

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

/// Nanoseconds between two looks of the timer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Resolution(pub(crate) u64);

impl FromMeta for Resolution {
    fn from_expr(expr: &Expr) -> Result<Self> {
        let text = match bare(expr) {
            Expr::Lit(ExprLit { lit: Lit::Int(number), .. }) if number.suffix().is_empty() => {
                return Err(instead("has no unit", format!("\"{}ms\"", number.base10_digits())));
            }
            other => text(other)?,
        };
        match nanoseconds(&text)? {
            ..1_000 => Err(instead("is finer than the timer's steps can be", "\"1us\"")),
            time @ 1_000..=1_000_000_000 => Ok(Self(time)),
            _ => Err(instead("is coarser than the timer's steps can be", "\"1s\"")),
        }
    }
}

/// The name of threads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ThreadName(pub(crate) String);

impl FromMeta for ThreadName {
    fn from_expr(expr: &Expr) -> Result<Self> {
        match text(bare(expr))? {
            name if name.is_empty() => Err(Error::custom("is empty")),
            name if name.contains('\0') => {
                Err(Error::custom("has a NUL in it, where the system takes the name to end"))
            }
            name => Ok(Self(name)),
        }
    }
}

/// The path of the crate that expansions name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CratePath(pub(crate) Path);

impl FromMeta for CratePath {
    fn from_expr(expr: &Expr) -> Result<Self> {
        let path = match bare(expr) {
            Expr::Path(ExprPath { qself: None, path, .. }) => Ok(path.clone()),
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => {
                text.parse_with(Path::parse_mod_style).map_err(|_| Error::custom("is a string without a path in it"))
            }
            other => Err(wrong_type(other)),
        }?;
        if path.segments.iter().all(|segment| segment.arguments.is_none()) {
            Ok(Self(path))
        } else {
            Err(Error::custom("has generic arguments"))
        }
    }
}

impl CratePath {
    /// What expansions name unless the attribute says otherwise.
    pub(crate) fn zokio() -> Self {
        let mut path = Path::from(Ident::new("zokio", Span::call_site()));
        path.leading_colon = Some(syn::Token![::](Span::call_site()));
        Self(path)
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

/// The expression without what `macro_rules` wraps around it.
pub(crate) fn bare(expr: &Expr) -> &Expr {
    match expr {
        Expr::Group(group) => bare(&group.expr),
        other => other,
    }
}

/// The expression if it is one bare word.
pub(crate) fn word(expr: &Expr) -> Option<String> {
    match bare(expr) {
        Expr::Path(path) => Some(path.path.get_ident()?.unraw().to_string()),
        _ => None,
    }
}

/// The expression as the user reads it, shortened where it is long.
pub(crate) fn source(expr: &Expr) -> String {
    let source = match bare(expr) {
        Expr::Unary(unary) => format!("{}{}", unary.op.to_token_stream(), source(&unary.expr)),
        Expr::Path(path) => path.to_token_stream().to_string().replace(' ', ""),
        other => other.to_token_stream().to_string(),
    };
    if source.chars().count() <= 40 { source } else { source.chars().take(37).chain("...".chars()).collect() }
}

fn number(expr: &Expr) -> Result<u64> {
    match bare(expr) {
        Expr::Lit(ExprLit { lit: Lit::Int(number), .. }) if number.suffix().is_empty() => {
            number.base10_parse().map_err(|_| Error::custom("is too large"))
        }
        Expr::Lit(ExprLit { lit: Lit::Int(number), .. }) => Err(instead("has a suffix", number.base10_digits())),
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) if text.value().parse::<u64>().is_ok() => {
            Err(instead("is a string", text.value()))
        }
        other => Err(wrong_type(other)),
    }
}

fn within(number: u64, most: u64) -> Result<u64> {
    if number <= most { Ok(number) } else { Err(instead("is too large", most)) }
}

/// An error that knows what to write.
fn instead(reason: &str, value: impl Display) -> Error {
    Error::custom(format!("{reason}\n{value}"))
}

fn text(expr: &Expr) -> Result<String> {
    match expr {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Ok(text.value()),
        other => Err(wrong_type(other)),
    }
}

/// A time such as `1ms` or `250 us`.
fn nanoseconds(text: &str) -> Result<u64> {
    let text = text.trim();
    let digits = text.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let number: u64 = number.parse().map_err(|_| Error::custom("does not begin with a whole number"))?;
    let unit = match unit.trim() {
        "ns" => 1,
        "us" | "µs" => 1_000,
        "ms" => 1_000_000,
        "s" => 1_000_000_000,
        "" => return Err(instead("has no unit", format!("\"{number}ms\""))),
        _ => return Err(Error::custom("has an unknown unit")),
    };
    number.checked_mul(unit).ok_or_else(|| Error::custom("is too large"))
}

/// Says what the expression is instead.
fn wrong_type(expr: &Expr) -> Error {
    Error::custom(match expr {
        Expr::Lit(ExprLit { lit: Lit::Str(_), .. }) => "is a string",
        Expr::Lit(ExprLit { lit: Lit::Int(_), .. }) => "is a number",
        Expr::Lit(ExprLit { lit: Lit::Float(_), .. }) => "is a number with a point",
        Expr::Lit(ExprLit { lit: Lit::Bool(_), .. }) => "is yes or no",
        Expr::Lit(ExprLit { lit: Lit::Char(_), .. }) => "is a letter",
        Expr::Unary(unary) if matches!(unary.op, syn::UnOp::Neg(_)) => "is negative",
        Expr::Path(_) => "is a name, and a macro sees names, not what is behind them",
        _ => "is an expression, and a macro computes none",
    })
}
