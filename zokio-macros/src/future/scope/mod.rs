//! A body whose locals are unique: every binder and every use of a local has a number for its name.

mod macros;
mod pattern;

use std::collections::HashMap;

use proc_macro2::Ident;
use syn::visit_mut::{self, VisitMut};
use syn::{Arm, Block, Expr, ExprClosure, ExprForLoop, ExprIf, ExprLet, ExprWhile, Item, Member, Pat, Stmt};

use super::input;
use super::local::{LocalId, Locals, Origin};
use super::plain::in_box;

pub(crate) use self::pattern::binds;

/// Renames the locals of a body. Arguments are bound first.
pub(crate) struct Scopes<'l> {
    pub(crate) locals: &'l mut Locals,
    /// Names within their blocks; `None` is a name of a closure's or block's own, which stays as it is.
    scopes: Vec<HashMap<String, Option<LocalId>>>,
    /// Within how many closures and `async` blocks.
    within: usize,
    /// Whether what `select!` binds is the body's.
    selects: bool,
}

impl<'l> Scopes<'l> {
    pub(crate) fn new(locals: &'l mut Locals) -> Self {
        Self { locals, scopes: vec![HashMap::new()], within: 0, selects: false }
    }

    /// Of a body as it is written, with its sugar.
    pub(crate) fn of_original(locals: &'l mut Locals) -> Self {
        Self { selects: true, ..Self::new(locals) }
    }

    /// Adds the arguments.
    pub(crate) fn arguments(&mut self, arguments: &[input::Argument]) -> Vec<LocalId> {
        let added = |argument: &input::Argument| {
            let id = self.argument(&argument.name);
            let local = &mut self.locals[id];
            (local.once, local.is_mut) = (argument.once, argument.is_mut);
            local.ty.clone_from(&argument.ty);
            local.boxed = argument.ty.as_ref().is_some_and(|ty| in_box(ty).is_some());
            id
        };
        arguments.iter().map(added).collect()
    }

    /// Adds an argument or a capture.
    fn argument(&mut self, name: &Ident) -> LocalId {
        let id = self.locals.add(name.clone(), Origin::Argument);
        self.declare(name, Some(id));
        id
    }

    fn declare(&mut self, name: &Ident, local: Option<LocalId>) {
        if let Some(scope) = self.scopes.last_mut() {
            scope.insert(name.to_string(), local);
        }
    }

    fn resolve(&self, name: &Ident) -> Option<LocalId> {
        let name = name.to_string();
        self.scopes.iter().rev().find_map(|scope| scope.get(&name)).copied().flatten()
    }

    fn within_scope(&mut self, visit: impl FnOnce(&mut Self)) {
        self.scopes.push(HashMap::new());
        visit(self);
        self.scopes.pop();
    }

    /// What a closure or an `async` block binds is its own.
    fn within_other(&mut self, visit: impl FnOnce(&mut Self)) {
        self.within += 1;
        self.within_scope(visit);
        self.within -= 1;
    }

    /// Notes a local of this name that the value, of the same name again, is made of by its methods.
    fn rebuilt(&mut self, name: &Ident, value: &Expr) {
        let made = !matches!(value, Expr::Path(_)) && made_of(value).is_some_and(|of| of == name);
        if let Some(local) = made.then(|| self.resolve(name)).flatten() {
            self.locals[local].rebuilt = true;
        }
    }

    /// The name of a use, if the name is that of a local.
    fn use_of(&mut self, name: &Ident) -> Option<Ident> {
        let local = self.resolve(name)?;
        Some(self.locals.use_of(local, name.span()))
    }
}

impl VisitMut for Scopes<'_> {
    fn visit_block_mut(&mut self, block: &mut Block) {
        self.within_scope(|this| visit_mut::visit_block_mut(this, block));
    }

    fn visit_stmt_mut(&mut self, stmt: &mut Stmt) {
        match stmt {
            Stmt::Local(local) => {
                if let Some(init) = &mut local.init {
                    if let Pat::Ident(it) = &local.pat {
                        self.rebuilt(&it.ident, &init.expr);
                    }
                    self.visit_expr_mut(&mut init.expr);
                    if let Some((_, otherwise)) = &mut init.diverge {
                        self.visit_expr_mut(otherwise);
                    }
                }
                self.bind(&mut local.pat);
            }
            Stmt::Macro(mac) => self.rename_macro(&mut mac.mac),
            Stmt::Item(_) => {}
            Stmt::Expr(expr, _) => self.visit_expr_mut(expr),
        }
    }

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        match expr {
            Expr::Path(path) if path.qself.is_none() => {
                if let Some(name) = path.path.get_ident().and_then(|name| self.use_of(name)) {
                    path.path = name.into();
                }
            }
            Expr::Struct(it) => {
                for field in &mut it.fields {
                    if field.colon_token.is_none() && matches!(field.member, Member::Named(_)) {
                        field.colon_token = Some(Default::default());
                    }
                }
                visit_mut::visit_expr_struct_mut(self, it);
            }
            Expr::Assign(it) => {
                if let Expr::Path(path) = &*it.left
                    && let Some(name) = path.path.get_ident()
                {
                    self.rebuilt(name, &it.right);
                }
                visit_mut::visit_expr_assign_mut(self, it);
            }
            Expr::Macro(mac) => self.rename_macro(&mut mac.mac),
            Expr::Async(it) => self.within_other(|this| this.visit_block_mut(&mut it.block)),
            Expr::Const(_) => {}
            _ => visit_mut::visit_expr_mut(self, expr),
        }
    }

    fn visit_expr_closure_mut(&mut self, closure: &mut ExprClosure) {
        self.within_other(|this| {
            for input in &mut closure.inputs {
                this.bind(input);
            }
            this.visit_expr_mut(&mut closure.body);
        });
    }

    fn visit_expr_if_mut(&mut self, it: &mut ExprIf) {
        self.within_scope(|this| {
            this.visit_expr_mut(&mut it.cond);
            this.visit_block_mut(&mut it.then_branch);
        });
        if let Some((_, otherwise)) = &mut it.else_branch {
            self.visit_expr_mut(otherwise);
        }
    }

    fn visit_expr_while_mut(&mut self, it: &mut ExprWhile) {
        self.within_scope(|this| {
            this.visit_expr_mut(&mut it.cond);
            this.visit_block_mut(&mut it.body);
        });
    }

    fn visit_expr_for_loop_mut(&mut self, it: &mut ExprForLoop) {
        self.visit_expr_mut(&mut it.expr);
        self.within_scope(|this| {
            this.bind(&mut it.pat);
            this.visit_block_mut(&mut it.body);
        });
    }

    fn visit_expr_let_mut(&mut self, it: &mut ExprLet) {
        self.visit_expr_mut(&mut it.expr);
        self.bind(&mut it.pat);
    }

    fn visit_arm_mut(&mut self, arm: &mut Arm) {
        self.within_scope(|this| {
            this.bind(&mut arm.pat);
            this.visit_expr_mut(&mut arm.body);
        });
    }

    fn visit_item_mut(&mut self, _: &mut Item) {}
    fn visit_pat_mut(&mut self, _: &mut Pat) {}
}

/// What a chain of methods begins with, if that is a name.
fn made_of(value: &Expr) -> Option<&Ident> {
    match value {
        Expr::MethodCall(it) => made_of(&it.receiver),
        Expr::Await(it) => made_of(&it.base),
        Expr::Try(it) => made_of(&it.expr),
        Expr::Path(it) => it.path.get_ident(),
        _ => None,
    }
}
