//! Expressions, in the order of their evaluation.

use syn::visit::Visit;
use syn::{Expr, Macro, Pat, UnOp};

use super::{Action, Builder, Exit, How, path};
use crate::future::closures::none_in;
use crate::future::generate::{is_asked, is_error, plain};
use crate::future::left::never_returns;
use crate::future::local::{Locals, Name, UseId};
use crate::future::order::{
    asks, asks_local, certainly_consumes, compares, consumes, is_assignment, is_place, node_of, takes_captured,
};
use crate::future::passage::is_returned;

impl Builder<'_> {
    pub(super) fn used(&mut self, path: &syn::ExprPath, how: How) -> bool {
        let Some(Name::Use(id)) = path.path.get_ident().and_then(Locals::read) else { return false };
        self.act(Action::Use(id, how));
        true
    }

    /// Evaluated, and its value used.
    pub(super) fn value(&mut self, expr: &Expr) {
        match expr {
            Expr::Path(it) => {
                self.used(it, How::Value);
            }
            Expr::Macro(it) => match node_of(it) {
                Some(node) => self.node(node),
                None => self.in_macro(&it.mac),
            },
            Expr::Field(_) => self.part(expr),
            Expr::Index(_) => self.place(expr),
            Expr::Unary(it) if matches!(it.op, UnOp::Deref(_)) => match &*it.expr {
                Expr::Path(name) if !self.within_closure => {
                    self.used(name, How::Unboxed);
                }
                other => self.place(other),
            },
            Expr::Unary(it) => self.operand(&it.expr),
            Expr::Reference(it) => self.place(&it.expr),
            Expr::RawAddr(it) => self.place(&it.expr),
            Expr::MethodCall(it) => {
                match &*it.receiver {
                    Expr::Path(path) => {
                        if computes(&it.method.to_string()) {
                            self.flow.computing.extend(root(&it.receiver));
                        }
                        if self.within_closure && certainly_consumes(&it.method.to_string()) {
                            self.flow.consuming.extend(root(&it.receiver));
                        }
                        self.used(path, self.receiver(it));
                    }
                    receiver @ Expr::Field(_) if asks(it) => self.part_receiver(receiver),
                    receiver if consumes(&it.method.to_string()) => self.value(receiver),
                    receiver => self.place(receiver),
                }
                it.args.iter().for_each(|argument| self.value(argument));
            }
            Expr::Call(it) => {
                match &*it.func {
                    Expr::Path(name) if self.is_once(name) => {
                        self.used(name, How::Value);
                    }
                    // Of what kind it is, the compiler knows no sooner than the whole body: it is moved out where nothing else is done with it. Should it
                    // be no `FnOnce`, nobody sees that.
                    Expr::Path(name) if self.is_closure(name) => {
                        self.used(name, How::Called);
                    }
                    func if is_asked(it) && self.may_be_asked(func) => match plain(func) {
                        Expr::Path(name) => drop(self.used(name, How::Receiver)),
                        field => self.part_receiver(field),
                    },
                    other => self.place(other),
                }
                it.args.iter().for_each(|argument| self.value(argument));
                if never_returns(it) {
                    self.from.clear();
                }
            }
            Expr::Binary(it) => self.binary(it),
            Expr::Assign(it) if matches!(&*it.left, Expr::Infer(_)) && is_place(&it.right) => self.place(&it.right),
            Expr::Assign(it) => {
                self.value(&it.right);
                self.assigned(&it.left);
            }
            Expr::Let(_) => {
                self.condition(expr);
            }
            Expr::Closure(it) => self.closure(it),
            Expr::Async(it) => self.async_block(it),
            Expr::Return(it) => {
                it.expr.iter().for_each(|value| self.value(value));
                if it.expr.as_deref().is_some_and(|value| is_returned(value, self.locals)) {
                    self.exit(Exit::Failed);
                }
                self.exit(if it.expr.as_deref().is_some_and(is_error) { Exit::Failed } else { Exit::Returned });
                self.from.clear();
            }
            Expr::Break(it) => {
                it.expr.iter().for_each(|value| self.value(value));
                self.jump(it.label.as_ref(), true);
            }
            Expr::Continue(it) => self.jump(it.label.as_ref(), false),
            Expr::If(it) => self.scope(|this| {
                let otherwise = |this: &mut Self| it.else_branch.iter().for_each(|(_, other)| this.value(other));
                this.decided(&it.cond, &[], |this| this.plain_block(&it.then_branch), otherwise);
            }),
            Expr::Match(it) => {
                // Its temporaries are the statement's.
                let matched = self.scrutinee(&it.expr, it.arms.iter().map(|arm| &arm.pat), true, false);
                self.arms(matched, it.arms.iter().map(|arm| (&arm.pat, &*arm.body)));
            }
            Expr::Loop(it) => {
                self.repeat(it.label.as_ref().map(|label| &label.name), |this| this.plain_block(&it.body))
            }
            Expr::While(it) => self.repeat(it.label.as_ref().map(|label| &label.name), |this| {
                this.decided(&it.cond, &[], |this| this.plain_block(&it.body), |this| this.jump(None, true));
            }),
            Expr::ForLoop(it) => {
                self.value(&it.expr);
                self.repeat(it.label.as_ref().map(|label| &label.name), |this| {
                    this.branch(|this| this.jump(None, true), |_| {});
                    this.define(&it.pat);
                    this.plain_block(&it.body);
                });
            }
            Expr::Block(it) => {
                self.labelled(it.label.as_ref().map(|label| &label.name), |this| this.plain_block(&it.block));
            }
            Expr::Unsafe(it) => self.plain_block(&it.block),
            Expr::Paren(it) => self.value(&it.expr),
            Expr::Group(it) => self.value(&it.expr),
            Expr::Try(it) => {
                self.value(&it.expr);
                self.exit(Exit::Failed);
            }
            // Within a block of its own.
            Expr::Await(it) => self.value(&it.base),
            Expr::Cast(it) => self.operand(&it.expr),
            Expr::Repeat(it) => self.value(&it.expr),
            Expr::Tuple(it) => it.elems.iter().for_each(|element| self.value(element)),
            Expr::Array(it) => it.elems.iter().for_each(|element| self.value(element)),
            Expr::Struct(it) => {
                it.fields.iter().for_each(|field| self.value(&field.expr));
                it.rest.iter().for_each(|rest| self.rest(rest, &it.fields));
            }
            Expr::Range(it) => {
                it.start.iter().for_each(|start| self.operand(start));
                it.end.iter().for_each(|end| self.operand(end));
            }
            other => self.mentioned(other),
        }
    }

    /// Evaluated to a place.
    pub(super) fn place(&mut self, expr: &Expr) {
        self.place_for(expr, How::Place);
    }

    /// Evaluated to a place that is read, or written to, at once.
    pub(super) fn read(&mut self, expr: &Expr) {
        self.place_for(expr, How::Read);
    }

    fn place_for(&mut self, expr: &Expr, how: How) {
        match expr {
            Expr::Path(it) => {
                self.used(it, how);
            }
            Expr::Field(it) => {
                self.note_path(expr);
                self.flow.behind.extend(root(&it.base));
                self.place_for(&it.base, how);
            }
            Expr::Index(it) => {
                self.flow.behind.extend(root(&it.expr));
                self.place_for(&it.expr, how);
                self.operand(&it.index);
            }
            Expr::Unary(it) if matches!(it.op, UnOp::Deref(_)) => {
                self.flow.behind.extend(root(&it.expr));
                self.place_for(&it.expr, how);
            }
            Expr::Paren(it) => self.place_for(&it.expr, how),
            Expr::Group(it) => self.place_for(&it.expr, how),
            other => self.value(other),
        }
    }

    fn assigned(&mut self, left: &Expr) {
        match left {
            Expr::Path(it) => {
                if self.used(it, How::Assigned)
                    && let Some(Name::Use(id)) = it.path.get_ident().and_then(Locals::read)
                {
                    let local = self.locals.used(id);
                    // It may be defined in a scope around: it does not end with this one.
                    self.act(Action::Define(local));
                    self.defined.pop();
                    self.log.pop();
                }
            }
            Expr::Tuple(it) => it.elems.iter().for_each(|element| self.place(element)),
            Expr::Field(_) => self.part_assigned(left),
            other => self.place(other),
        }
    }

    fn binary(&mut self, it: &syn::ExprBinary) {
        use syn::BinOp::{And, Eq, Ge, Gt, Le, Lt, Ne, Or};
        match it.op {
            And(_) | Or(_) => {
                self.value(&it.left);
                self.branch(|this| this.value(&it.right), |_| {});
            }
            Eq(_) | Ne(_) | Lt(_) | Le(_) | Gt(_) | Ge(_) => {
                self.read(&it.left);
                self.read(&it.right);
            }
            op if is_assignment(&op) => {
                self.operand(&it.right);
                self.flow.written.extend(root(&it.left));
                self.read(&it.left);
            }
            // A text goes on.
            syn::BinOp::Add(_) if is_text(&it.right) => {
                self.value(&it.left);
                self.value(&it.right);
            }
            _ => {
                self.operand(&it.left);
                self.operand(&it.right);
            }
        }
    }

    /// Of what computes: a field, or what a reference refers to, is a number, which is copied.
    fn operand(&mut self, expr: &Expr) {
        match expr {
            Expr::Field(_) => self.read(expr),
            Expr::Unary(it) if matches!(it.op, UnOp::Deref(_)) => self.read(expr),
            other => self.value(other),
        }
    }

    /// How the local is used whose method is called. What is captured for a call is asked before it, when its arguments are not there yet.
    fn receiver(&self, call: &syn::ExprMethodCall) -> How {
        match self.within_closure {
            true if takes_captured(call) || compares(call) => How::Value,
            true if !asks_local(call, self.locals) || !self.gives(call) => How::Place,
            _ => How::Receiver,
        }
    }

    /// Whether a method may be asked within a closure that it is given these arguments: the types of those are asked about too, by what closures within
    /// that could not borrow.
    fn gives(&self, call: &syn::ExprMethodCall) -> bool {
        call.args.is_empty() || !self.within_closures && !call.args.iter().any(is_of_closures)
    }

    /// Whether it may be asked how something is called: not where that may be a closure of this body.
    fn may_be_asked(&self, func: &Expr) -> bool {
        let root = path(func).map(|(root, _)| self.locals.used(root));
        !self.within_closure && root.is_some_and(|local| none_in(self.locals, local))
    }

    /// Whether it can be called only once, as the signature says.
    fn is_once(&self, name: &syn::ExprPath) -> bool {
        match name.path.get_ident().and_then(Locals::read) {
            Some(Name::Use(id)) => self.locals[self.locals.used(id)].once,
            _ => false,
        }
    }

    /// Whether it is a closure without `move`, as it is written.
    fn is_closure(&self, name: &syn::ExprPath) -> bool {
        match name.path.get_ident().and_then(Locals::read) {
            Some(Name::Use(id)) => !self.within_closure && self.locals[self.locals.used(id)].closure,
            _ => false,
        }
    }

    pub(super) fn let_value(&mut self, pat: &Pat, init: &Expr, exhaustive: bool) -> Option<UseId> {
        let pat = if let Pat::Type(it) = pat { &*it.pat } else { pat };
        if matches!(pat, Pat::Wild(_)) && is_place(init) {
            self.place(init);
            None
        } else {
            self.scrutinee(init, std::iter::once(pat), exhaustive, false)
        }
    }
}

