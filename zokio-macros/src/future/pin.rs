//! `pin!` without its sugar: what is pinned is a local like any other, so that it finds a slot, which never moves.

use syn::parse::Parser;
use syn::{Block, Expr, Local, Stmt, parse_quote};

use super::macros;

/// The statement, or the statements that pin.
pub(super) fn unpacked(stmt: Stmt) -> Vec<Stmt> {
    match &stmt {
        Stmt::Local(local) => match local.init.as_ref().map(|init| &*init.expr) {
            Some(Expr::Macro(mac)) if macros::name(&mac.mac) == "pin" => match syn::parse2(mac.mac.tokens.clone()) {
                Ok(value) => pinned(local, &value),
                Err(_) => vec![stmt],
            },
            _ => vec![stmt],
        },
        Stmt::Macro(mac) if matches!(macros::name(&mac.mac).as_str(), "pin" | "pin_mut") => {
            statements(&mac.mac).unwrap_or_else(|| vec![stmt])
        }
        _ => vec![stmt],
    }
}

/// `let P = pin!(value)`.
fn pinned(local: &Local, value: &Expr) -> Vec<Stmt> {
    let pat = &local.pat;
    vec![parse_quote!(let mut __zokio_pinned = #value;), new(pat)]
}

fn new(pat: &syn::Pat) -> Stmt {
    // The machine's own `unsafe`: a slot stays where it is from the first poll on.
    parse_quote!(let #pat = unsafe { ::core::pin::Pin::new_unchecked(&mut __zokio_pinned) };)
}

/// `pin!(a, b);` or `pin! { let a = value; }`.
fn statements(mac: &syn::Macro) -> Option<Vec<Stmt>> {
    let lets = Block::parse_within.parse2(mac.tokens.clone()).ok();
    if let Some(lets) = lets.filter(|lets| lets.iter().all(|stmt| matches!(stmt, Stmt::Local(_)))) {
        let each = lets.iter().filter_map(|stmt| match stmt {
            Stmt::Local(local) => Some(pinned(local, local.init.as_ref().map(|init| &*init.expr)?)),
            _ => None,
        });
        return Some(each.flatten().map(mutable).collect());
    }
    let names =
        syn::punctuated::Punctuated::<syn::Ident, syn::Token![,]>::parse_terminated.parse2(mac.tokens.clone()).ok()?;
    Some(
        names
            .iter()
            .flat_map(|name| [parse_quote!(let mut __zokio_pinned = #name;), new(&parse_quote!(mut #name))])
            .collect(),
    )
}

/// The macro's own bindings may be polled: they are mutable.
fn mutable(mut stmt: Stmt) -> Stmt {
    if let Stmt::Local(Local { pat: syn::Pat::Ident(pat), .. }) = &mut stmt {
        pat.mutability = Some(Default::default());
    }
    stmt
}
