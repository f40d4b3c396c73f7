//! Temporaries that live until their statement ends, or as long as a local.

use proc_macro2::Span;
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::{Expr, Member, Stmt, UnOp};

use super::block::by_reference;
use super::methods::{borrows, can_ask, consumes};
use super::{Node, Order, is_held, node_of};
use crate::compiler::Edition;
use crate::diagnostics::messages::Message;
use crate::future::awaits;
use crate::future::extended::refers;
use crate::future::extent::Extent;
use crate::future::local::{LocalId, Origin};
use crate::future::macros::{self, Arguments};

impl Order<'_> {
    /// Puts what an expression borrows of its temporaries where an await finds it again.
    pub(super) fn temporary(&mut self, expr: &mut Expr) {
        match expr {
            Expr::Reference(it) if it.mutability.is_some() && (is_constant(&it.expr) || is_unit(&it.expr)) => {
                self.hold_here(&mut it.expr, Origin::Temporary);
            }
            Expr::Reference(it) if is_promoted(it) => {}
            Expr::Reference(it) => self.borrowed(&mut it.expr),
            Expr::MethodCall(it) => {
                let asked = can_ask(it);
                self.receiver(&mut it.receiver, &it.method, asked);
                it.args.iter_mut().for_each(|argument| self.temporary(argument));
            }
            Expr::Call(it) => {
                self.temporary(&mut it.func);
                it.args.iter_mut().for_each(|argument| self.temporary(argument));
            }
            Expr::Index(it) => {
                self.borrowed(&mut it.expr);
                self.temporary(&mut it.index);
            }
            // Of a tuple that is made here, a part is moved on as a rule.
            Expr::Field(it) if matches!(it.member, Member::Unnamed(_)) && !is_place(&it.base) => {
                self.temporary(&mut it.base);
            }
            Expr::Field(it) => self.borrowed(&mut it.base),
            Expr::Unary(it) if matches!(it.op, UnOp::Deref(_)) => self.borrowed(&mut it.expr),
            Expr::Unary(it) => self.temporary(&mut it.expr),
            Expr::Binary(it) => {
                self.temporary(&mut it.left);
                self.temporary(&mut it.right);
            }
            Expr::Try(it) => self.temporary(&mut it.expr),
            Expr::Paren(it) => self.temporary(&mut it.expr),
            Expr::Group(it) => self.temporary(&mut it.expr),
            Expr::Cast(it) => self.temporary(&mut it.expr),
            Expr::Tuple(it) => it.elems.iter_mut().for_each(|element| self.temporary(element)),
            Expr::Array(it) => it.elems.iter_mut().for_each(|element| self.temporary(element)),
            Expr::Struct(it) => it.fields.iter_mut().for_each(|field| self.temporary(&mut field.expr)),
            Expr::Range(it) => {
                it.start.iter_mut().for_each(|start| self.temporary(start));
                it.end.iter_mut().for_each(|end| self.temporary(end));
            }
            Expr::Macro(it) if node_of(it).is_none() && macros::takes_values(&macros::name(&it.mac)) => {
                let mut arguments = Arguments::of(&it.mac);
                arguments.expressions().into_iter().for_each(|argument| self.temporary(argument));
                it.mac.tokens = arguments.to_token_stream();
            }
            // What is matched is there until the statement ends.
            Expr::Match(it) => {
                let borrowed = it.arms.iter().any(|arm| by_reference(&arm.pat));
                self.looked_at(&mut it.expr, borrowed);
            }
            Expr::If(it) if self.edition == Edition::Before2024 => {
                if let Expr::Let(it) = &mut *it.cond {
                    self.looked_at(&mut it.expr, by_reference(&it.pat));
                }
            }
            Expr::Block(syn::ExprBlock { block, .. }) | Expr::Unsafe(syn::ExprUnsafe { block, .. })
                if self.edition == Edition::Before2024 =>
            {
                if let Some(Stmt::Expr(tail, None)) = block.stmts.last_mut() {
                    self.temporary(tail);
                }
            }
            // Names, literals, and what has scopes of its own.
            _ => {}
        }
    }

    /// What is matched, by reference perhaps.
    fn looked_at(&mut self, expr: &mut Expr, by_reference: bool) {
        match by_reference {
            true => self.borrowed(expr),
            false => self.temporary(expr),
        }
    }

    /// What is borrowed: a place stays, a value gets a home.
    fn borrowed(&mut self, expr: &mut Expr) {
        if is_place(expr) {
            self.place(expr);
        } else if !is_constant(expr) {
            self.temporary(expr);
            self.hold_here(expr, Origin::Temporary);
        }
    }

    /// The value at the root of a place.
    pub(super) fn place(&mut self, expr: &mut Expr) {
        match expr {
            Expr::Field(it) => self.borrowed(&mut it.base),
            Expr::Index(it) => {
                self.borrowed(&mut it.expr);
                self.temporary(&mut it.index);
            }
            Expr::Unary(it) => self.borrowed(&mut it.expr),
            Expr::Paren(it) => self.place(&mut it.expr),
            Expr::Group(it) => self.place(&mut it.expr),
            _ => {}
        }
    }

    pub(super) fn receiver(&mut self, receiver: &mut Expr, method: &syn::Ident, asked: bool) {
        if is_place(receiver) {
            self.place(receiver);
        } else {
            self.temporary(receiver);
            let name = method.to_string();
            if is_constant(receiver) || consumes(&name) {
                // Nothing to hold.
            } else if borrows(&name) {
                self.hold_here(receiver, Origin::Temporary);
            } else if asked {
                self.hold_here(receiver, Origin::Receiver);
            }
        }
    }

    /// `&value` in a `let` lives as long as the local: so does what is within a struct, a tuple or an array, or is the value of a branch.
    pub(super) fn extend(&mut self, expr: &mut Expr, borrowed: bool, extended: &mut Vec<LocalId>) {
        if borrowed && !is_place(expr) && !is_constant(expr) {
            // With what it refers to itself.
            self.extend(expr, false, extended);
            self.hold_extended(expr, extended);
            return;
        }
        match expr {
            Expr::Reference(it) if is_promoted(it) => {}
            Expr::Reference(it) => {
                let inner = root(&mut it.expr);
                if is_place(inner) || is_constant(inner) {
                    return;
                }
                self.extend(inner, false, extended);
                self.hold_extended(inner, extended);
            }
            Expr::Tuple(it) => it.elems.iter_mut().for_each(|element| self.extend(element, false, extended)),
            Expr::Array(it) => it.elems.iter_mut().for_each(|element| self.extend(element, false, extended)),
            Expr::Struct(it) => it.fields.iter_mut().for_each(|field| self.extend(&mut field.expr, false, extended)),
            // `Some(&value)`, since Rust 1.89.
            Expr::Call(it) if constructs(&it.func) => {
                it.args.iter_mut().for_each(|argument| self.extend(argument, false, extended));
            }
            Expr::Cast(it) => self.extend(&mut it.expr, false, extended),
            Expr::Paren(it) => self.extend(&mut it.expr, false, extended),
            // What awaits becomes a node, which keeps its own.
            expr if branch_awaits(expr) && refers(expr) => self.faults.add(&*expr, lent_by_what_awaits()),
            Expr::Match(it) => {
                it.arms.iter_mut().for_each(|arm| self.extend(&mut arm.body, false, extended));
            }
            Expr::If(it) => {
                self.extend_tail(&mut it.then_branch, extended);
                if let Some((_, otherwise)) = &mut it.else_branch {
                    self.extend(otherwise, false, extended);
                }
            }
            Expr::Block(it) => self.extend_tail(&mut it.block, extended),
            _ => {}
        }
    }

    fn extend_tail(&mut self, block: &mut syn::Block, extended: &mut Vec<LocalId>) {
        if let Some(Stmt::Expr(tail, None)) = block.stmts.last_mut() {
            self.extend(tail, false, extended);
        }
    }

    fn hold_extended(&mut self, expr: &mut Expr, extended: &mut Vec<LocalId>) {
        let (span, extent) = (expr.span(), Extent::of_expr(expr));
        let value = self.expr(std::mem::replace(expr, Expr::PLACEHOLDER), false);
        let local = self.locals.add_nameless("temporary", span, Origin::Temporary);
        extended.push(local);
        self.locals[local].extended = true;
        self.locals[local].listed = true;
        *expr = self.nodes.add(Node::Hold { local, value }, extent);
    }

    pub(super) fn hold_here(&mut self, expr: &mut Expr, origin: Origin) {
        let span = expr.span();
        let value = std::mem::replace(expr, Expr::PLACEHOLDER);
        *expr = self.hold(value, origin, span);
    }

    /// The value, in a home that lasts until the innermost scope ends.
    pub(super) fn hold(&mut self, value: Expr, origin: Origin, span: Span) -> Expr {
        let extent = Extent::of_expr(&value);
        let local = self.locals.add_nameless("temporary", span, origin);
        if let Some(scope) = self.temporaries.last_mut() {
            scope.push(local);
        }
        self.nodes.add(Node::Hold { local, value }, extent)
    }
}

