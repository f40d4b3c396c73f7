//! What a closure does with a local: whether, of a local that is a reference, it needs what that refers to alone.

use std::collections::HashSet;

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{Block, Expr, ExprBinary, ExprPath, Macro, Member, Stmt, Type, UnOp};

use super::local::{Local, LocalId, Locals, Name, UseId};
use super::macros::{self, Arguments};
use super::order::{Names, asks_local, borrows, is_comparison, takes};
use super::plain::used;
use super::selection;

/// How the locals are used that are around it.
pub(super) struct Uses {
    /// Where it is used first.
    pub(super) span: Option<Span>,
    /// The fields of it of which something is done: `.f.g` of `local.f.g.len()`. Not those that are read and nothing else.
    pub(super) fields: Vec<Vec<Member>>,
    /// Whether its fields are used, a method of it, or what it refers to: where its type is known, then.
    pub(super) through: bool,
    /// Whether a method of it is called, or what it refers to is used.
    pub(super) behind: bool,
    /// Whether a pattern looks into it, and perhaps through references; or a struct takes what it does not give itself from it, or a macro that is
    /// not known.
    pub(super) matched: bool,
    /// Whether something else is done with it than to use its fields or what it refers to. A method may be one that changes the local,
    /// which might be a reference: `read` of a `&[u8]`.
    bare: bool,
    /// Whether it is used where it may be coerced, as an argument say: of a reference natively what that refers to is borrowed anew there.
    pub(super) whole: bool,
    /// Whether the local is itself borrowed, or assigned to.
    itself: bool,
}

/// Every local that is used within a closure, with its uses.
pub(super) fn within(closure: &Expr, locals: &Locals) -> Vec<(LocalId, Vec<UseId>)> {
    let mut found: Vec<(LocalId, Vec<UseId>)> = Vec::new();
    closure.names(&mut |name| {
        let Name::Use(id) = name else { return };
        let local = locals.used(id);
        match found.iter_mut().find(|(known, _)| *known == local) {
            Some((_, ids)) => ids.push(id),
            None => found.push((local, vec![id])),
        }
    });
    found
}

/// The locals that are used by value somewhere, not only looked at, borrowed, or called a method of that may do no more; and those that are
/// called a method of that is not known to borrow.
pub(super) fn by_value(body: &Block, locals: &Locals) -> [HashSet<LocalId>; 2] {
    let mut values = Values { locals, found: HashSet::new(), called: HashSet::new() };
    values.visit_block(body);
    [values.found, values.called]
}

/// Finds what is used by value.
struct Values<'l> {
    locals: &'l Locals,
    found: HashSet<LocalId>,
    called: HashSet<LocalId>,
}

impl<'ast> Visit<'ast> for Values<'_> {
    fn visit_expr(&mut self, expr: &'ast Expr) {
        match expr {
            Expr::Path(it) => {
                self.found.extend(self.local(it));
            }
            // Others may move what they are given: `Add` for a box.
            Expr::Binary(ExprBinary { left, op, right, .. }) if is_comparison(op) => {
                [left, right].into_iter().for_each(|operand| self.within(operand));
            }
            Expr::MethodCall(it) => {
                if takes(it) {
                    self.visit_expr(&it.receiver);
                } else {
                    self.within(&it.receiver);
                    // Also by name alone, should it not be asked: for other than std's types that may consume.
                    if let Expr::Path(path) = &*it.receiver {
                        self.called.extend(
                            self.local(path)
                                .filter(|_| !borrows(&it.method.to_string()) || asks_local(it, self.locals)),
                        );
                    }
                }
                it.args.iter().for_each(|argument| self.visit_expr(argument));
            }
            Expr::Field(it) => self.within(&it.base),
            Expr::Index(it) => {
                self.within(&it.expr);
                self.visit_expr(&it.index);
            }
            Expr::Unary(it) => self.within(&it.expr),
            Expr::Reference(it) => self.within(&it.expr),
            Expr::Assign(it) => {
                self.within(&it.left);
                self.visit_expr(&it.right);
            }
            expr => visit::visit_expr(self, expr),
        }
    }

    fn visit_macro(&mut self, mac: &'ast Macro) {
        let mut arguments = Arguments::of(mac);
        let name = macros::name(mac);
        let looks =
            macros::only_looks(&name) && !macros::takes_values(&name) && name != "pin" && !selection::is_selection(mac);
        for argument in arguments.expressions() {
            if looks { self.within(argument) } else { self.visit_expr(argument) }
        }
    }
}

