//! A body without sugar: loops that await become `loop`, macros that await become awaits.

use proc_macro2::{Ident, Span};
use quote::{ToTokens, quote_spanned};
use syn::spanned::Spanned;
use syn::visit::Visit;
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, Item, Local, Macro, Pat, Stmt, parse_quote, parse_quote_spanned};

use super::input::Input;
use super::order::{has_let, is_place};
use super::passage::{self, Around};
use super::pattern::{bound, plain};
use super::{
    asserted, awaits, captured, chain, destructure, extended, macros, pin, recursion, selection, shown, split,
    terminating, together,
};
use crate::diagnostics::Faults;
use crate::diagnostics::messages::Message;

/// Rewrites the body of a function.
pub(crate) fn remove(block: &mut Block, input: &Input, split: bool, faults: &mut Faults) {
    shown::tell(block);
    captured::name(block, &input.arguments);
    Sugar { input, split, around: Around::NoLoop, faults }.visit_block_mut(block);
}

struct Sugar<'f> {
    input: &'f Input,
    /// See [`split`].
    split: bool,
    /// The loop around.
    around: Around,
    faults: &'f mut Faults,
}

impl VisitMut for Sugar<'_> {
    fn visit_block_mut(&mut self, block: &mut Block) {
        for (index, stmt) in block.stmts.iter().enumerate() {
            if let Stmt::Macro(it) = stmt
                && macros::binds_a_guard(&macros::name(&it.mac))
                && block.stmts[index + 1..].iter().any(awaits::stmt)
            {
                self.faults.add(&it.mac.path, hidden_guard(&it.mac));
            }
        }
        if waits(block) {
            let stmts = std::mem::take(&mut block.stmts).into_iter();
            block.stmts = stmts.flat_map(pin::unpacked).flat_map(extended::unpacked).collect();
        }
        visit_mut::visit_block_mut(self, block);
    }

    fn visit_stmt_mut(&mut self, stmt: &mut Stmt) {
        // A macro that awaits is an expression.
        if let Stmt::Macro(mac) = stmt
            && (is_concurrent(&mac.mac) || macros::awaits_in(&mac.mac))
        {
            let expr = Expr::Macro(syn::ExprMacro { attrs: std::mem::take(&mut mac.attrs), mac: mac.mac.clone() });
            // Without a semicolon it is the block's value, or has none.
            *stmt = Stmt::Expr(expr, mac.semi_token);
        }
        visit_mut::visit_stmt_mut(self, stmt);
    }

    fn visit_local_mut(&mut self, local: &mut Local) {
        visit_mut::visit_local_mut(self, local);
        let Some(init) = &mut local.init else { return };
        let Some((_, otherwise)) = &init.diverge else { return };
        if !awaits::expr(otherwise) {
            return;
        }
        // `let P = e else { .. }` -> `let (a, b) = if let P = e { (a, b) } else { .. }`
        let (names, mutable) = bound(&local.pat);
        let (pat, value) = (plain(written(&local.pat)), &init.expr);
        // Coerced to the type that is written, if there is one. What is matched where it is has that type.
        let value = match &local.pat {
            Pat::Type(it) if !is_place(value) => {
                let ty = &it.ty;
                parse_quote!(::core::convert::identity::<#ty>(#value))
            }
            _ => value.clone(),
        };
        // Its temporaries end in front of the `else`.
        *init.expr = terminating::marked(parse_quote!(if let #pat = #value { (#(#names,)*) } else #otherwise));
        init.diverge = None;
        local.pat = parse_quote!((#(#mutable #names,)*));
    }

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        match expr {
            Expr::Async(_) | Expr::Closure(_) | Expr::Const(_) => return,
            Expr::Macro(mac) => {
                if let Some(mut new) = self.concurrent(&mac.mac) {
                    shown::tell_within(&mut new);
                    *expr = new;
                } else if let Some(mut branch) = asserted::branch(&mac.mac) {
                    self.visit_expr_mut(&mut branch);
                    *expr = branch;
                } else if let Some(mut early) = asserted::early(&mac.mac) {
                    self.visit_expr_mut(&mut early);
                    *expr = early;
                } else if asserted::shows_what_awaits(&mac.mac) {
                    self.faults.add(&mac.mac.path, shown_condition(&mac.mac));
                } else if asserted::is_unknown(&mac.mac) {
                    self.faults.add(&mac.mac.path, said_lazily(&mac.mac));
                } else if macros::awaits_in(&mac.mac) {
                    let mut arguments = macros::Arguments::of(&mac.mac);
                    if !macros::is_inline(&macros::name(&mac.mac)) {
                        // Whatever it makes of its arguments, it awaits within a future of its own.
                        let mac = &mac.mac;
                        let makes_value = macros::makes_value(&macros::name(mac));
                        *expr = if makes_value || self.input.output.to_string() == "_" {
                            // Of a type that no `return` and no `?` of the macro's has: they would be the block's.
                            let z = &self.input.krate;
                            parse_quote_spanned!(mac.path.span()=> async {
                                if false { return #z::not_returned(#z::any()); }
                                #z::not_returned(#mac)
                            }.await.value())
                        } else {
                            passage::enclosed(mac, self.input, self.around)
                        };
                    } else if let macros::Arguments::Tokens(_) = arguments {
                        self.faults.add(&mac.mac.path, hidden(&mac.mac));
                    } else {
                        arguments.expressions().into_iter().for_each(|argument| self.visit_expr_mut(argument));
                        mac.mac.tokens = arguments.to_token_stream();
                        if macros::ends_temporaries(&macros::name(&mac.mac)) {
                            *expr = terminating::marked(parse_quote!({ #mac }));
                        }
                    }
                    return;
                } else {
                    return;
                }
            }
            Expr::Match(it) => {
                for arm in &it.arms {
                    if let Pat::Guard(guard) = &arm.pat
                        && has_let(&guard.guard)
                        && awaits::expr(&arm.body)
                    {
                        self.faults.add(&guard.guard, kept_by_a_guard());
                    }
                }
            }
            Expr::Assign(it) => {
                if let Some(assignments) = destructure::assigned(it) {
                    *expr = assignments;
                }
            }
            _ => {}
        }
        let around = self.around;
        match expr {
            Expr::Loop(it) => self.around = Around::of_loop(&it.body),
            Expr::While(_) => self.around = Around::Loop,
            _ => {}
        }
        if let Expr::ForLoop(it) = expr {
            // What it goes through stands outside of the loop.
            self.visit_expr_mut(&mut it.expr);
            self.around = Around::Loop;
            self.visit_block_mut(&mut it.body);
        } else {
            visit_mut::visit_expr_mut(self, expr);
        }
        self.around = around;
        match expr {
            Expr::Match(it) if self.split => split::arms(it),
            Expr::If(it) if self.split => split::branch(it),
            _ => {}
        }
        if !awaits::expr(expr) {
            return;
        }
        match expr {
            Expr::While(it) => *expr = while_loop(it.clone()),
            Expr::Await(it) => {
                if let Some(hidden) = recursion::hidden(it, &self.input.name, &self.input.krate) {
                    *expr = hidden;
                }
            }
            Expr::If(it) => {
                if let Some(block) = chain::unchained(it) {
                    *expr = block;
                }
            }
            Expr::ForLoop(it) if awaits::block(&it.body) => *expr = for_loop(it.clone()),
            _ => {}
        }
    }

    fn visit_item_mut(&mut self, _: &mut Item) {}
}

/// `while c { .. }` -> `loop { if c { .. } else { break } }`. The body is put where it belongs, not parsed again.
fn while_loop(it: syn::ExprWhile) -> Expr {
    let decision = syn::ExprIf {
        attrs: Vec::new(),
        if_token: Default::default(),
        cond: it.cond,
        then_branch: it.body,
        else_branch: Some((Default::default(), parse_quote!({ break }))),
    };
    let decision = chain::unchained(&decision).unwrap_or(Expr::If(decision));
    forever(it.label, decision)
}

/// The name of what a `for` goes through.
pub(super) const ITERATOR: &str = "__zokio_iterator";

/// `for p in i { .. }` -> `match into_iter(i) { mut iterator => loop { match next(&mut iterator) { None => break, Some(p) => .. } } }`
fn for_loop(it: syn::ExprForLoop) -> Expr {
    let span = it.expr.span();
    let (into_iter, next) = (
        quote_spanned!(span=> ::core::iter::IntoIterator::into_iter),
        quote_spanned!(span=> ::core::iter::Iterator::next),
    );
    let (iterable, pat, iterator) = (&it.expr, &it.pat, Ident::new(ITERATOR, Span::call_site()));
    let mut step: syn::ExprMatch = parse_quote!(match #next(&mut #iterator) {
        ::core::option::Option::None => break,
        ::core::option::Option::Some(#pat) => {}
    });
    *step.arms[1].body = Expr::Block(syn::ExprBlock { attrs: Vec::new(), label: None, block: it.body });
    let mut all: syn::ExprMatch = parse_quote!(match #into_iter(#iterable) { mut #iterator => {} });
    *all.arms[0].body = forever(it.label, Expr::Match(step));
    terminating::marked(Expr::Match(all))
}

fn forever(label: Option<syn::Label>, value: Expr) -> Expr {
    let body = Block { brace_token: Default::default(), stmts: vec![Stmt::Expr(value, None)] };
    Expr::Loop(syn::ExprLoop { attrs: Vec::new(), label, loop_token: Default::default(), body })
}

/// Whether it is a macro that waits for several futures.
pub(super) fn is_concurrent(mac: &Macro) -> bool {
    selection::is_selection(mac) || matches!(macros::name(mac).as_str(), "join" | "try_join")
}

/// Whether the block awaits, or has a macro that will.
pub(super) fn waits(block: &Block) -> bool {
    awaits::block(block) || has_concurrent(block)
}

/// Whether one of them is somewhere in the block.
fn has_concurrent(block: &Block) -> bool {
    struct Finder(bool);
    impl<'ast> Visit<'ast> for Finder {
        fn visit_macro(&mut self, mac: &'ast Macro) {
            self.0 |= is_concurrent(mac);
        }
        fn visit_expr_async(&mut self, _: &'ast syn::ExprAsync) {}
        fn visit_expr_closure(&mut self, _: &'ast syn::ExprClosure) {}
        fn visit_item(&mut self, _: &'ast Item) {}
    }
    let mut finder = Finder(false);
    finder.visit_block(block);
    finder.0
}

impl Sugar<'_> {
    /// `join!(..)` -> `async { join!(..) }.await`, or the future that Zokio has for it; of `select!` only the selection becomes a future: what
    /// is done with the selected value belongs to the body.
    fn concurrent(&mut self, mac: &Macro) -> Option<Expr> {
        let span = mac.path.span();
        match macros::name(mac).as_str() {
            "join" | "try_join" => Some(together::future(mac).map_or_else(
                || together::ahead(mac).unwrap_or_else(|| parse_quote_spanned!(span=> async { #mac }.await)),
                |future| parse_quote_spanned!(span=> #future.await),
            )),
            "select" | "select_biased" => {
                let selected = selection::future(mac);
                if selected.is_none() {
                    self.faults.add(&mac.path, hidden(mac));
                }
                selected
            }
            _ => None,
        }
    }
}

fn hidden(mac: &Macro) -> Message {
    let name = macros::name(mac);
    Message::new(
        format!("the arguments of `{name}!` await, and a state machine cannot see how"),
        "`let value = future.await;` before the macro, or `#[async_fn(machine = rustc)]`",
    )
    .because(
        "the macro is expanded after this attribute, so only arguments that are a list of expressions are understood",
    )
}

fn hidden_guard(mac: &Macro) -> Message {
    let name = macros::name(mac);
    Message::new(
        format!("`{name}!` binds a guard, and what follows awaits"),
        "`let _guard = ..;` with what the macro makes (`scopeguard::guard(..)`, say), or `#[async_fn(machine = rustc)]`",
    )
    .because("the macro is expanded after this attribute, so a state machine cannot see the guard that it has to keep")
}

fn kept_by_a_guard() -> Message {
    Message::new("this guard binds, and its arm awaits", "an `if let` in the arm, or `#[async_fn(machine = rustc)]`")
        .because("what a guard binds would have to outlive it, while the arm waits")
}

fn shown_condition(mac: &Macro) -> Message {
    let name = macros::name(mac);
    Message::new(
        format!("the condition of `{name}!` awaits, and is shown as it is written"),
        "a message behind the condition, or `let value = future.await;` before the macro",
    )
    .because("a state machine would have to wait within the macro, which is expanded after this attribute")
}

fn said_lazily(mac: &Macro) -> Message {
    let name = macros::name(mac);
    Message::new(
        format!("the message of `{name}!` awaits, and a state machine cannot see when"),
        "`if` with the condition, and what the macro does within, or `#[async_fn(machine = rustc)]`",
    )
    .because("it is evaluated only where the condition does not hold, and what happens then the macro alone knows")
}

/// Without its type.
fn written(pat: &Pat) -> &Pat {
    if let Pat::Type(it) = pat { &it.pat } else { pat }
}

/// Whether it is what a `for` has become that awaits.
pub(crate) fn is_iterated(func: &Expr) -> bool {
    matches!(func, Expr::Path(path) if path.path.leading_colon.is_some() && path.path.segments.last().is_some_and(|last| last.ident == "into_iter"))
}

/// A span of the macro's own at the place of another.
pub(crate) fn own(span: Span) -> Span {
    Span::mixed_site().located_at(span)
}
