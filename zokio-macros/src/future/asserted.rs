//! Assertions whose messages await: those are evaluated only where the assertion fails, so they stand in a branch.
//!
//! `assert!(c, "{}", f.await)` -> `if c {} else { panic!("{}", f.await) }`

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote};
use syn::{Expr, Macro, parse_quote};

use super::awaits;
use super::macros::{self, Argument, Arguments};

/// What an assertion of std's is whose message awaits.
pub(super) fn branch(mac: &Macro) -> Option<Expr> {
    let name = macros::name(mac);
    let kind = name.strip_prefix("debug_").unwrap_or(&name);
    let said = values(kind).filter(|_| kind.starts_with("assert") && is_of_std(&mac.path))?;
    let Arguments::List(list) = Arguments::of(mac) else { return None };
    let (values, message) = list.split_at_checked(said)?;
    if !message.iter().any(|argument| awaits::expr(&argument.value)) {
        return None;
    }
    let message = written(message);
    let branch: Expr = match values {
        [condition] => {
            let condition = &condition.value;
            parse_quote!(if (#condition) {} else { ::core::panic!(#message) })
        }
        [one, other] => {
            let (one, other) = (&one.value, &other.value);
            let own = |name| format_ident!("__zokio_{name}", span = Span::mixed_site());
            let (left, right) = (own("left"), own("right"));
            let (holds, text) = match kind {
                "assert_eq" => {
                    (quote!(*#left == *#right), "assertion `left == right` failed: {}\n  left: {:?}\n right: {:?}")
                }
                _ => (quote!(*#left != *#right), "assertion `left != right` failed: {}\n  left: {:?}\n right: {:?}"),
            };
            parse_quote!(match (&(#one), &(#other)) {
                (#left, #right) => if #holds {} else { ::core::panic!(#text, ::std::format!(#message), #left, #right) }
            })
        }
        _ => return None,
    };
    Some(if kind == name { branch } else { parse_quote!(if ::core::cfg!(debug_assertions) { #branch }) })
}

/// `ensure!(f.await > 2, "{}", n)` -> `{ let condition = f.await > 2; ensure!(condition, "{}", n) }`: without a message it shows its condition.
pub(super) fn early(mac: &Macro) -> Option<Expr> {
    if macros::name(mac) != "ensure" || is_unknown(mac) {
        return None;
    }
    let Arguments::List(list) = Arguments::of(mac) else { return None };
    let (condition, message) = list.split_first().filter(|(_, message)| !message.is_empty())?;
    if !awaits::expr(&condition.value) {
        return None;
    }
    let (path, condition) = (&mac.path, &condition.value);
    let message = written(message);
    let value = format_ident!("__zokio_condition", span = Span::mixed_site());
    Some(parse_quote!({ let #value = #condition; #path!(#value, #message) }))
}

/// Whether it shows the condition, which awaits: as a text, and the values that are compared.
pub(super) fn shows_what_awaits(mac: &Macro) -> bool {
    let Arguments::List(list) = Arguments::of(mac) else { return false };
    macros::name(mac) == "ensure" && matches!(&*list, [condition] if awaits::expr(&condition.value))
}

/// Whether it is somebody else's whose message awaits: what that makes of it, it alone knows.
pub(super) fn is_unknown(mac: &Macro) -> bool {
    let name = macros::name(mac);
    let Arguments::List(list) = Arguments::of(mac) else { return false };
    let message = values(name.strip_prefix("debug_").unwrap_or(&name)).and_then(|said| list.get(said..));
    message.is_some_and(|message| message.iter().any(|argument| awaits::expr(&argument.value)))
}

/// A message, as it is written.
fn written(message: &[Argument]) -> TokenStream {
    quote!(#(#message),*)
}

/// How many values stand before its message.
fn values(name: &str) -> Option<usize> {
    match name {
        "assert" | "ensure" => Some(1),
        "assert_eq" | "assert_ne" | "ensure_eq" => Some(2),
        _ => None,
    }
}

/// As far as the path says.
fn is_of_std(path: &syn::Path) -> bool {
    path.segments.len() == 1 || path.segments.first().is_some_and(|first| first.ident == "std" || first.ident == "core")
}