impl Values<'_> {
    fn local(&self, path: &ExprPath) -> Option<LocalId> {
        used(path).map(|id| self.locals.used(id))
    }

    /// What is within an expression, if that is no local itself.
    fn within(&mut self, expr: &Expr) {
        if !matches!(expr, Expr::Path(_)) {
            self.visit_expr(expr);
        }
    }
}

/// Whether one of these uses is within a statement.
pub(super) fn is_within(stmt: &Stmt, ids: &[UseId]) -> bool {
    let mut found = false;
    stmt.names(&mut |name| found |= matches!(name, Name::Use(id) if ids.contains(&id)));
    found
}

impl Uses {
    /// Of one local.
    pub(super) fn of(closure: &Expr, ids: &[UseId]) -> Self {
        let none = Self {
            span: None,
            fields: Vec::new(),
            through: false,
            behind: false,
            matched: false,
            bare: false,
            whole: false,
            itself: false,
        };
        let mut finder = Finder { ids, uses: none };
        finder.visit_expr(closure);
        finder.uses
    }

    /// Whether all of the local is used, as an argument say: of a reference of two words too, that is what it refers to, where the closure may go
    /// with it. To what is used otherwise it is tied, if that is no reference of one word.
    pub(super) fn are_of_all(&self) -> bool {
        self.whole
    }

    /// Whether the closure has of the local, if it is a reference, what that refers to: it is never changed within.
    pub(super) fn are_of_what_it_refers_to(&self, local: &Local) -> bool {
        !(self.itself || self.bare && local.is_mut)
    }
}

/// Whether a local is a reference, as its type is written.
pub(super) fn is_reference(local: &Local) -> bool {
    matches!(local.ty, Some(Type::Reference(_)))
}

struct Finder<'i> {
    ids: &'i [UseId],
    uses: Uses,
}

impl Finder<'_> {
    fn is(&mut self, expr: &Expr) -> bool {
        match expr {
            Expr::Path(it) => it.path.get_ident().is_some_and(|name| self.names(name)),
            Expr::Paren(it) => self.is(&it.expr),
            Expr::Group(it) => self.is(&it.expr),
            _ => false,
        }
    }

    /// Whether it is what the local refers to.
    fn is_dereferenced(&mut self, expr: &Expr) -> bool {
        match expr {
            Expr::Unary(it) if matches!(it.op, UnOp::Deref(_)) => self.is(&it.expr) || self.is_dereferenced(&it.expr),
            Expr::Paren(it) => self.is_dereferenced(&it.expr),
            Expr::Group(it) => self.is_dereferenced(&it.expr),
            _ => false,
        }
    }

    fn names(&mut self, name: &Ident) -> bool {
        let is_use = matches!(Locals::read(name), Some(Name::Use(id)) if self.ids.contains(&id));
        if is_use {
            self.uses.span.get_or_insert_with(|| name.span());
        }
        is_use
    }

    /// The path of a field of it.
    fn path(&mut self, expr: &Expr) -> Option<Vec<Member>> {
        match expr {
            Expr::Field(it) if self.is(&it.base) => Some(vec![it.member.clone()]),
            // `(*r).f` is the field that `r.f` is.
            Expr::Field(it) if self.is_dereferenced(&it.base) => Some(vec![it.member.clone()]),
            Expr::Field(it) => {
                let mut path = self.path(&it.base)?;
                path.push(it.member.clone());
                Some(path)
            }
            Expr::Paren(it) => self.path(&it.expr),
            Expr::Group(it) => self.path(&it.expr),
            _ => None,
        }
    }

    fn field(&mut self, path: Vec<Member>) {
        self.uses.through = true;
        if !self.uses.fields.contains(&path) {
            self.uses.fields.push(path);
        }
    }

    fn behind(&mut self) {
        (self.uses.bare, self.uses.through, self.uses.behind) = (true, true, true);
    }

    /// What something is done with: a method called, an index looked up, what it refers to used. Whether it is the local, or a field of it.
    fn root(&mut self, expr: &Expr) -> bool {
        if self.is(expr) {
            self.behind();
            return true;
        }
        let path = self.path(expr);
        path.map(|path| self.field(path)).is_some()
    }

    /// What a pattern looks into.
    fn matched(&mut self, expr: &Expr) {
        if self.is(expr) {
            (self.uses.matched, self.uses.through) = (true, true);
        } else if let Some(path) = self.path(expr) {
            self.field(path);
        }
    }

    /// Of a macro's tokens.
    fn tokens(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        for (index, token) in tokens.iter().enumerate() {
            match token {
                TokenTree::Group(group) => {
                    self.tokens(group.stream());
                    continue;
                }
                TokenTree::Ident(name) if self.names(name) => {}
                _ => continue,
            }
            let after = &tokens[index + 1..];
            let before = tokens[..index].iter().rev().find(|it| !matches!(it, TokenTree::Ident(it) if it == "mut"));
            let next = |punct| after.first().is_some_and(|it| macros::is(it, punct));
            let called =
                matches!(after.get(2), Some(TokenTree::Group(_))) || after.get(2).is_some_and(|it| macros::is(it, ':'));
            let member = after.get(1).and_then(|member| syn::parse2::<Member>(member.to_token_stream()).ok());
            let indexed = matches!(after.first(), Some(TokenTree::Group(_)));
            match member.filter(|_| next('.') && !called) {
                Some(member) => self.field(vec![member]),
                None if next('.') || indexed => self.behind(),
                // What becomes of it there, nobody knows.
                None => (self.uses.bare, self.uses.through, self.uses.matched) = (true, true, true),
            }
            let borrowed = before.is_some_and(|it| macros::is(it, '&')) && !next('.') && !next('?') && !indexed;
            // That it is compared instead does no harm: it is used where it is then.
            self.uses.itself |= borrowed || next('=');
        }
    }
}

