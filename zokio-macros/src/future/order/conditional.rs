//! `if` and `match` with awaits behind the decision.

use syn::spanned::Spanned;
use syn::visit::Visit;
use syn::{BinOp, Expr, ExprIf, ExprLet, ExprMatch, parse_quote};

use super::block::by_reference;
use super::temporary::is_place;
use super::{Arm, Node, Order, Step, bound};
use crate::compiler::Edition;
use crate::diagnostics::messages::Message;
use crate::future::awaits;
use crate::future::extent::Extent;
use crate::future::flow::moves;
use crate::future::local::{LocalId, Origin};
use crate::future::pattern::leaves;
use crate::future::plain::{learn, owns_nothing};

impl Order<'_> {
    /// Its temporaries end in front of its `else`, or with what is around: then it matters too whether those there are to outlive an await (`lift`).
    pub(super) fn conditional(&mut self, mut it: ExprIf, ends: bool, lift: bool) -> Expr {
        let branches =
            awaits::block(&it.then_branch) || it.else_branch.as_ref().is_some_and(|(_, other)| awaits::expr(other));
        let extent = Extent::of_if(&it);
        let bound = bound_in(&it.cond);
        let mut later = Vec::new();
        let (cond, temporaries) = match *it.cond {
            Expr::Let(mut decides) if !ends && !branches => {
                *decides.expr = self.scrutinee(*decides.expr, lift, by_reference(&decides.pat));
                (Expr::Let(decides), Vec::new())
            }
            decides if !ends && has_let(&decides) => (self.condition(decides, branches), Vec::new()),
            decides => {
                let lift = branches && has_let(&decides);
                self.scope(|this| this.condition(decides, lift))
            }
        };
        // Temporaries end with it, whoever awaits.
        if !branches && temporaries.is_empty() {
            it.cond = Box::new(cond);
            return Expr::If(it);
        }
        for local in bound.iter().filter(|_| branches) {
            self.locals[*local].crosses = true;
        }
        let (then, then_awaits) = self.numbering(|this| this.block(it.then_branch));
        let (otherwise, otherwise_awaits) =
            self.numbering(|this| it.else_branch.map(|(_, other)| this.alternative(*other, &mut later)));
        let node = Node::If { cond, bound, temporaries, later, then, otherwise, then_awaits, otherwise_awaits };
        self.nodes.add(node, extent)
    }

    /// What an `else` leads to, at whose end its temporaries end: of an `else if` they end with the whole, outside of which nothing of it is left. (What
    /// it refers to is coerced within, to what other branches are.)
    fn alternative(&mut self, otherwise: Expr, later: &mut Vec<LocalId>) -> Expr {
        let awaits = awaits::expr(&otherwise);
        match (otherwise, self.edition) {
            (Expr::If(it), Edition::Since2024) if awaits => self.conditional(it, true, false),
            (Expr::If(it), Edition::Before2024) if awaits => {
                let (expr, more) = self.scope(|this| this.conditional(it, false, false));
                later.extend(more);
                expr
            }
            (other, _) => self.terminated(other, false),
        }
    }

    /// A condition: `let`s stay where they are.
    pub(super) fn condition(&mut self, cond: Expr, lift: bool) -> Expr {
        match cond {
            Expr::Let(it) => {
                let (there, matched) = self.matched(it, lift);
                match there {
                    Some(there) => both(there, matched),
                    None => matched,
                }
            }
            Expr::Binary(mut it) if has_let(&it.left) || has_let(&it.right) => {
                let left = self.condition(*it.left, lift);
                let (there, right) = match *it.right {
                    Expr::Let(right) => self.matched(right, lift),
                    right => (None, self.condition(right, lift)),
                };
                *it.left = match there {
                    Some(there) => both(left, there),
                    None => left,
                };
                *it.right = right;
                Expr::Binary(it)
            }
            // What does not match keeps nothing.
            other => self.conditional_value(other, false),
        }
    }

    /// A `let` of a condition. What it is a field of is there first, and ends with the condition.
    fn matched(&mut self, mut it: ExprLet, lift: bool) -> (Option<Expr>, Expr) {
        let extent = Extent::of(&it.expr);
        if lift && let Some(steps) = self.part(&mut it.expr) {
            return (Some(self.nodes.add(Node::Steps { steps, value: parse_quote!(true) }, extent)), Expr::Let(it));
        }
        if lift && leaves(&it.pat) && !is_place(&it.expr) && !owns_nothing(self.locals, &it.expr) {
            let steps = vec![self.kept(&mut it.expr)];
            return (Some(self.nodes.add(Node::Steps { steps, value: parse_quote!(true) }, extent)), Expr::Let(it));
        }
        *it.expr = self.scrutinee(*it.expr, lift, by_reference(&it.pat));
        (None, Expr::Let(it))
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

    pub(super) fn select(&mut self, mut it: ExprMatch, lift: bool) -> Expr {
        let again = it.arms.iter().any(guard_awaits);
        if !again && !it.arms.iter().any(|arm| awaits::expr(&arm.body)) {
            let borrowed = it.arms.iter().any(|arm| by_reference(&arm.pat));
            *it.expr = self.scrutinee(*it.expr, lift, borrowed);
            return Expr::Match(it);
        }
        let (span, extent) = (it.match_token.span, Extent::of_match(&it));
        if let Some(steps) = self.part(&mut it.expr) {
            let value = self.select(it, lift);
            return self.nodes.add(Node::Steps { steps, value }, extent);
        }
        it.arms.iter().for_each(|arm| learn(self.locals, &arm.pat, &it.expr));
        let borrowed = it.arms.iter().any(|arm| by_reference(&arm.pat));
        let mut scrutinee = self.scrutinee(*it.expr, true, false);
        // A place is found once, though it is matched again: by a reference to it. A local is found as often as one likes.
        let referred = again && is_place(&scrutinee) && !matches!(scrutinee, Expr::Path(_));
        if again {
            self.matched_again(&scrutinee, &it.arms);
        }
        if referred {
            scrutinee = referred_to(scrutinee, &it.arms);
        }
        // What is borrowed, and moved out of too, is a local; so is what is matched again, and that of which something stays.
        let stays = !owns_nothing(self.locals, &scrutinee)
            && it.arms.iter().any(|arm| leaves(&arm.pat))
            && !are_literals(it.arms.iter().map(|arm| &arm.pat));
        let step = ((borrowed || again || stays) && !is_place(&scrutinee)).then(|| {
            let mut named = Expr::PLACEHOLDER;
            let local = self.step(&mut named, span);
            self.locals[local].crosses = true;
            if referred {
                named = Expr::Unary(syn::ExprUnary {
                    attrs: Vec::new(),
                    op: syn::UnOp::Deref(syn::Token![*](span)),
                    expr: Box::new(named),
                });
            }
            self.temporaries.last_mut().into_iter().for_each(|scope| scope.push(local));
            Step { local, value: std::mem::replace(&mut scrutinee, named), hoisted: true }
        });
        let arms = it.arms.into_iter().map(|arm| self.arm(arm)).collect();
        let node = self.nodes.add(Node::Match { scrutinee, arms }, extent);
        match step {
            Some(step) => self.nodes.add(Node::Steps { steps: vec![step], value: node }, extent),
            None => node,
        }
    }

    /// A machine that stands in a guard matches again: the same patterns match then, for nobody changes meanwhile what a guard
    /// looks at. What matching takes apart must still be there, and one pattern must not match in two ways.
    fn matched_again(&mut self, scrutinee: &Expr, arms: &[syn::Arm]) {
        let named = matches!(scrutinee, Expr::Path(_)) || !is_place(scrutinee);
        if !named && let Some(arm) = arms.iter().find(|arm| moves(&arm.pat)) {
            self.faults.add(
                &arm.pat,
                Message::new(
                    "a guard awaits, and patterns bind parts of a field by value",
                    "`match &x.field`, or a local for the field",
                )
                .because(
                    "when the guard is resumed, the patterns are matched again, and the field must still be there",
                ),
            );
        }
        for arm in arms.iter().filter(|arm| guard_awaits(arm)) {
            if matches!(&arm.pat, syn::Pat::Guard(guard) if has_let(&guard.guard)) {
                self.faults.add(
                    &arm.pat,
                    Message::new(
                        "this guard awaits, and matches a pattern",
                        "an `if let` within the arm, or a value that is awaited before the `match`",
                    )
                    .because("what the pattern binds would be bound again when the guard is resumed"),
                );
            }
            if let Some(alternatives) = ambiguous(&arm.pat) {
                self.faults.add(
                    alternatives,
                    Message::new("the guard of these alternatives awaits", "an arm for each alternative").because(
                        "a guard runs for each alternative that matches, and when it is resumed it is not known for which",
                    ),
                );
            }
        }
    }

    fn arm(&mut self, arm: syn::Arm) -> Arm {
        let bound = bound(&arm.pat);
        let (pat, guard_awaits) = self.numbering(|this| match arm.pat {
            syn::Pat::Guard(mut guard) if awaits::expr(&guard.guard) => {
                *guard.guard = this.conditional_value(*guard.guard, false);
                syn::Pat::Guard(guard)
            }
            other => other,
        });
        let (body, awaits) = self.numbering(|this| this.terminated(*arm.body, false));
        if awaits.is_some() {
            for local in &bound {
                self.locals[*local].crosses = true;
            }
        }
        Arm { pat, guard_awaits, body, bound, awaits }
    }
}

