//! Times: a number and its unit, in a string.

use std::fmt;

use darling::{Error, FromMeta, Result};
use syn::{Expr, ExprLit, Lit};

use super::{bare, instead, text};

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

/// As the attribute would spell it.
impl fmt::Display for Resolution {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(time) = *self;
        let units = [(1_000_000_000, "s"), (1_000_000, "ms"), (1_000, "us")];
        let (unit, name) = units.into_iter().find(|(unit, _)| time.is_multiple_of(*unit)).unwrap_or((1, "ns"));
        write!(f, "{}{name}", time / unit)
    }
}

/// A time such as `1ms` or `250 us`.
fn nanoseconds(text: &str) -> Result<u64> {
    let text = text.trim();
    let digits = text.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let number: u64 = number.parse().map_err(|_| Error::custom("does not begin with a whole number"))?;
    if let Some(fraction) = unit.strip_prefix('.') {
        return Err(not_whole(number, fraction));
    }
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

/// A number with a point. Three digits behind it are a whole number of the next finer unit.
fn not_whole(whole: u64, rest: &str) -> Error {
    const REASON: &str = "has a point, and whole numbers alone are taken";
    let digits = rest.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(rest.len());
    let (fraction, unit) = rest.split_at(digits);
    let finer = match unit.trim() {
        "s" => "ms",
        "ms" => "us",
        "us" | "µs" => "ns",
        _ => return Error::custom(REASON),
    };
    match format!("{whole}{fraction:0<3}").parse::<u64>() {
        Ok(number) if digits <= 3 => instead(REASON, format!("\"{number}{finer}\"")),
        _ => Error::custom(REASON),
    }
}
