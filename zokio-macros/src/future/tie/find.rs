//! Which closures are tied to what.

use std::collections::HashSet;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::visit::{self, Visit};
use syn::{
    Arm, Block, Expr, ExprAsync, ExprClosure, ExprForLoop, ExprIf, ExprWhile, Item, Local, Macro, Pat, Stmt, Type,
};

use super::whole;
use crate::future::local::{LocalId, Locals, Name, Origin};
use crate::future::macros::expressions;
use crate::future::nested;
use crate::future::order::{Names, has_let};
use crate::future::plain;
use crate::future::selection;
use crate::future::uses::{self, Uses};

/// What is written where, each in the order of the source.
pub(super) struct Found {
    /// The scopes of arguments.
    pub(super) arguments: TokenStream,
    /// The scopes of what is bound: by each `let`, arm, condition, loop and selected branch.
    pub(super) bound: Vec<TokenStream>,
    /// What each closure looks at, and before which of its statements.
    pub(super) ties: Vec<Vec<(usize, TokenStream)>>,
}

impl Found {
    pub(super) fn is_any(&self) -> bool {
        self.ties.iter().any(|ties| !ties.is_empty())
    }
}

pub(super) struct Finder<'l> {
    locals: &'l Locals,
    z: &'l TokenStream,
    bound: Vec<Vec<LocalId>>,
    ties: Vec<Vec<(usize, TokenStream)>>,
    /// The locals whose scopes may be looked at where the visitor is: those have a value from the start.
    known: HashSet<LocalId>,
    /// Those that a closure looks at.
    needed: HashSet<LocalId>,
    /// Those that are unique references, as their values are written.
    unique: HashSet<LocalId>,
    /// Those that are boxes, as their values are written: perhaps of references.
    boxes: HashSet<LocalId>,
    /// Those that are used by value somewhere, and perhaps moved.
    moved: HashSet<LocalId>,
    /// Those that are called a method of that may consume them.
    called: HashSet<LocalId>,
    /// What the arm binds whose guard is visited.
    guarded: Vec<LocalId>,
    /// What closures use that are within the closure that is visited, or around.
    nested: Vec<LocalId>,
}

impl<'l> Finder<'l> {
    pub(super) fn new(locals: &'l Locals, arguments: &[LocalId], body: &Block, z: &'l TokenStream) -> Self {
        let known = arguments.iter().copied().collect();
        let (needed, unique, boxes) = (HashSet::new(), HashSet::new(), HashSet::new());
        let [moved, called] = uses::by_value(body, locals);
        Self {
            locals,
            z,
            bound: Vec::new(),
            ties: Vec::new(),
            known,
            needed,
            unique,
            boxes,
            moved,
            called,
            guarded: Vec::new(),
            nested: Vec::new(),
        }
    }

    /// What was found: of a body whose first statements, so many, are not the source's.
    pub(super) fn found(mut self, arguments: Vec<LocalId>, statements: usize) -> Found {
        let bound = self.bound.split_off(statements);
        let arguments = arguments.into_iter().chain(self.bound.concat());
        Found {
            arguments: self.scopes(arguments),
            bound: bound.into_iter().map(|bound| self.scopes(bound.into_iter())).collect(),
            ties: self.ties,
        }
    }

