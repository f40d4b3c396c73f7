//! Macros whose rules can be seen, in the machine's copy of a body: where they await, leave the body or are given names, they become what
//! they are made of, which is the body's own then. The witness keeps them as they are.
//!
//! Rules are matched and transcribed as in The Rust Reference, "Macros By Example". What is not certain to mean here what it means to the compiler
//! stays a macro.

mod crate_files;
mod definitions;
mod features;
mod hygiene;
mod matching;
mod rules;
mod transcribe;

use std::borrow::Cow;
use std::collections::HashMap;

use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::quote;
use syn::parse::Parser;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, FnArg, Item, Macro, PatIdent, Signature, Stmt};

use self::definitions::{Defined, Definitions};
use super::input::Input;
use super::macros;
use super::pattern::bound;
use super::scope::binds;
use super::selection;
use super::sugar;
use crate::diagnostics::Faults;
use crate::diagnostics::messages::Message;

/// How deep a macro may stand in what others make.
const DEEPEST: usize = 8;

/// Expands what can be expanded.
pub(super) fn visible(input: &mut Input, faults: &mut Faults) {
    let arguments = input.arguments.iter().map(|argument| &argument.name);
    in_block(&mut input.body, arguments, faults);
}

/// What a body is when what can be expanded is, for those who look at it before.
pub(super) fn seen<'b>(body: &'b Block, signature: &Signature) -> Cow<'b, Block> {
    let mut seen = Cow::Borrowed(body);
    if has_others(body) {
        let patterns = signature.inputs.iter().filter_map(|input| match input {
            FnArg::Typed(typed) => Some(&*typed.pat),
            FnArg::Receiver(_) => None,
        });
        let names: Vec<Ident> = patterns.flat_map(|pat| bound(pat).0).collect();
        // What cannot be expanded is told where the machine is made.
        in_block(seen.to_mut(), &names, &mut Faults::default());
    }
    seen
}

/// Whether there is a macro that is not one of everybody's.
fn has_others(body: &Block) -> bool {
    struct Finder(bool);
    impl<'ast> Visit<'ast> for Finder {
        fn visit_macro(&mut self, mac: &'ast Macro) {
            self.0 |= !macros::only_looks(&macros::name(mac));
        }
        fn visit_item(&mut self, _: &'ast Item) {}
    }
    let mut finder = Finder(false);
    finder.visit_block(body);
    finder.0
}

fn in_block<'n>(body: &mut Block, arguments: impl IntoIterator<Item = &'n Ident>, faults: &mut Faults) {
    let mut names = Names { macros: false, binders: HashMap::new() };
    names.visit_block(body);
    if !names.macros {
        return;
    }
    for argument in arguments {
        *names.binders.entry(argument.to_string()).or_default() += 1;
    }
    let definitions = Definitions::of(body);
    let mut expand = Expand { definitions, binders: names.binders, number: 0, depth: 0, faults };
    expand.visit_block_mut(body);
}

/// Whether a macro of this name is one of the crate's own, within this body.
pub(super) fn is_defined(name: &Ident, body: &Block) -> bool {
    Definitions::of(body).named(name, true).is_some()
}

/// Whether there are macros at all, and how often each name is bound.
struct Names {
    macros: bool,
    binders: HashMap<String, usize>,
}

impl<'ast> Visit<'ast> for Names {
    fn visit_macro(&mut self, mac: &'ast Macro) {
        self.macros = true;
        // What branches bind counts too: the visitor borrows for as long as the body, so they are looked at by themselves.
        for branch in selection::branches(mac).iter().flat_map(|selection| &selection.branches) {
            let mut within = Self { macros: false, binders: HashMap::new() };
            branch.pat.iter().for_each(|pat| within.visit_pat(pat));
            within.visit_expr(&branch.handler);
            for (name, count) in within.binders {
                *self.binders.entry(name).or_default() += count;
            }
        }
    }
    fn visit_pat_ident(&mut self, pat: &'ast PatIdent) {
        if binds(pat) {
            *self.binders.entry(pat.ident.to_string()).or_default() += 1;
        }
        visit::visit_pat_ident(self, pat);
    }
    fn visit_item(&mut self, _: &'ast Item) {}
}

struct Expand<'f> {
    definitions: Definitions,
    binders: HashMap<String, usize>,
    /// How many have been expanded.
    number: usize,
    depth: usize,
    faults: &'f mut Faults,
}

