//! `impl`s in a body for types and traits outside: those are the whole crate's, wherever they stand. The witness has them, so the machine must not.

use std::collections::HashSet;

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Item, ItemImpl, Stmt};

/// Takes them out.
pub(super) fn leave_out(body: &mut Block) {
    let mut items = Items { names: HashSet::new(), impls: false };
    items.visit_block(body);
    if items.impls {
        Outer(items.names).visit_block_mut(body);
    }
}

/// What a body defines.
struct Items {
    names: HashSet<String>,
    impls: bool,
}

impl<'ast> Visit<'ast> for Items {
    fn visit_item(&mut self, item: &'ast Item) {
        let name = match item {
            Item::Struct(it) => &it.ident,
            Item::Enum(it) => &it.ident,
            Item::Union(it) => &it.ident,
            Item::Trait(it) => &it.ident,
            Item::Type(it) => &it.ident,
            Item::Impl(_) => {
                self.impls = true;
                return;
            }
            other => return visit::visit_item(self, other),
        };
        self.names.insert(name.to_string());
    }
}

struct Outer(HashSet<String>);

impl Outer {
    fn is_outside(&self, it: &ItemImpl) -> bool {
        let traits = it.trait_.iter().map(|(path, _)| path.to_token_stream());
        !traits.chain([it.self_ty.to_token_stream()]).any(|tokens| self.mentions(tokens))
    }

    fn mentions(&self, tokens: TokenStream) -> bool {
        tokens.into_iter().any(|token| match token {
            TokenTree::Group(group) => self.mentions(group.stream()),
            TokenTree::Ident(name) => self.0.contains(&name.to_string()),
            TokenTree::Punct(_) | TokenTree::Literal(_) => false,
        })
    }
}

impl VisitMut for Outer {
    fn visit_block_mut(&mut self, block: &mut Block) {
        block.stmts.retain(|stmt| !matches!(stmt, Stmt::Item(Item::Impl(it)) if self.is_outside(it)));
        visit_mut::visit_block_mut(self, block);
    }
}
