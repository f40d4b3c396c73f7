//! Blocks, statements and nodes.

use syn::{Expr, Pat, Stmt};

use super::{Action, Builder, How};
use crate::future::local::{LocalId, UseId};
use crate::future::order::{Arm, Block, Kind, Node, NodeId, bound};

impl Builder<'_> {
    pub(super) fn block(&mut self, block: &Block) {
        self.scope(|this| {
            for statement in &block.statements {
                this.statement(statement);
            }
            let extended = block.statements.iter().flat_map(|statement| &statement.extended);
            for local in extended.collect::<Vec<_>>().into_iter().rev() {
                this.end_of(*local);
            }
        });
        block.around.iter().rev().for_each(|local| self.end_of(*local));
    }

    fn statement(&mut self, statement: &crate::future::order::Statement) {
        match &statement.kind {
            Kind::Let { pat, init, otherwise, .. } => {
                let matched = init.as_ref().and_then(|init| self.let_value(pat, init, otherwise.is_none()));
                if let Some(otherwise) = otherwise {
                    self.branch(|this| this.otherwise(otherwise, &statement.temporaries), |_| {});
                }
                self.bound_in_place(matched, 0, pat);
                if init.is_some() {
                    self.define(pat);
                } else {
                    self.declare(pat);
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

    /// What a `let .. else` leaves through, where its temporaries have ended.
    fn otherwise(&mut self, otherwise: &Expr, temporaries: &[LocalId]) {
        let defined = self.defined.clone();
        temporaries.iter().rev().for_each(|local| self.end_of(*local));
        self.value(otherwise);
        self.defined = defined;
    }

    pub(super) fn end_of(&mut self, local: LocalId) {
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

    /// A `let` without a value: what it is assigned later, maybe in a block within, ends where its own does.
    fn declare(&mut self, pat: &Pat) {
        for local in bound(pat) {
            self.defined.push(local);
            self.log.push(local);
        }
    }

    /// A block that does not await.
    pub(super) fn plain_block(&mut self, block: &syn::Block) {
        self.scope(|this| {
            for stmt in &block.stmts {
                match stmt {
                    Stmt::Local(local) => match &local.init {
                        Some(init) => {
                            let matched = this.let_value(&local.pat, &init.expr, init.diverge.is_none());
                            if let Some((_, otherwise)) = &init.diverge {
                                this.branch(|this| this.value(otherwise), |_| {});
                            }
                            this.bound_in_place(matched, 0, &local.pat);
                            this.define(&local.pat);
                        }
                        None => this.declare(&local.pat),
                    },
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
            Node::If { cond, then, otherwise, temporaries, later, .. } => {
                self.scope(|this| {
                    let otherwise = |this: &mut Self| otherwise.iter().for_each(|otherwise| this.value(otherwise));
                    this.decided(cond, temporaries, |this| this.block(then), otherwise);
                    for local in temporaries.iter().chain(later).rev() {
                        this.end_of(*local);
                    }
                });
            }
            Node::Match { scrutinee, arms } => self.select(scrutinee, arms),
            Node::Loop { label, body, .. } => {
                self.repeat(label.as_ref().map(|label| &label.name), |this| this.block(body));
            }
            Node::Block { label, body, .. } => {
                self.labelled(label.as_ref().map(|label| &label.name), |this| this.block(body));
            }
            Node::Hold { local, value } => {
                self.value(value);
                self.act(Action::Define(*local));
            }
        }
    }

    /// Follows both branches of a condition, whose bindings and temporaries end where it is false.
    pub(super) fn decided(
        &mut self,
        cond: &Expr,
        temporaries: &[LocalId],
        then: impl FnOnce(&mut Self),
        otherwise: impl FnOnce(&mut Self),
    ) {
        let before = self.defined.len();
        let fails = self.condition(cond);
        let ends = |local: &LocalId| !self.locals[*local].listed || temporaries.contains(local);
        let defined: Vec<LocalId> = self.defined[before..].iter().copied().filter(ends).collect();
        then(self);
        let after = std::mem::replace(&mut self.from, fails);
        for local in defined.iter().rev() {
            self.act(Action::End(*local));
        }
        otherwise(self);
        self.from.extend(after);
    }

    /// A condition, and the points at which it fails: what a pattern binds it binds where it matches.
    pub(super) fn condition(&mut self, cond: &Expr) -> Vec<usize> {
        match cond {
            Expr::Let(it) => {
                let matched = self.scrutinee(&it.expr, std::iter::once(&*it.pat), false, false);
                let fails = self.from.clone();
                self.bound_in_place(matched, 0, &it.pat);
                self.define(&it.pat);
                fails
            }
            Expr::Binary(it) if matches!(it.op, syn::BinOp::And(_)) => {
                let mut fails = self.condition(&it.left);
                fails.extend(self.condition(&it.right));
                fails
            }
            Expr::Paren(it) => self.condition(&it.expr),
            other => {
                self.value(other);
                self.from.clone()
            }
        }
    }

    /// Where a guard awaits, what is matched is looked at again behind it.
    fn select(&mut self, scrutinee: &Expr, arms: &[Arm]) {
        let again = arms.iter().any(|arm| arm.guard_awaits.is_some());
        let look = |this: &mut Self| this.scrutinee(scrutinee, arms.iter().map(|arm| &arm.pat), true, again);
        let matched = look(self);
        let mut from = std::mem::take(&mut self.from);
        let mut after = Vec::new();
        for (index, Arm { pat, body, guard_awaits, .. }) in arms.iter().enumerate() {
            self.from.clone_from(&from);
            self.scope(|this| {
                if let Pat::Guard(guard) = pat {
                    this.bare(&guard.guard, &bound(pat));
                }
                if guard_awaits.is_some() {
                    look(this);
                    from.extend(&this.from);
                }
                this.bound_in_place(matched, index, pat);
                this.define(pat);
                this.value(body);
            });
            after.append(&mut self.from);
        }
        self.from = after;
    }

    /// A `match` that does not await.
    pub(super) fn arms<'a>(&mut self, matched: Option<UseId>, arms: impl Iterator<Item = (&'a Pat, &'a Expr)>) {
        let from = std::mem::take(&mut self.from);
        let mut after = Vec::new();
        for (index, (pat, body)) in arms.enumerate() {
            self.from.clone_from(&from);
            self.scope(|this| {
                if let Pat::Guard(guard) = pat {
                    this.bare(&guard.guard, &bound(pat));
                }
                this.bound_in_place(matched, index, pat);
                this.define(pat);
                this.value(body);
            });
            after.append(&mut self.from);
        }
        self.from = after;
    }

    /// A guard sees what the pattern binds before it is where it will be.
    fn bare(&mut self, guard: &Expr, bound: &[LocalId]) {
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
