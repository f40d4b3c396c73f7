//! Operations: operands that stand before an awaiting one are evaluated before it, and kept.

use syn::spanned::Spanned;
use syn::{Expr, ExprMacro, UnOp};

use super::methods::{borrows, can_ask, consumes};
use super::stable::{is_fixed, is_stable};
use super::temporary::is_place;
use super::{Names, Node, Order, Step};
use crate::diagnostics::messages::Message;
use crate::future::awaits;
use crate::future::extent::Extent;
use crate::future::local::{LocalId, Name, Origin};
use crate::future::macros::{self, Arguments};
use quote::ToTokens;

/// How an operand is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    Value,
    /// Borrowed, or read in part.
    Place,
    /// Of a method: which of both, its type says.
    Receiver,
}

impl Order<'_> {
    /// An operation with an await in one of its operands.
    pub(super) fn operation(&mut self, mut expr: Expr, lift: bool) -> Expr {
        let extent = Extent::of_expr(&expr);
        if let Expr::Macro(mac) = &mut expr {
            return self.in_macro(std::mem::replace(mac, placeholder()), lift);
        }
        let method = if let Expr::MethodCall(it) = &expr { Some((it.method.clone(), can_ask(it))) } else { None };
        let assigns = match &expr {
            Expr::Assign(it) => Some((&it.left, &it.right)),
            Expr::Binary(it) if is_assignment(&it.op) => Some((&it.left, &it.right)),
            _ => None,
        };
        if let Some((left, right)) = assigns {
            let plain = matches!(expr, Expr::Assign(_));
            if !plain && awaits::expr(left) && (awaits::expr(right) || !self.is_same_behind(right, left))
                || !plain && awaits::expr(right) && !is_stable(left, Mode::Place)
            {
                self.faults.add(
                    left,
                    Message::new(
                        "this place is looked for while its new value is awaited",
                        "`let value = ..;` before the assignment",
                    )
                    .because("which of both sides is evaluated first depends on their types"),
                );
            }
        }
        if let Expr::Binary(it) = &expr
            && is_comparison(&it.op)
            && is_place(&it.left)
            && awaits::expr(&it.right)
        {
            let mut shared = false;
            let left = self.mentioned(&it.left);
            it.right.names(&mut |name| {
                shared |= matches!(name, Name::Use(id) if left.contains(&self.locals.used(id)));
            });
            if shared {
                self.faults.add(
                    &it.left,
                    Message::new(
                        "this is compared with what is awaited, and used while it is",
                        "`let value = ..;` for the awaited side first",
                    )
                    .because("whether its value is taken before or after depends on its type"),
                );
            }
        }
        let assigned = match &expr {
            Expr::Assign(_) => true,
            Expr::Binary(it) => is_assignment(&it.op),
            _ => false,
        };
        // What is called by a local's name is moved, if it is, when all arguments are there.
        let calls = matches!(&expr, Expr::Call(it) if is_place(&it.func) && !self.mentioned(&it.func).is_empty());
        if lift && let Some(steps) = self.part(&mut expr) {
            return self.nodes.add(Node::Steps { steps, value: expr }, extent);
        }
        let mut operands = operands(&mut expr);
        let steps = self.sequence(&mut operands, lift, method.as_ref(), assigned, calls);
        drop(operands);
        if steps.is_empty() { expr } else { self.nodes.add(Node::Steps { steps, value: expr }, extent) }
    }

    /// Of a field of what is awaited, which may be moved out, be borrowed, or be called a method of: a local, which knows its parts.
    pub(super) fn part(&mut self, expr: &mut Expr) -> Option<Vec<Step>> {
        let borrows = matches!(expr, Expr::Reference(_));
        let field = match &mut *expr {
            Expr::MethodCall(it) if !it.args.iter().any(awaits::expr) => &mut *it.receiver,
            Expr::Reference(it) => &mut *it.expr,
            other => other,
        };
        let is_part = matches!(field, Expr::Field(_)) || borrows && matches!(field, Expr::Index(_));
        if !is_part || !is_place(field) {
            return None;
        }
        let steps = self.roots(field);
        if steps.is_empty() {
            return None;
        }
        if let Expr::MethodCall(it) = expr {
            it.args.iter_mut().for_each(|argument| self.temporary(argument));
        }
        Some(steps)
    }

    /// The values that a place is found by and that are awaited: locals, which live until the statement ends.
    fn roots(&mut self, place: &mut Expr) -> Vec<Step> {
        let mut steps = Vec::new();
        for root in awaiting_roots(place) {
            steps.push(self.kept(root));
        }
        steps
    }

    /// A value that becomes a local, which is there until the statement ends.
    pub(super) fn kept(&mut self, expr: &mut Expr) -> Step {
        let value = self.expr(std::mem::replace(expr, Expr::PLACEHOLDER), true);
        let local = self.step(expr, value.span());
        self.locals[local].crosses = true;
        self.temporaries.last_mut().into_iter().for_each(|scope| scope.push(local));
        Step { local, value, hoisted: true }
    }

    /// Whether an operand that is read is the same, and nothing else happens, whether it is read before or behind another.
    fn is_same_behind(&self, operand: &Expr, other: &Expr) -> bool {
        let read = if let Expr::Cast(it) = operand { &*it.expr } else { operand };
        if is_fixed(read) {
            return true;
        }
        let others = self.mentioned(other);
        is_stable(read, Mode::Place) && self.mentioned(read).iter().all(|local| !others.contains(local))
    }

    fn mentioned(&self, expr: &Expr) -> Vec<LocalId> {
        let mut mentioned = Vec::new();
        expr.names(&mut |name| {
            if let Name::Use(id) = name {
                mentioned.push(self.locals.used(id));
            }
        });
        mentioned
    }

    fn sequence(
        &mut self,
        operands: &mut [(&mut Expr, Mode)],
        lift: bool,
        method: Option<&(syn::Ident, bool)>,
        assigned: bool,
        calls: bool,
    ) -> Vec<Step> {
        let Some(last) = operands.iter().rposition(|(operand, _)| awaits::expr(operand)) else { return Vec::new() };
        let mut steps = Vec::new();
        // A receiver is consumed or borrowed when all arguments are there.
        let receiver_first = last > 0 && (calls || operands.first().is_some_and(|(_, mode)| *mode == Mode::Receiver));
        for (index, (operand, mode)) in operands.iter_mut().enumerate() {
            let taken = || Expr::PLACEHOLDER;
            if index < last && !is_stable(operand, *mode) {
                let value = self.expr(std::mem::replace(operand, taken()), true);
                let local = self.step(operand, value.span());
                self.locals[local].crosses = true;
                let hoisted = *mode != Mode::Value;
                self.locals[local].extent = (!hoisted).then(|| Extent::of_expr(&value));
                if hoisted {
                    self.temporaries.last_mut().into_iter().for_each(|scope| scope.push(local));
                }
                steps.push(Step { local, value, hoisted });
            } else if index == last && assigned && *mode == Mode::Place && is_place(operand) {
                steps.extend(self.roots(operand));
            } else if index == last && (receiver_first || !steps.is_empty()) {
                // Its temporaries live until the statement ends, not only until the step does.
                let value = self.expr(std::mem::replace(operand, taken()), true);
                let local = self.step(operand, value.span());
                // What is borrowed of it lives until the statement ends.
                let hoisted = *mode != Mode::Value;
                self.locals[local].extent = (!hoisted).then(|| Extent::of_expr(&value));
                if hoisted {
                    self.locals[local].crosses = true;
                    self.temporaries.last_mut().into_iter().for_each(|scope| scope.push(local));
                }
                steps.push(Step { local, value, hoisted });
            } else if index == last {
                let borrowed = *mode != Mode::Value && !is_place(operand);
                let value = self.expr(std::mem::replace(operand, taken()), lift);
                **operand = value;
                let known = |known: fn(&str) -> bool| method.is_some_and(|(name, _)| known(&name.to_string()));
                let asked = method.is_some_and(|(_, asked)| *asked);
                match mode {
                    Mode::Receiver if borrowed && lift && known(consumes) => {}
                    Mode::Receiver if borrowed && lift && known(borrows) => self.hold_here(operand, Origin::Temporary),
                    Mode::Receiver if borrowed && lift && asked => self.hold_here(operand, Origin::Receiver),
                    Mode::Place if borrowed && lift => self.hold_here(operand, Origin::Temporary),
                    _ => {}
                }
            } else if index > last && (lift || !steps.is_empty()) {
                match (*mode, method) {
                    (Mode::Receiver, Some((name, asked))) => self.receiver(operand, name, *asked),
                    _ => self.temporary(operand),
                }
            }
        }
        steps
    }

    /// A local for an operand, which stands in its place from now on.
    pub(super) fn step(&mut self, operand: &mut Expr, span: proc_macro2::Span) -> LocalId {
        let local = self.locals.add_nameless("operand", span, Origin::Operand);
        let used = self.locals.use_of(local, super::super::sugar::own(span));
        *operand = Expr::Path(syn::ExprPath { attrs: Vec::new(), qself: None, path: used.into() });
        local
    }

    fn in_macro(&mut self, mut mac: ExprMacro, lift: bool) -> Expr {
        let extent = Extent::of(&mac);
        let mut arguments = Arguments::of(&mac.mac);
        if macros::name(&mac.mac) == "assert" {
            // Its temporaries end before it fails.
            if let [condition, message @ ..] = &mut *arguments.expressions()
                && !message.iter().any(|argument| awaits::expr(argument))
            {
                let awaited = std::mem::replace(*condition, Expr::PLACEHOLDER);
                **condition = self.conditional_value(awaited, false);
                mac.mac.tokens = arguments.to_token_stream();
                return Expr::Macro(mac);
            }
        }
        let by_value = macros::takes_values(&macros::name(&mac.mac));
        let mut operands: Vec<(&mut Expr, Mode)> = arguments
            .expressions()
            .into_iter()
            .map(|operand| {
                let mode = if is_place(operand) && !by_value { Mode::Place } else { Mode::Value };
                (operand, mode)
            })
            .collect();
        let steps = self.sequence(&mut operands, lift, None, false, false);
        drop(operands);
        mac.mac.tokens = arguments.to_token_stream();
        let expr = Expr::Macro(mac);
        if steps.is_empty() { expr } else { self.nodes.add(Node::Steps { steps, value: expr }, extent) }
    }
}

