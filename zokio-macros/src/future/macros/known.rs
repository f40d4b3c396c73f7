//! What is known of macros by their names.

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use syn::{Macro, Path};

use super::{awaits_in, format_index, is, name};
use crate::future::local::Locals;

/// Whether the macro is one of tracing's, whose arguments are fields.
pub(crate) fn has_fields(name: &str) -> bool {
    matches!(name, "trace" | "debug" | "info" | "warn" | "error" | "event") || is_span(name)
}

/// Whether the macro makes a span: its text is its name, and comes first.
pub(crate) fn is_span(name: &str) -> bool {
    name == "span" || name.ends_with("_span")
}

/// Whether the macro is named as one for logging, and may be one of the crate's: that makes of its arguments what it likes, but hardly anything of one
/// with a name. So what its text captures stands beside it, unless it awaits.
pub(crate) fn may_be_own(mac: &Macro) -> bool {
    let name = name(mac);
    has_fields(&name) && !is_span(&name) && mac.path.get_ident().is_some() && !awaits_in(mac)
}

/// Whether the macro is a block, at whose end the temporaries of its arguments are dropped.
pub(crate) fn ends_temporaries(name: &str) -> bool {
    matches!(name, "format" | "print" | "println" | "eprint" | "eprintln")
}

/// Whether the macro evaluates its arguments where it stands.
pub(crate) fn is_inline(name: &str) -> bool {
    format_index(name).is_some()
        || matches!(
            name,
            "vec"
                | "dbg"
                | "matches"
                | "concat"
                | "assert"
                | "debug_assert"
                | "span"
                | "json"
                | "doc"
                | "bson"
                | "rawdoc"
                | "rawbson"
        )
}

/// Whether it is known what the macro does with its arguments, where it stands: std's, those for logging, those that await.
pub(crate) fn only_looks(name: &str) -> bool {
    is_inline(name)
        || is_fallible(name)
        || matches!(name, "join" | "try_join" | "select" | "select_biased" | "pin")
        || name.ends_with("_span")
}

/// Whether there is a macro of which nobody knows what it makes of its arguments.
pub(crate) fn has_unknown(tokens: TokenStream) -> bool {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    tokens.iter().enumerate().any(|(index, token)| match token {
        TokenTree::Group(group) => has_unknown(group.stream()),
        TokenTree::Ident(name) => {
            let called = tokens.get(index + 1).is_some_and(|token| is(token, '!'));
            called && matches!(tokens.get(index + 2), Some(TokenTree::Group(_))) && !only_looks(&name.to_string())
        }
        _ => false,
    })
}

/// Whether what stands in the macro belongs to a future or stream of its own.
pub(crate) fn is_other_body(name: &str) -> bool {
    matches!(name, "stream" | "try_stream" | "async_block" | "async_stream" | "async_try_stream")
}

/// Whether the macro returns an error from the function that it is in: anyhow's and eyre's, and those that are named after them.
pub(crate) fn is_fallible(name: &str) -> bool {
    matches!(name, "bail" | "ensure" | "ensure_eq")
}

/// Whether the macro may return from the function that it is in, as far as a macro can be judged by its name and arguments: not one
/// that makes a value by its nature, nor one that may declare a local.
pub(crate) fn may_return(mac: &Macro) -> bool {
    let name = name(mac);
    is_fallible(&name)
        || !makes_value(&name) && !only_looks(&name) && !is_other_body(&name) && !may_declare(&mac.tokens)
}

/// Whether the macro makes items: std's, and those of well-known crates.
pub(crate) fn makes_items(name: &str) -> bool {
    matches!(
        name,
        "thread_local"
            | "lazy_static"
            | "task_local"
            | "scoped_thread_local"
            | "bitflags"
            | "pin_project"
            | "quick_error"
            | "const_assert"
            | "const_assert_eq"
            | "const_assert_ne"
            | "assert_impl_all"
            | "assert_impl_any"
            | "assert_not_impl_all"
            | "assert_not_impl_any"
            | "assert_obj_safe"
    )
}

/// Whether the macro is one of well-known crates that bind a guard, which acts where the block ends.
pub(crate) fn binds_a_guard(name: &str) -> bool {
    matches!(
        name,
        "defer"
            | "defer_on_success"
            | "defer_on_unwind"
            | "profile_scope"
            | "profile_function"
            | "profile_scope_if"
            | "function_scope"
            | "trace_scope"
    )
}

/// Whether the macro makes a value by its nature.
pub(crate) fn makes_value(name: &str) -> bool {
    matches!(
        name,
        "env"
            | "option_env"
            | "include_str"
            | "include_bytes"
            | "concat"
            | "stringify"
            | "line"
            | "file"
            | "column"
            | "module_path"
            | "cfg"
            | "quote"
            | "parse_quote"
            | "format_ident"
            | "query"
            | "query_as"
            | "query_scalar"
            | "offset_of"
            | "hashmap"
            | "hashset"
            | "btreemap"
            | "smallvec"
            | "anyhow"
            | "eyre"
    )
}

/// Whether a name stands among the tokens that may be one that the macro declares.
fn may_declare(tokens: &TokenStream) -> bool {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    tokens.iter().enumerate().any(|(index, token)| match token {
        // Of another macro, what it declares is its own.
        TokenTree::Group(_) if index > 0 && is(&tokens[index - 1], '!') => false,
        TokenTree::Group(group) => may_declare(&group.stream()),
        TokenTree::Ident(ident) => {
            let text = ident.to_string();
            let path = |offset: usize| tokens.get(index + offset).is_some_and(|token| is(token, ':') || is(token, '!'));
            let called = matches!(tokens.get(index + 1), Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis);
            let member = index > 0 && (is(&tokens[index - 1], '.') || is(&tokens[index - 1], ':'));
            let lower = text.starts_with(|first: char| first.is_lowercase() || first == '_');
            lower && !Locals::is_numbered(ident) && !path(1) && !called && !member && syn::parse_str::<Ident>(&text).is_ok()
        }
        _ => false,
    })
}

/// Whether what stands behind the macro is not reached, as its path tells.
pub(crate) fn diverges(path: &Path) -> bool {
    is_well_known(path)
        && path.segments.last().is_some_and(|last| {
            matches!(last.ident.to_string().as_str(), "panic" | "unreachable" | "todo" | "unimplemented" | "bail")
        })
}

/// Whether a macro is named alone, or by the path of a crate whose macros are known.
pub(super) fn is_well_known(path: &Path) -> bool {
    const CRATES: [&str; 10] =
        ["std", "core", "alloc", "zokio", "tokio", "futures", "futures_util", "anyhow", "eyre", "tokio_util"];
    path.segments.len() == 1 || path.segments.first().is_some_and(|first| CRATES.iter().any(|it| first.ident == it))
}

/// Whether the macro uses its arguments by value.
pub(crate) fn takes_values(name: &str) -> bool {
    matches!(name, "vec" | "dbg" | "join" | "try_join")
}
