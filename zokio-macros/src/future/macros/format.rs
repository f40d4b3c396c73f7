//! The format strings of macros, and what those capture.

use proc_macro2::Ident;
use syn::{Expr, Macro};

use super::{Argument, Arguments, name};

/// The format string among the arguments.
pub(crate) fn format_string(list: &[Argument], from: usize) -> Option<syn::LitStr> {
    list.iter().skip(from).find_map(|argument| match &argument.value {
        Expr::Lit(lit) if argument.is_text() => match &lit.lit {
            syn::Lit::Str(text) => Some(text.clone()),
            _ => None,
        },
        _ => None,
    })
}

/// The names that a macro's format string captures.
pub(crate) fn captured_names(mac: &Macro) -> Option<Vec<Ident>> {
    let from = format_index(&name(mac))?;
    let Arguments::List(list) = Arguments::of(mac) else { return None };
    let text = format_string(&list, from)?;
    let named = |name: &str| list.iter().any(|argument| argument.name.as_ref().is_some_and(|known| known == name));
    let names = captured(&text.value());
    Some(names.iter().filter(|name| !named(name)).map(|name| Ident::new(name, text.span())).collect())
}

/// Where the format string of a macro is at the earliest.
pub(crate) fn format_index(name: &str) -> Option<usize> {
    Some(match name {
        "format" | "print" | "println" | "eprint" | "eprintln" | "panic" | "todo" | "unreachable" | "unimplemented"
        | "format_args" | "bail" | "anyhow" | "eyre" | "trace" | "debug" | "info" | "warn" | "error" => 0,
        "write" | "writeln" | "assert" | "debug_assert" | "ensure" | "log" | "event" => 1,
        "assert_eq" | "assert_ne" | "debug_assert_eq" | "debug_assert_ne" => 2,
        _ => return None,
    })
}

/// The names that a format string captures.
pub(crate) fn captured(format: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut rest = format;
    while let Some(open) = rest.find('{') {
        rest = &rest[open + 1..];
        if let Some(escaped) = rest.strip_prefix('{') {
            rest = escaped;
            continue;
        }
        let Some(close) = rest.find('}') else { break };
        let (argument, options) = rest[..close].split_once(':').unwrap_or((&rest[..close], ""));
        let width = options.split(['.', '<', '>', '^', '#', '+']).filter_map(|part| part.strip_suffix('$'));
        for name in std::iter::once(argument.trim()).chain(width) {
            let is_name = name.starts_with(|first: char| first.is_alphabetic() || first == '_') && !name.contains('#');
            let is_name = is_name && (name == "self" || syn::parse_str::<Ident>(name).is_ok());
            if is_name && !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        }
        rest = &rest[close..];
    }
    names
}
