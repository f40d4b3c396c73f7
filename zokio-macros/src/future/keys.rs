//! The keys of `#[async_fn]`.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::parse::{Parse, ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Expr, Lit, LitInt, Token};

use crate::diagnostics::Faults;
use crate::diagnostics::messages::Message;

/// What was said.
#[derive(Debug, Default)]
pub(super) struct Keys {
    /// `machine = rustc`: the compiler's own coroutine.
    pub(super) native: bool,
    /// `max_size`: the most bytes that the future may have.
    pub(super) max_size: Option<LitInt>,
}

struct Pair {
    name: Ident,
    value: Expr,
}

impl Parse for Pair {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let name = input.parse()?;
        input.parse::<Token![=]>()?;
        Ok(Self { name, value: input.parse()? })
    }
}

impl Keys {
    /// Reads the attribute's arguments: all that is wrong is told at once.
    pub(super) fn read(arguments: TokenStream, faults: &mut Faults) -> Self {
        let mut keys = Self::default();
        let pairs = match Punctuated::<Pair, Token![,]>::parse_terminated.parse2(arguments.clone()) {
            Ok(pairs) => pairs,
            Err(_) => {
                faults.add(
                    &arguments,
                    Message::new(
                        "these are no keys",
                        "`#[zokio::async_fn(machine = rustc, max_size = 512)]`, for example",
                    ),
                );
                return keys;
            }
        };
        let mut known: Vec<String> = Vec::new();
        for Pair { name, value } in &pairs {
            if known.contains(&name.to_string()) {
                faults.add(name, Message::new(format!("`{name}` is there twice"), format!("`{name}` once")));
            }
            known.push(name.to_string());
            match (name.to_string().as_str(), value) {
                ("machine", Expr::Path(path)) if path.path.is_ident("rustc") => keys.native = true,
                ("machine", Expr::Path(path)) if path.path.is_ident("explicit") => {}
                ("machine", value) => {
                    let what = format!("`{}` is no machine", quote!(#value));
                    faults.add(value, Message::new(what, "`machine = explicit` or `machine = rustc`"));
                }
                ("max_size", Expr::Lit(lit)) if matches!(&lit.lit, Lit::Int(int) if int.base10_parse::<usize>().is_ok()) => {
                    if let Lit::Int(int) = &lit.lit {
                        keys.max_size = Some(int.clone());
                    }
                }
                ("max_size", value) => {
                    let what = format!("`{}` is no size", quote!(#value));
                    faults.add(value, Message::new(what, "a whole number of bytes: `max_size = 512`"));
                }
                _ => faults.add(
                    name,
                    Message::new(format!("`#[zokio::async_fn]` has no key `{name}`"), "one of them")
                        .because("its keys are `machine` and `max_size`"),
                ),
            }
        }
        keys
    }
}