impl Expand<'_> {
    /// What a call of a macro stands for.
    fn expanded(&mut self, mac: &Macro) -> Option<Vec<Stmt>> {
        let name = mac.path.get_ident()?;
        // Understood by their syntax, whosever they are.
        if sugar::is_concurrent(mac) {
            return None;
        }
        // One of the file's that is named as one of everybody's looks at its arguments as well, but need not evaluate them.
        let is_known = macros::only_looks(&name.to_string());
        let Defined { rules, in_body } = self.definitions.named(name, !is_known)?;
        if rules.0.iter().any(|rule| matching::is_unknown(&rule.matcher)) {
            return None;
        }
        let (tokens, named) = rules.0.iter().find_map(|rule| {
            let bindings = matching::matched(&rule.matcher, mac.tokens.clone())?;
            let tokens = transcribe::transcribed(&rule.transcriber, &bindings, name.span(), false);
            Some((tokens, rules::takes_names(&rule.matcher)))
        })?;
        let named = named || has_names(mac.tokens.clone());
        let looks = is_known && !macros::awaits(&mac.tokens);
        let tokens = tokens.filter(|tokens| {
            declares(tokens)
                || !looks && (named || leaves(tokens.clone()) || in_body && self.mentions_local(tokens.clone()))
        })?;
        // Where an argument shows that something is awaited, the macro becomes a future of its own, with whatever else it awaits.
        let awaits = macros::awaits(&tokens) && !macros::awaits(&mac.tokens);
        if self.depth == DEEPEST || depends(&tokens) {
            if awaits {
                self.faults.add(&mac.path, unseen(&name.to_string()));
            }
            return None;
        }
        let mut block = block(tokens, name.span())?;
        self.number += 1;
        // A name that is free in a macro of the file's is that of an item; in one of the body's perhaps that of a local, which nothing
        // may have shadowed meanwhile.
        let most = usize::from(in_body);
        let free = |name: &str| self.binders.get(name).is_none_or(|count| *count <= most);
        if !hygiene::unmarked(&mut block, self.number, &free) {
            if awaits {
                self.faults.add(&mac.path, shadowed(&name.to_string()));
            }
            return None;
        }
        self.depth += 1;
        self.visit_block_mut(&mut block);
        self.depth -= 1;
        Some(block.stmts)
    }
}

impl Expand<'_> {
    /// Whether the tokens have the name of a local, perhaps.
    fn mentions_local(&self, tokens: TokenStream) -> bool {
        tokens.into_iter().any(|token| match token {
            TokenTree::Group(group) => self.mentions_local(group.stream()),
            TokenTree::Ident(name) => self.binders.contains_key(&hygiene::text(&name)),
            TokenTree::Punct(_) | TokenTree::Literal(_) => false,
        })
    }
}

fn shadowed(name: &str) -> Message {
    Message::new(
        format!("`{name}!` awaits, and uses a name that is bound anew in this function"),
        "another name for the local, or `#[async_fn(machine = rustc)]`",
    )
    .because("a state machine has to see what the macro awaits, and cannot tell which of both is meant")
}

fn unseen(name: &str) -> Message {
    Message::new(
        format!("`{name}!` awaits, deep within others or beside a `#[cfg(..)]` or `stringify!` of its own"),
        "a function, or `#[async_fn(machine = rustc)]`",
    )
    .because("a state machine has to see what the macro awaits")
}

/// Whether the tokens mean something else elsewhere: under a condition, or as a text. As attributes and macros have it, not as a local of such a name.
fn depends(tokens: &TokenStream) -> bool {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    tokens.iter().enumerate().any(|(index, token)| match token {
        TokenTree::Group(group) => depends(&group.stream()),
        TokenTree::Ident(name) => {
            let name = hygiene::text(name);
            let given =
                tokens.get(index + 1).is_some_and(|next| macros::is(next, '!') || matches!(next, TokenTree::Group(_)));
            given && matches!(name.as_str(), "cfg" | "cfg_attr" | "stringify")
        }
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}

/// Whether one of the arguments is a name, which the macro may move.
fn has_names(tokens: TokenStream) -> bool {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut arguments = tokens.split(|token| macros::is(token, ',') || macros::is(token, ';'));
    arguments.any(|argument| matches!(argument, [TokenTree::Ident(_)]))
}

/// Whether the tokens await or leave, perhaps: others are a value, whatever they are.
fn leaves(tokens: TokenStream) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Group(group) => leaves(group.stream()),
        TokenTree::Ident(name) => ["await", "return", "break", "continue"].iter().any(|keyword| name == *keyword),
        TokenTree::Punct(punct) => punct.as_char() == '?',
        TokenTree::Literal(_) => false,
    })
}

