//! Numbers, each with its range.

use darling::{Error, FromMeta, Result};
use syn::{Expr, ExprLit, Lit};

use super::{bare, instead, text, word, wrong_type};

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

/// The most bytes that the future of a task may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TaskSize(pub(crate) u64);

impl FromMeta for TaskSize {
    fn from_expr(expr: &Expr) -> Result<Self> {
        match number(expr)? {
            0 => Err(instead("leaves room for no task", "1024")),
            bytes => within(bytes, 1 << 30).map(Self),
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
