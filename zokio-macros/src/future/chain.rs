//! `if let P = a && b.await { .. } else { .. }` -> nested `if`s that say whether all matched: a chain of `let`s of which a link behind the first awaits.

use syn::{Expr, ExprIf, parse_quote};

use super::awaits;
use super::order::has_let;

/// The decision, if one is needed.
pub(super) fn unchained(it: &ExprIf) -> Option<Expr> {
    let mut links = Vec::new();
    links_of(&it.cond, &mut links);
    if !links.iter().any(|link| has_let(link)) || !links.iter().skip(1).any(|link| awaits::expr(link)) {
        return None;
    }
    let then = &it.then_branch;
    let taken: Expr = parse_quote!({ ::core::option::Option::Some(#then) });
    let nested = links
        .iter()
        .rev()
        .fold(taken, |inner, link| parse_quote!({ if #link #inner else { ::core::option::Option::None } }));
    let otherwise = it.else_branch.as_ref().map_or_else(|| parse_quote!(()), |(_, otherwise)| (**otherwise).clone());
    Some(parse_quote!(match #nested {
        ::core::option::Option::Some(__zokio_value) => __zokio_value,
        ::core::option::Option::None => #otherwise,
    }))
}

fn links_of<'e>(cond: &'e Expr, found: &mut Vec<&'e Expr>) {
    match cond {
        Expr::Binary(it) if matches!(it.op, syn::BinOp::And(_)) => {
            links_of(&it.left, found);
            links_of(&it.right, found);
        }
        link => found.push(link),
    }
}
