//! The names that a macro's own tokens have: what they bind, nobody else sees.
//!
//! Within what is transcribed they carry a mark, which is taken off again: of what the macro binds, it becomes a part of the name.

use std::collections::HashSet;

use proc_macro2::{Group, Ident, Literal, Span, TokenStream, TokenTree};
use quote::{ToTokens, format_ident};
use syn::visit::{self, Visit};
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, FieldPat, FieldValue, Lifetime, LitStr, Macro, Member, PatIdent};

use crate::future::macros;
use crate::future::scope::binds;

const MARK: &str = "__zokio_of_macro";

/// A name among the macro's own tokens. Keywords mean the same everywhere.
pub(super) fn marked(name: &Ident, span: Span) -> Ident {
    let text = name.to_string();
    if syn::parse_str::<Ident>(&text).is_err() || text.starts_with("r#") {
        let mut name = name.clone();
        name.set_span(span);
        return name;
    }
    Ident::new(&format!("{text}{MARK}"), span)
}

/// A text among the macro's own tokens: it may be formatted, and capture what the macro binds.
pub(super) fn marked_text(literal: &Literal, span: Span) -> Literal {
    let mut marked = match syn::parse2::<LitStr>(TokenTree::from(literal.clone()).into()) {
        Ok(text) => Literal::string(&(text.value() + MARK)),
        Err(_) => literal.clone(),
    };
    marked.set_span(span);
    marked
}

/// A name without its mark, if it has one.
fn plain(name: &Ident) -> Option<Ident> {
    let text = name.to_string();
    text.strip_suffix(MARK).map(|plain| Ident::new(plain, name.span()))
}

/// Takes the marks off. What is free is given to `free`, which says whether it means the same here.
pub(super) fn unmarked(block: &mut Block, number: usize, free: &dyn Fn(&str) -> bool) -> bool {
    let mut bound = Bound { names: HashSet::new(), labels: HashSet::new() };
    bound.visit_block(block);
    let mut unmark = Unmark { bound, number, free, well: true };
    unmark.visit_block_mut(block);
    unmark.well
}

/// What the macro's own patterns bind, and its labels.
struct Bound {
    names: HashSet<String>,
    labels: HashSet<String>,
}

impl<'ast> Visit<'ast> for Bound {
    fn visit_pat_ident(&mut self, pat: &'ast PatIdent) {
        if let Some(name) = plain(&pat.ident)
            && binds(&PatIdent { ident: name.clone(), ..pat.clone() })
        {
            self.names.insert(name.to_string());
        }
        visit::visit_pat_ident(self, pat);
    }

    fn visit_label(&mut self, label: &'ast syn::Label) {
        if plain(&label.name.ident).is_some() {
            self.labels.insert(label.name.ident.to_string());
        }
    }
}

struct Unmark<'f> {
    bound: Bound,
    number: usize,
    free: &'f dyn Fn(&str) -> bool,
    well: bool,
}

impl Unmark<'_> {
    /// The name that it has from now on, as a local or as anything.
    fn named(&mut self, name: &Ident) -> Option<Ident> {
        let plain = plain(name)?;
        if self.bound.names.contains(&plain.to_string()) {
            return Some(format_ident!("{plain}_{}", self.number, span = name.span()));
        }
        self.well &= (self.free)(&plain.to_string());
        Some(plain)
    }

    /// A text of the macro's own, with the names that what it captures has from now on.
    fn text(&self, text: &LitStr) -> Option<LitStr> {
        let mut value = text.value().strip_suffix(MARK)?.to_owned();
        for name in macros::captured(&value).iter().filter(|name| self.bound.names.contains(*name)) {
            let new = format!("{name}_{}", self.number);
            for (before, after) in [("{", "}"), ("{", ":"), (":", "$"), (".", "$")] {
                value = value.replace(&format!("{before}{name}{after}"), &format!("{before}{new}{after}"));
            }
        }
        Some(LitStr::new(&value, text.span()))
    }

    fn tokens(&mut self, tokens: TokenStream) -> TokenStream {
        let mut dot = false;
        let each = tokens.into_iter().map(|token| match token {
            TokenTree::Group(group) => {
                dot = false;
                let mut new = Group::new(group.delimiter(), self.tokens(group.stream()));
                new.set_span(group.span());
                TokenTree::Group(new)
            }
            TokenTree::Ident(name) => {
                let new = if std::mem::take(&mut dot) { plain(&name) } else { self.named(&name) };
                TokenTree::Ident(new.unwrap_or(name))
            }
            TokenTree::Literal(literal) => {
                dot = false;
                let text = syn::parse2::<LitStr>(TokenTree::from(literal.clone()).into()).ok();
                let new = text.and_then(|text| self.text(&text));
                TokenTree::Literal(new.map_or(literal, |new| new.token()))
            }
            TokenTree::Punct(punct) => {
                dot = punct.as_char() == '.' && !dot;
                TokenTree::Punct(punct)
            }
        });
        each.collect()
    }
}