/// Whether numbers have such a method, which takes them by value.
fn computes(method: &str) -> bool {
    const FAMILIES: [&str; 10] = [
        "wrapping_",
        "checked_",
        "saturating_",
        "overflowing_",
        "rotate_",
        "leading_",
        "trailing_",
        "count_",
        "to_be",
        "to_le",
    ];
    matches!(method, "min" | "max" | "clamp" | "pow" | "abs" | "abs_diff" | "div_ceil" | "signum" | "swap_bytes")
        || FAMILIES.iter().any(|family| method.starts_with(family))
}

/// The use of the local that a place is a part of.
fn root(place: &Expr) -> Option<UseId> {
    match place {
        Expr::Path(it) => match it.path.get_ident().and_then(Locals::read)? {
            Name::Use(id) => Some(id),
            Name::Binder(_) => None,
        },
        Expr::Field(it) => root(&it.base),
        Expr::Index(it) => root(&it.expr),
        Expr::Unary(it) => root(&it.expr),
        Expr::Paren(it) => root(&it.expr),
        Expr::Group(it) => root(&it.expr),
        _ => None,
    }
}

/// Whether what is added is a text, as it is written: a literal, or something borrowed.
fn is_text(expr: &Expr) -> bool {
    match expr {
        Expr::Lit(it) => matches!(it.lit, syn::Lit::Str(_)),
        Expr::Reference(_) => true,
        Expr::Paren(it) => is_text(&it.expr),
        _ => false,
    }
}

/// Whether an argument is a closure or a block, or has one: of what kind it is, no question knows within a closure. Or has something that is bound
/// within a closure: what that borrows does not leave it.
fn is_of_closures(argument: &Expr) -> bool {
    struct Closures(bool);
    impl<'ast> Visit<'ast> for Closures {
        fn visit_expr_closure(&mut self, _: &'ast syn::ExprClosure) {
            self.0 = true;
        }
        fn visit_expr_async(&mut self, _: &'ast syn::ExprAsync) {
            self.0 = true;
        }
        fn visit_macro(&mut self, _: &'ast Macro) {
            self.0 = true;
        }
        fn visit_expr_call(&mut self, call: &'ast syn::ExprCall) {
            call.args.iter().for_each(|argument| self.visit_expr(argument));
        }
        fn visit_expr_path(&mut self, path: &'ast syn::ExprPath) {
            let bound =
                |name: &syn::Ident| !Locals::is_numbered(name) && name.to_string().starts_with(char::is_lowercase);
            self.0 |= path.path.get_ident().is_some_and(bound);
        }
    }
    let mut closures = Closures(false);
    closures.visit_expr(argument);
    closures.0
}
