//! A body in the order of its evaluation: everything that awaits is a node, what an await leaves waiting is a local.
//!
//! Within expressions a node is a placeholder, so that what does not await stays as it is written.

mod block;
mod conditional;
mod lent;
mod methods;
mod names;
mod node;
mod operands;
mod source;
mod stable;
mod temporary;

use quote::ToTokens;
use syn::{Expr, Pat, Stmt};

pub(crate) use self::block::by_reference;
pub(crate) use self::conditional::{changes, has_let};
pub(crate) use self::methods::{
    asks, asks_local, borrows, certainly_consumes, compares, consumes, infers, makes_future, takes, takes_captured,
};
pub(crate) use self::names::Names;
pub(crate) use self::node::{Arm, Awaits, Block, Kind, Node, NodeId, Nodes, Statement, Step, is_held, node_of};
pub(crate) use self::operands::{is_assignment, is_comparison};
use self::source::source_text;
pub(crate) use self::source::{Source, described};
pub(crate) use self::temporary::{constructs, is_constant, is_place, is_promoted};
use super::local::{AwaitId, LocalId, Locals, Name, Origin};
use super::{awaits, terminating};
use crate::compiler::Edition;
use crate::diagnostics::Faults;
use crate::future::extent::Extent;

/// Puts a body in order.
pub(crate) struct Order<'o> {
    pub(crate) locals: &'o mut Locals,
    pub(crate) nodes: Nodes,
    pub(crate) faults: &'o mut Faults,
    /// The temporaries of the scopes around.
    temporaries: Vec<Vec<LocalId>>,
    /// When temporaries end.
    edition: Edition,
    /// Whether awaits are described as they are written.
    named: bool,
}

impl<'o> Order<'o> {
    pub(crate) fn new(locals: &'o mut Locals, faults: &'o mut Faults, edition: Edition, named: bool) -> Self {
        Self { locals, nodes: Nodes::default(), faults, temporaries: Vec::new(), edition, named }
    }

    /// Runs it, and says which awaits it has numbered.
    fn numbering<T>(&mut self, run: impl FnOnce(&mut Self) -> T) -> (T, Awaits) {
        let before = self.nodes.awaits();
        let result = run(self);
        let after = self.nodes.awaits();
        (result, Awaits((after > before).then_some((AwaitId(before + 1), AwaitId(after)))))
    }

    /// Runs it in a scope of temporaries.
    fn scope<T>(&mut self, run: impl FnOnce(&mut Self) -> T) -> (T, Vec<LocalId>) {
        self.temporaries.push(Vec::new());
        let result = run(self);
        let temporaries = self.temporaries.pop().unwrap_or_default();
        for local in &temporaries {
            self.locals[*local].listed = true;
        }
        (result, temporaries)
    }

    /// The expression with nodes for what awaits. With `lift`, its temporaries live until the innermost scope ends.
    pub(crate) fn expr(&mut self, mut expr: Expr, lift: bool) -> Expr {
        let terminating = terminating::unmark(&mut expr);
        if !awaits::expr(&expr) {
            if lift {
                self.temporary(&mut expr);
            }
            return expr;
        }
        match expr {
            Expr::Await(it) => self.awaited(it),
            Expr::Paren(mut it) => {
                *it.expr = self.expr(*it.expr, lift);
                Expr::Paren(it)
            }
            Expr::Group(it) => self.expr(*it.expr, lift),
            Expr::Binary(it) if matches!(it.op, syn::BinOp::And(_) | syn::BinOp::Or(_)) => self.logic(it, lift),
            Expr::If(it) => self.conditional(it, terminating || self.edition == Edition::Since2024, lift),
            Expr::Match(it) => self.select(it, lift),
            Expr::Loop(it) => {
                let extent = Extent::of_block(it.label.as_ref(), Some(it.loop_token.span), &it.body);
                let body = self.block(it.body);
                self.nodes.add(Node::Loop { label: it.label, token: it.loop_token, body }, extent)
            }
            Expr::Block(it) if terminating => self.terminating(it),
            Expr::Block(it) => {
                let extent = Extent::of_block(it.label.as_ref(), None, &it.block);
                let body = self.inner(it.block, lift);
                self.nodes.add(Node::Block { label: it.label, body, condition: false }, extent)
            }
            Expr::Unsafe(it) => {
                let extent = Extent::of_block(None, Some(it.unsafe_token.span), &it.block);
                let body = self.inner(it.block, lift);
                self.nodes.add(Node::Block { label: None, body, condition: false }, extent)
            }
            Expr::ForLoop(mut it) => {
                *it.expr = self.expr(*it.expr, false);
                Expr::ForLoop(it)
            }
            other => self.operation(other, lift),
        }
    }