    fn scopes(&self, locals: impl Iterator<Item = LocalId>) -> TokenStream {
        let z = self.z;
        let needed = locals.filter(|local| self.needed.contains(local));
        needed
            .map(|local| {
                let name = &self.locals[local].name;
                let scope = scope_of(name, name.span());
                quote!(#[allow(warnings)] let #scope = #z::scope(&#name);)
            })
            .collect()
    }

    fn bind(&mut self, bound: Vec<LocalId>) {
        self.known.extend(bound.iter().copied());
        self.bound.push(bound);
    }

    /// What the closure looks at.
    fn closure(&mut self, closure: &Expr) -> Vec<(usize, TokenStream)> {
        let z = self.z;
        let mut ties = Vec::new();
        for (local, ids) in uses::within(closure, self.locals) {
            let known = &self.locals[local];
            if plain::is_number_local(self.locals, local) {
                continue;
            }
            let uses = Uses::of(closure, &ids);
            let span = uses.span.unwrap_or_else(|| known.name.span());
            let mut name = known.name.clone();
            name.set_span(span);
            let (held, scope_is_known) = (uses.are_of_what_it_refers_to(known), self.known.contains(&local));
            let is_reference = uses::is_reference(known);
            let looked = if !held || uses.matched || uses.through && !scope_is_known && !is_reference {
                quote!(let _ = &#name;)
            } else {
                // An `async` closure lends what it borrows of a reference to its futures: a field could not be looked at beside.
                let lends = matches!(closure, Expr::Closure(it) if it.asyncness.is_some()) && is_reference;
                let fields: &[_] = if lends { &[] } else { &uses.fields };
                let scope = scope_of(&name, span);
                // An argument that is a reference is there as long as what it refers to.
                let lives = is_reference && known.origin == Origin::Argument;
                let tie = (uses.through && scope_is_known && !lives).then(|| {
                    self.needed.insert(local);
                    let leaves = if self.nested.contains(&local) && (uses.are_of_all() || is_reference) {
                        quote!(LeavesAll)
                    } else {
                        quote!(Leaves)
                    };
                    quote!(#[allow(warnings)] { use #z::ties::{#leaves as _, Stays as _}; #scope.tie(); };)
                });
                // What a unique reference refers to may be changed through that alone.
                let refers = is_reference || self.unique.contains(&local);
                let behind = ((uses.behind || uses.whole) && refers).then(|| quote!(let _ = &*#name;));
                // Where it is coerced natively the closure has what a reference within it refers to.
                let whole = (uses.whole && !refers)
                    .then(|| quote!(#[allow(warnings)] { use #z::ties::{Looks as _, Reborrows as _}; #name.__zokio_coerced(); };));
                // A box of a reference may be moved while natively the closure has what that refers to: by a method too, any of a name that
                // we do not know.
                let is_box = self.boxes.contains(&local)
                    || known.ty.as_ref().and_then(plain::in_box).is_some_and(|ty| matches!(ty, Type::Reference(_)));
                let is_moved = self.moved.contains(&local) && !is_reference;
                let moved = if is_box {
                    (is_moved || self.called.contains(&local)) && (uses.behind || uses.through)
                } else {
                    is_moved && uses.behind
                };
                let itself =
                    moved.then(|| quote!(#[allow(warnings)] { use #z::ties::Itself as _; #name.__zokio_itself(); };));
                quote!(#tie #behind #whole #itself #(let _ = &raw const #name #(.#fields)*;)*)
            };
            let guard = self.guarded.contains(&local).then(|| guard_at(span));
            let guard = guard.map(|guard| quote!(let _ = &#guard;));
            let looked = quote!(#guard #looked);
            if !looked.is_empty() {
                // Of what type it is may be known only there.
                let is_there = |stmt: &Stmt| uses::is_within(stmt, &ids);
                let at = statements(closure).iter().position(is_there).unwrap_or_default();
                ties.push((at, looked));
            }
        }
        ties
    }

    /// Natively a closure that moves fields has those alone: the machine's has all of the local, if it moves it.
    fn wholes(&self, closure: &Expr) -> Option<(usize, TokenStream)> {
        let within = uses::within(closure, self.locals).into_iter();
        let wholes: TokenStream = within
            .filter(|(local, _)| !uses::is_reference(&self.locals[*local]))
            .filter_map(|(local, ids)| {
                let uses = Uses::of(closure, &ids);
                let mut name = self.locals[local].name.clone();
                let in_part = uses.matched || whole::names_field(closure.to_token_stream(), &ids);
                name.set_span(uses.span.filter(|_| in_part)?);
                Some(whole::marked(&name))
            })
            .collect();
        (!wholes.is_empty()).then_some((0, wholes))
    }
}

/// Closures and blocks within a closure that borrows: they may leave that, and are tied by themselves. What one moves it has as natively.
struct Nested<'f, 'l>(&'f mut Finder<'l>);

impl Nested<'_, '_> {
    fn within(&mut self, closure: &Expr) {
        match closure {
            Expr::Closure(it) => self.visit_expr(&it.body),
            Expr::Async(it) => self.visit_block(&it.block),
            _ => {}
        }
    }
}

impl<'ast> Visit<'ast> for Nested<'_, '_> {
    fn visit_expr(&mut self, expr: &'ast Expr) {
        match expr {
            Expr::Closure(ExprClosure { capture: None, .. }) | Expr::Async(ExprAsync { capture: None, .. }) => {
                let ties = self.0.closure(expr);
                self.0.ties.push(ties);
                self.within(expr);
            }
            Expr::Closure(_) | Expr::Async(_) | Expr::Const(_) => {}
            expr => visit::visit_expr(self, expr),
        }
    }

    fn visit_macro(&mut self, mac: &'ast Macro) {
        expressions(mac, &mut |expr| self.visit_expr(expr));
    }

    fn visit_item(&mut self, _: &'ast Item) {}
    fn visit_pat(&mut self, _: &'ast Pat) {}
}

/// The statements of a closure or block, if it has some.
fn statements(closure: &Expr) -> &[Stmt] {
    match closure {
        Expr::Async(it) => &it.block.stmts,
        Expr::Closure(it) => match &*it.body {
            Expr::Block(it) if it.label.is_none() => &it.block.stmts,
            _ => &[],
        },
        _ => &[],
    }
}

/// The scope of a local. As a name of the source's: of a macro's own rustc would speak as of a temporary.
fn scope_of(name: &Ident, span: Span) -> Ident {
    let name = name.to_string();
    format_ident!("__zokio_scope_of_{}", name.trim_start_matches("r#"), span = span)
}

/// What stands for the scope of a guard: what its arm binds is somewhere else in the arm.
pub(super) fn guard_at(span: Span) -> Ident {
    Ident::new("__zokio_guard", Span::mixed_site().located_at(span))
}

/// What a pattern binds, or the patterns of a condition.
fn bound(names: &impl Names) -> Vec<LocalId> {
    let mut bound = Vec::new();
    names.names(&mut |name| match name {
        Name::Binder(local) if !bound.contains(&local) => bound.push(local),
        _ => {}
    });
    bound
}

impl<'ast> Visit<'ast> for Finder<'_> {
    fn visit_local(&mut self, local: &'ast Local) {
        match &local.init {
            Some(init) => {
                let unique = matches!((&local.pat, &*init.expr), (Pat::Ident(_), Expr::Reference(it)) if it.mutability.is_some());
                let bound = bound(&local.pat);
                let boxed = plain::makes_box(&init.expr);
                self.boxes.extend(bound.iter().filter(|_| boxed));
                self.unique.extend(bound.iter().filter(|_| unique));
                self.bind(bound);
            }
            None => self.bound.push(Vec::new()),
        }
        visit::visit_local(self, local);
    }

    fn visit_arm(&mut self, arm: &'ast Arm) {
        let mut pat = &arm.pat;
        if let Pat::Guard(it) = pat {
            // One with a `let` is refused.
            let binds = if has_let(&it.guard) { Vec::new() } else { bound(&*it.pat) };
            let guarded = std::mem::replace(&mut self.guarded, binds);
            self.visit_expr(&it.guard);
            self.guarded = guarded;
            pat = &it.pat;
        }
        self.bind(bound(pat));
        self.visit_expr(&arm.body);
    }

    fn visit_expr_if(&mut self, it: &'ast ExprIf) {
        let bound = bound(&*it.cond);
        self.bound.push(bound.clone());
        self.visit_expr(&it.cond);
        self.known.extend(bound);
        self.visit_block(&it.then_branch);
        it.else_branch.iter().for_each(|(_, otherwise)| self.visit_expr(otherwise));
    }

    fn visit_expr_while(&mut self, it: &'ast ExprWhile) {
        let bound = bound(&*it.cond);
        self.bound.push(bound.clone());
        self.visit_expr(&it.cond);
        self.known.extend(bound);
        self.visit_block(&it.body);
    }

    fn visit_expr_for_loop(&mut self, it: &'ast ExprForLoop) {
        self.bind(bound(&*it.pat));
        self.visit_expr(&it.expr);
        self.visit_block(&it.body);
    }

    fn visit_expr(&mut self, expr: &'ast Expr) {
        match expr {
            Expr::Closure(ExprClosure { capture, .. }) | Expr::Async(ExprAsync { capture, .. }) => {
                let used = uses::within(expr, self.locals).into_iter().map(|(local, _)| local);
                let lends = nested::lends(expr);
                self.nested = used.filter(|local| lends || nested::use_it(expr, self.locals, *local)).collect();
                let mut ties = if capture.is_none() { self.closure(expr) } else { Vec::new() };
                ties.extend(self.wholes(expr));
                self.ties.push(ties);
                if capture.is_none() {
                    Nested(self).within(expr);
                }
            }
            Expr::Const(_) => {}
            expr => visit::visit_expr(self, expr),
        }
    }

    fn visit_macro(&mut self, mac: &'ast Macro) {
        let Some(selection) = selection::branches(mac) else {
            expressions(mac, &mut |expr| self.visit_expr(expr));
            return;
        };
        for branch in &selection.branches {
            branch.future.iter().chain(&branch.condition).for_each(|expr| self.visit_expr(expr));
            self.bind(branch.pat.as_ref().map(bound).unwrap_or_default());
            self.visit_expr(&branch.handler);
        }
    }

    fn visit_item(&mut self, _: &'ast Item) {}
    fn visit_pat(&mut self, _: &'ast Pat) {}
}
