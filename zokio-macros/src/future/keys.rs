//! The keys of `#[async_fn]`.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::parse::{Parse, ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Expr, Lit, LitInt, Token};

use super::lint::{Allowed, Names};
use super::part::Part;
use crate::diagnostics::Faults;
use crate::diagnostics::messages::{Message, list};
use crate::diagnostics::nearest::nearest;

/// What was said.
#[derive(Debug, Default)]
pub(super) struct Keys {
    /// `machine = rustc`: the compiler's own coroutine.
    pub(super) native: bool,
    /// `machine = explicit`, said.
    pub(super) explicit: bool,
    /// `max_size`: the most bytes that the future may have.
    pub(super) max_size: Option<LitInt>,
    /// `allow(..)`: the lints that are switched off.
    pub(super) allowed: Allowed,
    /// Hidden: see [`Part`].
    pub(super) part: Option<Part>,
}

enum Key {
    Pair(Ident, Box<Expr>),
    Allow(Ident, Names),
}

impl Parse for Key {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let ahead = input.fork();
        let name: Ident = ahead.parse()?;
        if name == "allow" && ahead.peek(syn::token::Paren) {
            return Ok(Self::Allow(name, input.parse()?));
        }
        input.parse::<Ident>()?;
        if !input.peek(syn::token::Paren) {
            input.parse::<Token![=]>()?;
        }
        Ok(Self::Pair(name, input.parse()?))
    }
}

impl Keys {
    /// Reads the attribute's arguments: all that is wrong is told at once.
    pub(super) fn read(arguments: TokenStream, faults: &mut Faults) -> Self {
        let mut keys = Self::default();
        let said = match Punctuated::<Key, Token![,]>::parse_terminated.parse2(arguments.clone()) {
            Ok(said) => said,
            Err(_) => {
                faults.add(
                    &arguments,
                    Message::new(
                        "these are no keys",
                        "`#[zokio::async_fn(max_size = 512, allow(blocking_call))]`, for example",
                    ),
                );
                return keys;
            }
        };
        let mut known: Vec<String> = Vec::new();
        let mut allow = None;
        for key in &said {
            let (Key::Pair(name, _) | Key::Allow(name, _)) = key;
            if known.contains(&name.to_string()) {
                faults.add(name, Message::new(format!("`{name}` is there twice"), format!("`{name}` once")));
            }
            known.push(name.to_string());
            match key {
                Key::Pair(name, value) => keys.pair(name, value, faults),
                Key::Allow(name, names) => {
                    keys.allowed.add(names, faults);
                    allow = Some(name);
                }
            }
        }
        if let (true, Some(allow)) = (keys.native, allow) {
            faults.add(
                allow,
                Message::new("`allow(..)` does nothing beside `machine = rustc`", "one of the two").because(
                    "what the lints know is the explicit machine; for the compiler's own coroutine there is clippy",
                ),
            );
        }
        keys
    }

    fn pair(&mut self, name: &Ident, value: &Expr, faults: &mut Faults) {
        match (name.to_string().as_str(), value) {
            ("machine", Expr::Path(path)) if path.path.is_ident("rustc") => self.native = true,
            ("machine", Expr::Path(path)) if path.path.is_ident("explicit") => self.explicit = true,
            ("machine", value) => {
                let what = format!("`{}` is no machine", quote!(#value));
                faults.add(value, Message::new(what, "`machine = explicit` or `machine = rustc`"));
            }
            ("max_size", Expr::Lit(lit)) if matches!(&lit.lit, Lit::Int(int) if int.base10_parse::<usize>().is_ok()) => {
                if let Lit::Int(int) = &lit.lit {
                    self.max_size = Some(int.clone());
                }
            }
            ("max_size", value) => {
                let what = format!("`{}` is no size", quote!(#value));
                faults.add(value, Message::new(what, "a whole number of bytes: `max_size = 512`"));
            }
            ("part", value) if Part::read(value).is_some() => self.part = Part::read(value),
            ("allow", value) => {
                let what = format!("`{}` is no list of lints", quote!(#value));
                faults.add(value, Message::new(what, "`allow(blocking_call)`, for example"));
            }
            (unknown, _) => {
                const KEYS: &[&str] = &["machine", "max_size", "allow"];
                let write = match nearest(unknown, KEYS) {
                    Some(near) => format!("`{near}`, which is the nearest"),
                    None => "one of them".to_owned(),
                };
                faults.add(
                    name,
                    Message::new(format!("`#[zokio::async_fn]` has no key `{name}`"), write)
                        .because(format!("its keys are {}", list(KEYS))),
                );
            }
        }
    }
}
