//! What format strings capture that unknown macros are given: within a text no name can be replaced by a place, so the local gets
//! a reference of its name beside the macro.
//!
//! `m!("{n}")` -> `{ let n = &n; m!("{n}") }`

use std::collections::HashSet;

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, Item, Macro, Stmt, parse_quote};

use super::input::Argument;
use super::macros::{self, Arguments};

/// Names what is captured, in all of a body: as far as it has the name of something that is bound.
pub(super) fn name(block: &mut Block, arguments: &[Argument]) {
    let mut bound = Bound(arguments.iter().map(|argument| argument.name.to_string()).collect());
    bound.visit_block(block);
    Captured { bound: bound.0 }.visit_block_mut(block);
}

struct Bound(HashSet<String>);

impl<'ast> Visit<'ast> for Bound {
    fn visit_pat_ident(&mut self, pat: &'ast syn::PatIdent) {
        self.0.insert(pat.ident.to_string());
        visit::visit_pat_ident(self, pat);
    }
}

struct Captured {
    bound: HashSet<String>,
}

impl VisitMut for Captured {
    fn visit_stmt_mut(&mut self, stmt: &mut Stmt) {
        if let Stmt::Macro(it) = stmt
            && let Some(block) = self.named(&it.mac)
        {
            *stmt = Stmt::Expr(block, it.semi_token);
            return;
        }
        visit_mut::visit_stmt_mut(self, stmt);
    }

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        match expr {
            Expr::Macro(it) => match self.named(&it.mac) {
                Some(block) => *expr = block,
                None => self.visit_macro_mut(&mut it.mac),
            },
            _ => visit_mut::visit_expr_mut(self, expr),
        }
    }

    /// Where its arguments are expressions.
    fn visit_macro_mut(&mut self, mac: &mut Macro) {
        if macros::is_inline(&macros::name(mac)) {
            let mut arguments = Arguments::of(mac);
            if let Arguments::Tokens(_) = arguments {
                return;
            }
            arguments.expressions().into_iter().for_each(|argument| self.visit_expr_mut(argument));
            mac.tokens = arguments.to_token_stream();
        }
    }

    fn visit_item_mut(&mut self, _: &mut Item) {}
}

impl Captured {
    fn named(&self, mac: &Macro) -> Option<Expr> {
        let name = macros::name(mac);
        if macros::only_looks(&name) && !macros::may_be_own(mac)
            || macros::makes_value(&name)
            || macros::is_other_body(&name)
            || macros::awaits_in(mac)
        {
            return None;
        }
        let mut names = captured(&mac.tokens);
        names.retain(|name| self.bound.contains(&name.to_string()));
        (!names.is_empty()).then(|| parse_quote!({ #(let #names = &#names;)* #mac }))
    }
}

/// The names that texts among the arguments capture, where those are formatted.
fn captured(tokens: &TokenStream) -> Vec<Ident> {
    let mut names = Vec::new();
    for token in tokens.clone() {
        let TokenTree::Literal(text) = token else { continue };
        let Ok(syn::Lit::Str(text)) = syn::parse2(text.into_token_stream()) else { continue };
        for name in macros::captured(&text.value()) {
            let is_local = name.starts_with(|first: char| first.is_lowercase() || first == '_') && name != "self";
            let name = Ident::new(&name, text.span());
            if is_local && !names.contains(&name) && !is_named(tokens, &name) {
                names.push(name);
            }
        }
    }
    names
}

/// Whether the name is that of an argument, `name = ..`, or of one that the macro has as a name.
fn is_named(tokens: &TokenStream, name: &Ident) -> bool {
    tokens.clone().into_iter().any(|token| matches!(token, TokenTree::Ident(ident) if ident == *name))
}