fn branch_awaits(expr: &Expr) -> bool {
    match expr {
        Expr::Match(it) => it.arms.iter().any(|arm| awaits::expr(&arm.body)),
        Expr::If(it) => {
            awaits::block(&it.then_branch) || it.else_branch.as_ref().is_some_and(|(_, other)| awaits::expr(other))
        }
        Expr::Block(_) | Expr::Unsafe(_) => awaits::expr(expr),
        _ => false,
    }
}

fn lent_by_what_awaits() -> Message {
    Message::new(
        "this awaits, and a reference to a temporary is its value",
        "a `let` for the temporary, in front of it",
    )
    .because("the temporary would live as long as what is bound, outside of where it is made")
}

/// Whether it is a variant's or a struct's name, as it is written.
pub(crate) fn constructs(func: &Expr) -> bool {
    let Expr::Path(it) = func else { return false };
    it.path.segments.last().is_some_and(|last| last.ident.to_string().starts_with(|first: char| first.is_uppercase()))
}

/// What a place is of: its life is extended with that of a reference to the place.
fn root(expr: &mut Expr) -> &mut Expr {
    if !matches!(expr, Expr::Paren(_)) && !is_place(expr) {
        return expr;
    }
    match expr {
        Expr::Field(it) => root(&mut it.base),
        Expr::Index(it) => root(&mut it.expr),
        Expr::Unary(it) => root(&mut it.expr),
        Expr::Paren(it) => root(&mut it.expr),
        other => other,
    }
}