impl<'ast> Visit<'ast> for Finder<'_> {
    fn visit_expr(&mut self, expr: &'ast Expr) {
        match expr {
            Expr::MethodCall(it) => {
                if !self.root(&it.receiver) {
                    self.visit_expr(&it.receiver);
                }
                it.args.iter().for_each(|argument| self.visit_expr(argument));
            }
            Expr::Index(it) => {
                if !self.root(&it.expr) {
                    self.visit_expr(&it.expr);
                }
                self.visit_expr(&it.index);
            }
            Expr::Unary(it) if matches!(it.op, UnOp::Deref(_)) => {
                if !self.root(&it.expr) {
                    self.visit_expr(&it.expr);
                }
            }
            Expr::Assign(it) => {
                self.uses.itself |= self.is(&it.left);
                if let Some(path) = self.path(&it.left) {
                    self.field(path);
                }
                visit::visit_expr_assign(self, it);
            }
            Expr::Reference(it) => {
                self.uses.itself |= self.is(&it.expr);
                if let Some(path) = self.path(&it.expr) {
                    self.field(path);
                }
                visit::visit_expr_reference(self, it);
            }
            Expr::Match(it) => {
                self.matched(&it.expr);
                visit::visit_expr_match(self, it);
            }
            Expr::Let(it) => {
                self.matched(&it.expr);
                visit::visit_expr_let(self, it);
            }
            // Natively a closure has the fields alone that it takes of it.
            Expr::Struct(it) => {
                it.rest.iter().for_each(|rest| self.matched(rest));
                visit::visit_expr_struct(self, it);
            }
            // An operand is not coerced: a reference is used there itself, and its scope natively not left.
            Expr::Binary(it) => {
                for operand in [&*it.left, &*it.right] {
                    if self.is(operand) {
                        self.uses.bare = true;
                    } else {
                        self.visit_expr(operand);
                    }
                }
            }
            expr if self.is(expr) => (self.uses.bare, self.uses.whole) = (true, true),
            expr => match self.path(expr) {
                // As an argument it may be coerced: natively the closure has what a reference in it refers to, and the field may be changed.
                Some(path) => self.field(path),
                None => visit::visit_expr(self, expr),
            },
        }
    }

    fn visit_local(&mut self, it: &'ast syn::Local) {
        if let Some(init) = &it.init
            && !matches!(it.pat, syn::Pat::Ident(_))
        {
            self.matched(&init.expr);
        }
        visit::visit_local(self, it);
    }

    fn visit_macro(&mut self, mac: &'ast Macro) {
        let name = macros::name(mac);
        match Arguments::of(mac) {
            Arguments::Tokens(tokens) => self.tokens(tokens),
            mut arguments if macros::only_looks(&name) => {
                let expressions = arguments.expressions();
                if matches!(name.as_str(), "write" | "writeln")
                    && let Some(written) = expressions.first()
                {
                    self.root(written);
                }
                for expr in expressions {
                    // Looked at where it is: nothing is coerced.
                    if self.is(expr) {
                        self.uses.bare = true;
                    } else {
                        self.visit_expr(expr);
                    }
                }
                if let Arguments::Matches(value, pattern) = arguments {
                    self.matched(&value);
                    self.tokens(pattern.into_token_stream());
                }
            }
            _ => self.tokens(mac.tokens.clone()),
        }
    }
}