    /// A condition, at whose end its temporaries end.
    fn conditional_value(&mut self, expr: Expr, lift: bool) -> Expr {
        let terminated = self.terminated(expr, lift);
        if let Expr::Macro(mac) = &terminated
            && let Some(NodeId(id)) = node_of(mac)
            && let Node::Block { label: None, condition, .. } = &mut self.nodes.nodes[id]
        {
            *condition = true;
        }
        terminated
    }

    /// An expression at whose end its temporaries end.
    fn terminated(&mut self, expr: Expr, lift: bool) -> Expr {
        if !awaits::expr(&expr) {
            return self.expr(expr, lift);
        }
        if let Expr::Block(it) = expr {
            return self.terminating(it);
        }
        let block = syn::Block { brace_token: Default::default(), stmts: vec![Stmt::Expr(expr, None)] };
        self.terminating(syn::ExprBlock { attrs: Vec::new(), label: None, block })
    }

    fn terminating(&mut self, it: syn::ExprBlock) -> Expr {
        let extent = Extent::of_block(it.label.as_ref(), None, &it.block);
        let body = self.block(it.block);
        self.nodes.add(Node::Block { label: it.label, body, condition: false }, extent)
    }

    fn awaited(&mut self, it: syn::ExprAwait) -> Expr {
        let span = it.await_token.span;
        let extent = Extent { first: Extent::of_expr(&it.base).first, last: span };
        let (name, text) = if self.named { self.described(&it.base) } else { Default::default() };
        let operand = self.expr(*it.base, true);
        let future = self.locals.add_nameless("future", span, Origin::Awaited);
        self.nodes.sources.push(Source { span, name, text });
        let id = AwaitId(self.nodes.sources.len());
        self.nodes.add(Node::Await { id, future, operand }, extent)
    }

    /// By the names that are written.
    fn described(&self, awaited: &Expr) -> (String, String) {
        let written = self.locals.named(awaited.to_token_stream());
        // The most usual ones have their names on their face.
        if let Expr::MethodCall(it) = awaited {
            return (it.method.to_string(), source_text(&written));
        }
        syn::parse2(written).map_or_else(|_| described(awaited), |written| described(&written))
    }

    fn logic(&mut self, it: syn::ExprBinary, lift: bool) -> Expr {
        let and = matches!(it.op, syn::BinOp::And(_));
        let extent = Extent { first: Extent::of_expr(&it.left).first, last: Extent::of_expr(&it.right).last };
        let left = self.conditional_value(*it.left, lift);
        let (right, right_awaits) = self.numbering(|this| this.terminated(*it.right, lift));
        self.nodes.add(Node::Logic { and, left, right, right_awaits }, extent)
    }
}

/// What a pattern binds, in its order.
pub(crate) fn bound(pat: &Pat) -> Vec<LocalId> {
    let mut bound = Vec::new();
    // What its guard binds within is the guard's.
    let pat = if let Pat::Guard(guard) = pat { &*guard.pat } else { pat };
    pat.names(&mut |name| {
        if let Name::Binder(local) = name
            && !bound.contains(&local)
        {
            bound.push(local);
        }
    });
    bound
}
