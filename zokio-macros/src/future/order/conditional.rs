//! `if` and `match` with awaits behind the decision.

use syn::spanned::Spanned;
use syn::{Expr, ExprIf, ExprMatch};

use super::block::by_reference;
use super::temporary::is_place;
use super::{Arm, Node, Order, Step, bound};
use crate::diagnostics::messages::Message;
use crate::future::awaits;
use crate::future::extent::Extent;
use crate::future::local::{LocalId, Origin};
use crate::future::plain::learn;

impl Order<'_> {
    pub(super) fn conditional(&mut self, mut it: ExprIf) -> Expr {
        let branches =
            awaits::block(&it.then_branch) || it.else_branch.as_ref().is_some_and(|(_, other)| awaits::expr(other));
        if !branches {
            *it.cond = self.condition(*it.cond, false);
            return Expr::If(it);
        }
        let extent = Extent::of(&it);
        let lift = has_let(&it.cond);
        let ((cond, bound), temporaries) = self.scope(|this| {
            let bound = bound_in(&it.cond);
            (this.condition(*it.cond, lift), bound)
        });
        for local in &bound {
            self.locals[*local].crosses = true;
        }
        let (then, then_awaits) = self.numbering(|this| this.block(it.then_branch));
        let (otherwise, otherwise_awaits) =
            self.numbering(|this| it.else_branch.map(|(_, otherwise)| this.expr(*otherwise, false)));
        let node = Node::If { cond, bound, temporaries, then, otherwise, then_awaits, otherwise_awaits };
        self.nodes.add(node, extent)
    }

    /// A condition: `let`s stay where they are.
    pub(super) fn condition(&mut self, cond: Expr, lift: bool) -> Expr {
        match cond {
            Expr::Let(mut it) => {
                *it.expr = self.scrutinee(*it.expr, lift, by_reference(&it.pat));
                Expr::Let(it)
            }
            Expr::Binary(mut it) if has_let(&it.left) || has_let(&it.right) => {
                *it.left = self.condition(*it.left, lift);
                *it.right = self.condition(*it.right, lift);
                Expr::Binary(it)
            }
            other => self.conditional_value(other, lift),
        }
    }

    /// What is matched; with `lift` it is there until the last arm ends.
    fn scrutinee(&mut self, scrutinee: Expr, lift: bool, borrowed: bool) -> Expr {
        let place = is_place(&scrutinee);
        let mut scrutinee = self.expr(scrutinee, lift && !place);
        if lift {
            if place {
                self.place(&mut scrutinee);
            } else if borrowed {
                let span = scrutinee.span();
                scrutinee = self.hold(scrutinee, Origin::Temporary, span);
            }
        }
        scrutinee
    }

    pub(super) fn select(&mut self, mut it: ExprMatch) -> Expr {
        let guard_awaits = |arm: &syn::Arm| matches!(&arm.pat, syn::Pat::Guard(guard) if awaits::expr(&guard.guard));
        for arm in it.arms.iter().filter(|arm| guard_awaits(arm)) {
            self.faults.add(
                &arm.pat,
                Message::new(
                    "this guard awaits",
                    "an `if` within the arm, or a value that is awaited before the `match`",
                )
                .because("when it is resumed, the patterns before it would be matched again"),
            );
        }
        if !it.arms.iter().any(|arm| awaits::expr(&arm.body)) {
            *it.expr = self.expr(*it.expr, false);
            return Expr::Match(it);
        }
        it.arms.iter().for_each(|arm| learn(self.locals, &arm.pat, &it.expr));
        let (span, extent) = (it.match_token.span, Extent::of(&it));
        let borrowed = it.arms.iter().any(|arm| by_reference(&arm.pat));
        let (mut scrutinee, temporaries) = self.scope(|this| this.scrutinee(*it.expr, true, false));
        // What is borrowed, and moved out of too, is a local.
        let step = (borrowed && !is_place(&scrutinee)).then(|| {
            let mut named = Expr::PLACEHOLDER;
            let local = self.step(&mut named, span);
            self.locals[local].crosses = true;
            Step { local, value: std::mem::replace(&mut scrutinee, named), hoisted: false }
        });
        let arms = it.arms.into_iter().map(|arm| self.arm(arm)).collect();
        let node = self.nodes.add(Node::Match { scrutinee, arms, temporaries }, extent);
        match step {
            Some(step) => self.nodes.add(Node::Steps { steps: vec![step], value: node }, extent),
            None => node,
        }
    }

    fn arm(&mut self, arm: syn::Arm) -> Arm {
        let bound = bound(&arm.pat);
        let (body, awaits) = self.numbering(|this| this.terminated(*arm.body, false));
        if awaits.is_some() {
            for local in &bound {
                self.locals[*local].crosses = true;
            }
        }
        Arm { pat: arm.pat, body, bound, awaits }
    }
}

/// Whether a condition matches patterns.
pub(crate) fn has_let(expr: &Expr) -> bool {
    match expr {
        Expr::Let(_) => true,
        Expr::Binary(it) => matches!(it.op, syn::BinOp::And(_)) && (has_let(&it.left) || has_let(&it.right)),
        _ => false,
    }
}

fn bound_in(cond: &Expr) -> Vec<LocalId> {
    match cond {
        Expr::Let(it) => bound(&it.pat),
        Expr::Binary(it) => [bound_in(&it.left), bound_in(&it.right)].concat(),
        _ => Vec::new(),
    }
}