impl VisitMut for Unmark<'_> {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        match expr {
            Expr::Path(it) if it.qself.is_none() => {
                if let Some(name) = it.path.get_ident()
                    && let Some(new) = self.named(&name.clone())
                {
                    it.path = new.into();
                    return;
                }
            }
            _ => {}
        }
        visit_mut::visit_expr_mut(self, expr);
    }

    fn visit_pat_ident_mut(&mut self, pat: &mut PatIdent) {
        if let Some(new) = self.named(&pat.ident.clone()) {
            pat.ident = new;
        }
        if let Some((_, within)) = &mut pat.subpat {
            self.visit_pat_mut(within);
        }
    }

    fn visit_field_value_mut(&mut self, field: &mut FieldValue) {
        field.colon_token.get_or_insert_default();
        visit_mut::visit_field_value_mut(self, field);
    }

    fn visit_field_pat_mut(&mut self, field: &mut FieldPat) {
        field.colon_token.get_or_insert_default();
        visit_mut::visit_field_pat_mut(self, field);
    }

    fn visit_member_mut(&mut self, member: &mut Member) {
        if let Member::Named(name) = member
            && let Some(new) = plain(name)
        {
            *name = new;
        }
    }

    fn visit_lifetime_mut(&mut self, lifetime: &mut Lifetime) {
        if let Some(name) = plain(&lifetime.ident) {
            let is_label = self.bound.labels.contains(&lifetime.ident.to_string());
            lifetime.ident = if is_label { format_ident!("{name}_{}", self.number) } else { name };
        }
    }

    fn visit_lit_str_mut(&mut self, text: &mut LitStr) {
        if let Some(new) = self.text(text) {
            *text = new;
        }
    }

    fn visit_ident_mut(&mut self, ident: &mut Ident) {
        if let Some(new) = plain(ident) {
            *ident = new;
        }
    }

    /// Of an attribute: no names of locals.
    fn visit_meta_list_mut(&mut self, list: &mut syn::MetaList) {
        self.visit_path_mut(&mut list.path);
        list.tokens = stripped(std::mem::take(&mut list.tokens));
    }

    fn visit_macro_mut(&mut self, mac: &mut Macro) {
        self.visit_path_mut(&mut mac.path);
        mac.tokens = self.tokens(mac.tokens.to_token_stream());
    }
}

fn stripped(tokens: TokenStream) -> TokenStream {
    let each = tokens.into_iter().map(|token| match token {
        TokenTree::Group(group) => {
            let mut new = Group::new(group.delimiter(), stripped(group.stream()));
            new.set_span(group.span());
            TokenTree::Group(new)
        }
        TokenTree::Ident(name) => TokenTree::Ident(plain(&name).unwrap_or(name)),
        TokenTree::Literal(literal) => {
            let text = syn::parse2::<LitStr>(TokenTree::from(literal.clone()).into()).ok();
            let own = text.and_then(|text| Some(Literal::string(text.value().strip_suffix(MARK)?)));
            TokenTree::Literal(own.unwrap_or(literal))
        }
        other => other,
    });
    each.collect()
}