/// Whether the expression names a place rather than making a value.
pub(crate) fn is_place(expr: &Expr) -> bool {
    match expr {
        Expr::Path(_) | Expr::Index(_) => true,
        // What is written as a member of a tuple is a value all the same.
        Expr::Field(it) => !matches!(&*it.base, Expr::Tuple(_)),
        Expr::Unary(it) => matches!(it.op, UnOp::Deref(_)),
        Expr::Paren(it) => is_place(&it.expr),
        Expr::Group(it) => is_place(&it.expr),
        Expr::Macro(mac) => is_held(mac),
        _ => false,
    }
}

/// Whether a reference to it lives for ever: literals and arrays of them, and what begins with a capital letter.
pub(crate) fn is_constant(expr: &Expr) -> bool {
    match expr {
        Expr::Lit(_) => true,
        Expr::Array(it) => it.elems.iter().all(is_constant),
        Expr::Tuple(it) => it.elems.iter().all(is_constant),
        Expr::Paren(it) => is_constant(&it.expr),
        Expr::Reference(it) => it.mutability.is_none() && is_constant(&it.expr),
        Expr::Unary(it) => matches!(it.op, UnOp::Neg(_) | UnOp::Not(_)) && is_constant(&it.expr),
        _ => false,
    }
}

/// Whether it is a reference to what the compiler makes a static of, as the reference may be asked to live for ever: to a constant, or to a
/// struct or variant of constants. Of those that have a destructor it makes none, and says so (E0716).
pub(crate) fn is_promoted(it: &syn::ExprReference) -> bool {
    it.mutability.is_none() && !matches!(&*it.expr, Expr::Path(_)) && is_made_of_constants(&it.expr)
}

/// A constant of the program may have a destructor, or may change: so it is none here, by its name.
fn is_made_of_constants(expr: &Expr) -> bool {
    match expr {
        Expr::Path(_) => is_unit(expr),
        Expr::Array(it) => it.elems.iter().all(is_made_of_constants),
        Expr::Repeat(it) => is_made_of_constants(&it.expr),
        Expr::Tuple(it) => it.elems.iter().all(is_made_of_constants),
        Expr::Struct(it) => it.rest.is_none() && it.fields.iter().all(|field| is_made_of_constants(&field.expr)),
        Expr::Call(it) => constructs(&it.func) && it.args.iter().all(is_made_of_constants),
        Expr::Paren(it) => is_made_of_constants(&it.expr),
        Expr::Cast(it) => is_made_of_constants(&it.expr),
        Expr::Binary(it) => is_made_of_constants(&it.left) && is_made_of_constants(&it.right),
        Expr::Reference(it) => it.mutability.is_none() && is_made_of_constants(&it.expr),
        expr => is_constant(expr),
    }
}

/// Whether it is a variant or struct that has nothing in it, by its name: neither a local's, nor that of a constant or a static.
fn is_unit(expr: &Expr) -> bool {
    let Expr::Path(it) = expr else { return false };
    let name = it.path.segments.last().map_or_else(String::new, |last| last.ident.to_string());
    name.starts_with(char::is_uppercase) && name.contains(char::is_lowercase)
}