/// The values that a place is found by and that are awaited, in the order of evaluation.
fn awaiting_roots(place: &mut Expr) -> Vec<&mut Expr> {
    match place {
        Expr::Field(it) => awaiting_roots(&mut it.base),
        Expr::Paren(it) => awaiting_roots(&mut it.expr),
        Expr::Unary(it) => awaiting_roots(&mut it.expr),
        Expr::Index(it) => {
            let mut roots = awaiting_roots(&mut it.expr);
            roots.extend(awaits::expr(&it.index).then_some(&mut *it.index));
            roots
        }
        root if awaits::expr(root) => vec![root],
        _ => Vec::new(),
    }
}

fn placeholder() -> ExprMacro {
    ExprMacro {
        attrs: Vec::new(),
        mac: syn::Macro {
            path: proc_macro2::Ident::new("_taken", proc_macro2::Span::call_site()).into(),
            bang_token: Default::default(),
            delimiter: syn::MacroDelimiter::Paren(Default::default()),
            tokens: proc_macro2::TokenStream::new(),
        },
    }
}

/// The operands, in the order of evaluation.
fn operands(expr: &mut Expr) -> Vec<(&mut Expr, Mode)> {
    fn values<'e>(exprs: impl Iterator<Item = &'e mut Expr>) -> Vec<(&'e mut Expr, Mode)> {
        exprs.map(|expr| (expr, Mode::Value)).collect()
    }
    match expr {
        Expr::Call(it) => {
            let mut operands = vec![(&mut *it.func, Mode::Place)];
            operands.extend(values(it.args.iter_mut()));
            operands
        }
        Expr::MethodCall(it) => {
            let mut operands = vec![(&mut *it.receiver, Mode::Receiver)];
            operands.extend(values(it.args.iter_mut()));
            operands
        }
        Expr::Binary(it) => {
            let compares = is_comparison(&it.op);
            let assigns = is_assignment(&it.op);
            let place = compares && is_place(&it.left);
            let left = (&mut *it.left, if place || assigns { Mode::Place } else { Mode::Value });
            let right = (&mut *it.right, Mode::Value);
            if assigns { vec![right, left] } else { vec![left, right] }
        }
        Expr::Assign(it) => vec![(&mut *it.right, Mode::Value), (&mut *it.left, Mode::Place)],
        Expr::Index(it) => vec![(&mut *it.expr, Mode::Place), (&mut *it.index, Mode::Value)],
        Expr::Field(it) => {
            let part = matches!(it.member, syn::Member::Unnamed(_)) && !is_place(&it.base);
            vec![(&mut *it.base, if part { Mode::Value } else { Mode::Place })]
        }
        Expr::Reference(it) => vec![(&mut *it.expr, Mode::Place)],
        Expr::Unary(it) => {
            let mode = if matches!(it.op, UnOp::Deref(_)) { Mode::Place } else { Mode::Value };
            vec![(&mut *it.expr, mode)]
        }
        Expr::Cast(it) => vec![(&mut *it.expr, Mode::Value)],
        Expr::Try(it) => vec![(&mut *it.expr, Mode::Value)],
        Expr::Repeat(it) => vec![(&mut *it.expr, Mode::Value)],
        Expr::Return(it) => values(it.expr.iter_mut().map(|expr| &mut **expr)),
        Expr::Break(it) => values(it.expr.iter_mut().map(|expr| &mut **expr)),
        Expr::Tuple(it) => values(it.elems.iter_mut()),
        Expr::Array(it) => values(it.elems.iter_mut()),
        Expr::Struct(it) => {
            values(it.fields.iter_mut().map(|field| &mut field.expr).chain(it.rest.iter_mut().map(|rest| &mut **rest)))
        }
        Expr::Range(it) => values(it.start.iter_mut().chain(it.end.iter_mut()).map(|end| &mut **end)),
        _ => Vec::new(),
    }
}

pub(crate) fn is_comparison(op: &syn::BinOp) -> bool {
    use syn::BinOp::{Eq, Ge, Gt, Le, Lt, Ne};
    matches!(op, Eq(_) | Ne(_) | Lt(_) | Le(_) | Gt(_) | Ge(_))
}

/// `+=` and the like.
pub(crate) fn is_assignment(op: &syn::BinOp) -> bool {
    use syn::BinOp::*;
    matches!(
        op,
        AddAssign(_)
            | SubAssign(_)
            | MulAssign(_)
            | DivAssign(_)
            | RemAssign(_)
            | BitXorAssign(_)
            | BitAndAssign(_)
            | BitOrAssign(_)
            | ShlAssign(_)
            | ShrAssign(_)
    )
}
