//! Values: an expression -> what it says. An error's first line completes a sentence that begins with the value; a second
//! line, where there is one, is what to write instead of the value.

mod number;
mod text;
mod time;
mod word;

use std::fmt::Display;

use darling::{Error, Result};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::{Expr, ExprLit, Lit};

pub(crate) use self::number::{BlockingThreads, PowerOfTwo, TaskSize, Workers};
pub(crate) use self::text::{CratePath, ThreadName};
pub(crate) use self::time::Resolution;
pub(crate) use self::word::{Flavor, Io, Memory, ReportTo, Strategy, Switch};

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