/// That both hold.
fn both(left: Expr, right: Expr) -> Expr {
    Expr::Binary(syn::ExprBinary {
        attrs: Vec::new(),
        left: Box::new(left),
        op: BinOp::And(Default::default()),
        right: Box::new(right),
    })
}

/// A reference to a place.
fn referred_to(scrutinee: Expr, arms: &[syn::Arm]) -> Expr {
    let mutability = arms.iter().any(|arm| changes(&arm.pat)).then(Default::default);
    Expr::Reference(syn::ExprReference {
        attrs: Vec::new(),
        and_token: Default::default(),
        mutability,
        expr: Box::new(scrutinee),
    })
}

/// Whether a pattern borrows mutably.
pub(crate) fn changes(pat: &syn::Pat) -> bool {
    struct Changes(bool);
    impl<'ast> Visit<'ast> for Changes {
        fn visit_pat_ident(&mut self, pat: &'ast syn::PatIdent) {
            self.0 |= pat.by_ref.is_some() && pat.mutability.is_some();
            syn::visit::visit_pat_ident(self, pat);
        }
    }
    let mut changes = Changes(false);
    changes.visit_pat(pat);
    changes.0
}

/// Whether what is matched is something that can be written as a literal: that has no destructor.
fn are_literals<'p>(pats: impl Iterator<Item = &'p syn::Pat>) -> bool {
    let known: Vec<Option<bool>> = pats.map(literal).collect();
    known.iter().all(Option::is_some) && known.contains(&Some(true))
}

