//! `join!` and `try_join!` of Zokio, where the macro's path says that they are: what they await is a future of ours, which is held as any other
//! is. As an `async` block around the macro, it would be held twice, as a capture and as a branch.
//!
//! Those of tokio begin with another branch at each poll, and a name without a path may be theirs.

use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::{Expr, Macro, Stmt, Token, parse_quote, parse_quote_spanned};

use quote::format_ident;
use syn::spanned::Spanned;

/// The most branches that there is a future for.
const MOST: usize = 8;

/// The future that such a macro awaits.
pub(super) fn future(mac: &Macro) -> Option<Expr> {
    let segments = &mac.path.segments;
    if segments.len() != 2 || segments[0].ident != "zokio" {
        return None;
    }
    let branches = branches.parse2(mac.tokens.clone()).ok()?;
    if branches.is_empty() || branches.len() > MOST {
        return None;
    }
    let mut path = mac.path.clone();
    let last = path.segments.pop()?.ident;
    let name = format_ident!("{last}{}", branches.len(), span = last.span());
    path.segments.push(parse_quote!(macros));
    path.segments.push(name.into());
    // The temporaries of a branch end before any is polled.
    let branches = branches.iter().map(|branch| -> Expr {
        parse_quote_spanned!(branch.span()=> { let __zokio_branch = #branch; __zokio_branch })
    });
    Some(parse_quote_spanned!(mac.path.span()=> #path(#(#branches),*)))
}

/// Of another's macro, its branches as far as a method is given a closure there: they are made ahead, where it can be asked what the method does with what it
/// is called on.
pub(super) fn ahead(mac: &Macro) -> Option<Expr> {
    let mut branches = Punctuated::<Expr, Token![,]>::parse_terminated.parse2(mac.tokens.clone()).ok()?;
    let last = branches.iter().rposition(is_given_a_closure)?;
    let mut ahead: Vec<Stmt> = Vec::new();
    for (index, branch) in branches.iter_mut().take(last + 1).enumerate() {
        let name = format_ident!("__zokio_branch_{index}");
        ahead.push(parse_quote_spanned!(branch.span()=> let #name = #branch;));
        *branch = parse_quote!(#name);
    }
    let path = &mac.path;
    Some(parse_quote_spanned!(mac.path.span()=> { #(#ahead)* async { #path!(#branches) }.await }))
}

/// Whether it is a chain of calls of which one is given a closure, and that begins with a name.
fn is_given_a_closure(branch: &Expr) -> bool {
    let (mut of, mut given) = (branch, false);
    while let Expr::MethodCall(call) = of {
        given |= call.args.iter().any(|argument| matches!(argument, Expr::Closure(_)));
        of = &call.receiver;
    }
    given && matches!(of, Expr::Path(_))
}

fn branches(input: syn::parse::ParseStream<'_>) -> syn::Result<Vec<Expr>> {
    if input.peek(syn::Ident) && input.peek2(Token![;]) {
        let word: syn::Ident = input.parse()?;
        if word != "biased" {
            return Err(input.error("no list of futures"));
        }
        input.parse::<Token![;]>()?;
    }
    Ok(Punctuated::<Expr, Token![,]>::parse_terminated(input)?.into_iter().collect())
}

/// The name of the macro that was written where such a future is awaited, and the macro.
pub(super) fn written(expr: &Expr) -> Option<(String, Expr)> {
    let Expr::Call(call) = expr else { return None };
    let Expr::Path(path) = &*call.func else { return None };
    let [krate, macros, function] = &*path.path.segments.iter().collect::<Vec<_>>() else { return None };
    if krate.ident != "zokio" || macros.ident != "macros" {
        return None;
    }
    let name = function.ident.to_string().trim_end_matches(|digit: char| digit.is_ascii_digit()).to_owned();
    let branches: Option<Vec<&Expr>> = call.args.iter().map(branch).collect();
    let (macro_name, branches) = (format_ident!("{name}"), branches?);
    Some((name, parse_quote!(#krate::#macro_name!(#(#branches),*))))
}

fn branch(argument: &Expr) -> Option<&Expr> {
    let Expr::Block(it) = argument else { return None };
    match it.block.stmts.first() {
        Some(Stmt::Local(local)) => local.init.as_ref().map(|init| &*init.expr),
        _ => None,
    }
}
