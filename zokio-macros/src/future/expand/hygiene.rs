//! The names that a macro's own tokens have: what they bind, nobody else sees.
//!
//! Within what is transcribed they carry a mark, which is taken off again: of what the macro binds, it becomes a part of the name.

use std::collections::HashSet;

use proc_macro2::{Delimiter, Group, Ident, Literal, Span, TokenStream, TokenTree};
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

/// A name, with or without its mark.
pub(super) fn text(name: &Ident) -> String {
    plain(name).unwrap_or_else(|| name.clone()).to_string()
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
    /// The name that something of the macro's own has from now on: nobody else has such.
    fn own(&self, name: &Ident) -> Ident {
        format_ident!("__macro_{}_{name}", self.number, span = name.span())
    }

    /// The name that it has from now on, as a local or as anything.
    fn named(&mut self, name: &Ident) -> Option<Ident> {
        let plain = plain(name)?;
        if self.bound.names.contains(&plain.to_string()) {
            return Some(self.own(&plain));
        }
        self.well &= (self.free)(&plain.to_string());
        Some(plain)
    }

    /// A text of the macro's own; where it is `formatted`, with the names that what it captures has from now on.
    fn text(&self, text: &LitStr, formatted: bool) -> Option<LitStr> {
        let mut value = text.value().strip_suffix(MARK)?.to_owned();
        if formatted {
            for name in macros::captured(&value).iter().filter(|name| self.bound.names.contains(*name)) {
                let new = self.own(&Ident::new(name, text.span())).to_string();
                value = renamed(&value, name, &new);
            }
        }
        Some(LitStr::new(&value, text.span()))
    }

    fn tokens(&mut self, tokens: TokenStream, formatted: bool) -> TokenStream {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        self.well &= !tokens.windows(2).any(|pair| self.is_unclear(pair));
        let mut dot = false;
        let each = tokens.into_iter().map(|token| match token {
            TokenTree::Group(group) => {
                dot = false;
                let mut new = Group::new(group.delimiter(), self.tokens(group.stream(), false));
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
                let new = text.and_then(|text| self.text(&text, formatted));
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

impl Unmark<'_> {
    /// Whether a name that the macro binds stands among tokens where it may mean something else: called, a field, or a label.
    fn is_unclear(&self, pair: &[TokenTree]) -> bool {
        let is_bound = |token: &TokenTree| match token {
            TokenTree::Ident(name) => plain(name).is_some_and(|name| self.bound.names.contains(&name.to_string())),
            _ => false,
        };
        match pair {
            [name, TokenTree::Group(group)] if group.delimiter() == Delimiter::Parenthesis => is_bound(name),
            [name, TokenTree::Punct(punct)] if punct.as_char() == ':' => is_bound(name),
            [TokenTree::Punct(punct), TokenTree::Ident(name)] if punct.as_char() == '\'' => {
                self.bound.labels.contains(&name.to_string())
            }
            _ => false,
        }
    }
}

impl VisitMut for Unmark<'_> {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        match expr {
            // A function perhaps, if it is bound only here.
            Expr::Call(it) => {
                if let Expr::Path(path) = &*it.func
                    && let Some(name) = path.path.get_ident().and_then(plain)
                {
                    self.well &= !self.bound.names.contains(&name.to_string());
                }
            }
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
            lifetime.ident = if is_label { self.own(&name) } else { name };
        }
    }

    fn visit_lit_str_mut(&mut self, text: &mut LitStr) {
        if let Some(new) = self.text(text, false) {
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
        let formatted = macros::format_index(&macros::name(mac)).is_some();
        mac.tokens = self.tokens(mac.tokens.to_token_stream(), formatted);
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

/// A format with another name for what it captures: not within `{{`.
fn renamed(format: &str, name: &str, new: &str) -> String {
    let mut made = String::new();
    let mut rest = format;
    while let Some(open) = rest.find('{') {
        made.push_str(&rest[..=open]);
        rest = &rest[open + 1..];
        if let Some(escaped) = rest.strip_prefix('{') {
            made.push('{');
            rest = escaped;
            continue;
        }
        let Some(close) = rest.find('}') else { break };
        let (argument, options) = rest[..close].split_once(':').map_or((&rest[..close], None), |(a, b)| (a, Some(b)));
        made.push_str(if argument.trim() == name { new } else { argument });
        if let Some(options) = options {
            let width = format!("{name}$");
            let at_begin = options.find(&width).filter(|at| {
                options[..*at].chars().next_back().is_none_or(|before| !before.is_alphanumeric() && before != '_')
            });
            made.push(':');
            match at_begin {
                Some(at) => made.push_str(&format!("{}{new}${}", &options[..at], &options[at + width.len()..])),
                None => made.push_str(options),
            }
        }
        rest = &rest[close..];
    }
    made + rest
}
