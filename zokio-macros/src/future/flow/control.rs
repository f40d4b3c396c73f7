//! Blocks, statements and nodes.

use syn::{Expr, Pat, Stmt};

use super::{Action, Builder, How};
use crate::future::order::{Block, Kind, Node, NodeId, bound};

impl Builder<'_> {
    pub(super) fn block(&mut self, block: &Block) {
        self.scope(|this| {
            for statement in &block.statements {
                this.statement(statement);
            }
        });
    }

    fn statement(&mut self, statement: &crate::future::order::Statement) {
        match &statement.kind {
            Kind::Let { pat, init, otherwise } => {
                if let Some(init) = init {
                    self.let_value(pat, init);
                }
                if let Some(otherwise) = otherwise {
                    self.branch(|this| this.value(otherwise), |_| {});
                }
                if init.is_some() {
                    self.define(pat);
                }
            }
            Kind::Expr { expr, .. } => self.value(expr),
            Kind::Other(Stmt::Macro(mac)) => self.in_macro(&mac.mac),
            Kind::Other(_) => {}
        }
        // Temporaries of the statement.
        for local in statement.temporaries.iter().rev() {
            self.end_of(*local);
        }
    }

    pub(super) fn end_of(&mut self, local: crate::future::local::LocalId) {
        if let Some(index) = self.defined.iter().rposition(|defined| *defined == local) {
            self.defined.remove(index);
            self.act(Action::End(local));
        }
    }

    pub(super) fn define(&mut self, pat: &Pat) {
        for local in bound(pat) {
            self.act(Action::Define(local));
        }
    }

    /// A block that does not await.
    pub(super) fn plain_block(&mut self, block: &syn::Block) {
        self.scope(|this| {
            for stmt in &block.stmts {
                match stmt {
                    Stmt::Local(local) => {
                        if let Some(init) = &local.init {
                            this.let_value(&local.pat, &init.expr);
                            if let Some((_, otherwise)) = &init.diverge {
                                this.branch(|this| this.value(otherwise), |_| {});
                            }
                            this.define(&local.pat);
                        }
                    }
                    Stmt::Expr(expr, _) => this.value(expr),
                    Stmt::Macro(mac) => this.in_macro(&mac.mac),
                    Stmt::Item(_) => {}
                }
            }
        });
    }

    pub(super) fn node(&mut self, id: NodeId) {
        match &self.nodes[id] {
            Node::Await { id, future, operand } => {
                self.value(operand);
                self.act(Action::Define(*future));
                self.act(Action::Await(*id));
                self.end_of(*future);
            }
            Node::Steps { steps, value } => {
                for step in steps {
                    self.value(&step.value);
                    self.act(Action::Define(step.local));
                }
                self.value(value);
                for step in steps.iter().rev().filter(|step| !step.hoisted) {
                    self.end_of(step.local);
                }
            }
            Node::Logic { left, right, .. } => {
                self.value(left);
                self.branch(|this| this.value(right), |_| {});
            }
            Node::If { cond, then, otherwise, temporaries, .. } => {
                self.scope(|this| {
                    let before = this.defined.len();
                    this.condition(cond);
                    let defined = this.defined[before..].to_vec();
                    this.branch(
                        |this| this.block(then),
                        |this| {
                            // Without the bindings: the pattern did not match. Temporaries end before the other branch.
                            for local in defined.iter().rev() {
                                this.act(Action::End(*local));
                            }
                            if let Some(otherwise) = otherwise {
                                this.value(otherwise);
                            }
                        },
                    );
                    for local in temporaries.iter().rev() {
                        this.end_of(*local);
                    }
                });
            }
            Node::Match { scrutinee, arms, temporaries } => {
                let pats = || arms.iter().map(|arm| &arm.pat);
                self.scope(|this| {
                    this.scrutinee(scrutinee, pats());
                    this.arms(arms.iter().map(|arm| (&arm.pat, &arm.body)));
                    for local in temporaries.iter().rev() {
                        this.end_of(*local);
                    }
                });
            }
            Node::Loop { label, body } => {
                self.repeat(label.as_ref().map(|label| &label.name), |this| this.block(body));
            }
            Node::Block { label, body } => {
                self.labelled(label.as_ref().map(|label| &label.name), |this| this.block(body));
            }
            Node::Hold { local, value } => {
                self.value(value);
                self.act(Action::Define(*local));
            }
        }
    }

    pub(super) fn condition(&mut self, cond: &Expr) {
        match cond {
            Expr::Let(it) => {
                self.scrutinee(&it.expr, std::iter::once(&*it.pat));
                self.define(&it.pat);
            }
            Expr::Binary(it) if matches!(it.op, syn::BinOp::And(_)) => {
                self.condition(&it.left);
                self.condition(&it.right);
            }
            Expr::Paren(it) => self.condition(&it.expr),
            other => self.value(other),
        }
    }

    pub(super) fn arms<'a>(&mut self, arms: impl Iterator<Item = (&'a Pat, &'a Expr)>) {
        let from = std::mem::take(&mut self.from);
        let mut after = Vec::new();
        for (pat, body) in arms {
            self.from.clone_from(&from);
            self.scope(|this| {
                if let Pat::Guard(guard) = pat {
                    this.bare(&guard.guard, &bound(pat));
                }
                this.define(pat);
                this.value(body);
            });
            after.append(&mut self.from);
        }
        self.from = after;
    }

    /// A guard sees what the pattern binds before it is where it will be.
    fn bare(&mut self, guard: &Expr, bound: &[crate::future::local::LocalId]) {
        let start = self.flow.points.len();
        self.value(guard);
        for point in &mut self.flow.points[start..] {
            if let Action::Use(id, how) = &mut point.action
                && bound.contains(&self.locals.used(*id))
            {
                *how = How::Bare;
            }
        }
    }
}
