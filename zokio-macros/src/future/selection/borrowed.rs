//! Which `select!` it is, as far as that matters: that of `futures` borrows a branch that is a name, tokio's and Zokio's move it.

use quote::quote;
use syn::{Expr, Macro};

use super::{Branch, Branches};
use crate::future::around;

/// Branches that are names, borrowed where the macro borrows them.
pub(super) fn borrow(mac: &Macro, branches: &mut Branches) {
    let is_name = |branch: &Branch| matches!(branch.future, Some(Expr::Path(_)));
    if !branches.branches.iter().any(is_name) || !is_of_futures(mac, branches) {
        return;
    }
    for branch in branches.branches.iter_mut().filter(|branch| is_name(branch)) {
        if let Some(future) = &mut branch.future {
            *future = syn::parse_quote!(&mut #future);
            branch.head = branch.written();
        }
    }
}

/// By its name, by branches that no other has, by its path, or by what the file imports.
fn is_of_futures(mac: &Macro, branches: &Branches) -> bool {
    let segments = &mac.path.segments;
    let named = |name: &str| segments.last().is_some_and(|last| last.ident == name);
    let branch = |branch: &Branch| branch.future.is_none() && !is_else(branch);
    named("select_biased")
        || branches.branches.iter().any(branch)
        || segments.first().is_some_and(|first| first.ident.to_string().starts_with("futures"))
        || segments.len() == 1 && segments.first().is_some_and(|it| is_imported(it.ident.span()))
}

/// `else`, and neither `complete` nor `default`.
fn is_else(branch: &Branch) -> bool {
    let head = &branch.head;
    quote!(#head).to_string() == "else"
}

/// Whether the file has `select` from `futures`, and from nobody else.
fn is_imported(span: proc_macro2::Span) -> bool {
    around::place(span, |_, text, _| {
        let imports = text.split(';').filter_map(|item| {
            let at = item.rfind("use ")?;
            let path = item[at + 4..].trim_start().trim_start_matches("::");
            let mut words = path.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
            let first = words.next()?.to_owned();
            words.any(|word| word == "select").then_some(first)
        });
        let imports: Vec<String> = imports.collect();
        !imports.is_empty() && imports.iter().all(|first| first.starts_with("futures"))
    })
    .unwrap_or(false)
}