/// Whether the tokens are statements that declare something which lives on behind them.
fn declares(tokens: &TokenStream) -> bool {
    const DECLARE: [&str; 11] =
        ["let", "fn", "struct", "enum", "union", "static", "const", "impl", "trait", "type", "use"];
    tokens.clone().into_iter().any(|token| match token {
        TokenTree::Ident(name) => DECLARE.contains(&hygiene::text(&name).as_str()),
        _ => false,
    })
}

fn block(tokens: TokenStream, span: Span) -> Option<Block> {
    let stmts = Block::parse_within.parse2(tokens).ok()?;
    Some(Block { brace_token: syn::token::Brace(span), stmts })
}

impl Expand<'_> {
    /// Within the branches of a `select!`, which are expressions.
    fn within(&mut self, tokens: TokenStream) -> TokenStream {
        let mut tokens = tokens.into_iter().peekable();
        let mut made = TokenStream::new();
        while let Some(token) = tokens.next() {
            match token {
                TokenTree::Ident(name) if tokens.peek().is_some_and(|next| macros::is(next, '!')) => {
                    let bang = tokens.next();
                    let arguments = tokens.next_if(|next| matches!(next, TokenTree::Group(_)));
                    let call = quote!(#name #bang #arguments);
                    let expanded = syn::parse2(call.clone()).ok().and_then(|mac| self.expanded(&mac));
                    // What it would bind here, others could see.
                    match expanded.filter(|stmts| !stmts.iter().any(|stmt| matches!(stmt, Stmt::Local(_)))) {
                        Some(stmts) => made.extend(quote!(({ #(#stmts)* }))),
                        None => made.extend(call),
                    }
                }
                TokenTree::Group(group) => {
                    let mut new = Group::new(group.delimiter(), self.within(group.stream()));
                    new.set_span(group.span());
                    made.extend([TokenTree::Group(new)]);
                }
                other => made.extend([other]),
            }
        }
        made
    }
}

impl VisitMut for Expand<'_> {
    fn visit_macro_mut(&mut self, mac: &mut Macro) {
        if selection::is_selection(mac) {
            mac.tokens = self.within(std::mem::take(&mut mac.tokens));
        }
    }

    fn visit_block_mut(&mut self, block: &mut Block) {
        let count = block.stmts.len();
        let mut stmts = Vec::with_capacity(count);
        for (index, mut stmt) in std::mem::take(&mut block.stmts).into_iter().enumerate() {
            let made = if let Stmt::Macro(it) = &stmt { self.expanded(&it.mac).zip(Some(it.semi_token)) } else { None };
            let Some((mut made, semicolon)) = made else {
                self.visit_stmt_mut(&mut stmt);
                stmts.push(stmt);
                continue;
            };
            // Its last expression is the block's value only if the macro is.
            let semicolon = semicolon.or_else(|| (index + 1 < count).then(Default::default));
            if let (Some(Stmt::Expr(_, end)), Some(semicolon)) = (made.last_mut(), semicolon) {
                end.get_or_insert(semicolon);
            }
            stmts.append(&mut made);
        }
        block.stmts = stmts;
    }

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        if let Expr::Macro(it) = expr
            && let Some(made) = self.expanded(&it.mac)
            && let [Stmt::Expr(value, _)] = &*made
        {
            let paren_token = syn::token::Paren(it.mac.path.span());
            *expr = Expr::Paren(syn::ExprParen { attrs: Vec::new(), paren_token, expr: Box::new(value.clone()) });
            return;
        }
        visit_mut::visit_expr_mut(self, expr);
    }

    fn visit_item_mut(&mut self, _: &mut Item) {}
}