/// Whether a pattern has a literal, if it has nothing else.
fn literal(pat: &syn::Pat) -> Option<bool> {
    match pat {
        syn::Pat::Lit(_) | syn::Pat::Range(_) => Some(true),
        syn::Pat::Wild(_) | syn::Pat::Ident(_) => Some(false),
        syn::Pat::Or(it) => it.cases.iter().map(literal).try_fold(false, |known, case| Some(known | case?)),
        syn::Pat::Guard(it) => literal(&it.pat),
        syn::Pat::Paren(it) => literal(&it.pat),
        _ => None,
    }
}

fn guard_awaits(arm: &syn::Arm) -> bool {
    matches!(&arm.pat, syn::Pat::Guard(guard) if awaits::expr(&guard.guard))
}

/// Alternatives of which more than one may match: all but different literals.
fn ambiguous(pat: &syn::Pat) -> Option<&syn::PatOr> {
    struct Ambiguous<'ast>(Option<&'ast syn::PatOr>);
    impl<'ast> Visit<'ast> for Ambiguous<'ast> {
        fn visit_pat_or(&mut self, pat: &'ast syn::PatOr) {
            if !pat.cases.iter().all(|case| matches!(case, syn::Pat::Lit(_))) {
                self.0.get_or_insert(pat);
            }
        }
        fn visit_expr(&mut self, _: &'ast Expr) {}
    }
    let mut ambiguous = Ambiguous(None);
    ambiguous.visit_pat(pat);
    ambiguous.0
}

/// Whether a condition matches patterns.
pub(crate) fn has_let(expr: &Expr) -> bool {
    match expr {
        Expr::Let(_) => true,
        Expr::Binary(it) => matches!(it.op, BinOp::And(_)) && (has_let(&it.left) || has_let(&it.right)),
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
