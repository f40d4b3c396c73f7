//! Borrows of which no lifetime of the signature can be that of the machine's type.
//!
//! What is borrowed of two arguments lives as long as neither, and what is borrowed of an argument that the future owns lives no
//! longer than the future. A function of a trait can get no lifetime for it, and where the referent has parameters, none of the
//! compiler's choice will do. A coroutine of the compiler's does not name what it holds; so such a body is left to it.

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{Block, Expr, FnArg, Pat, ReceiverKind, Signature, Type};

use super::anchor;
use super::awaits;
use super::macros::mentions;
use super::parameters::Parameters;
use super::pattern::bound;

/// Whether the body of a trait's function borrows so, as far as that can be seen.
pub(super) fn borrows(signature: &Signature, parameters: &Parameters, body: &Block) -> bool {
    if parameters.of_trait() != Some(true) || !awaits::block(body) {
        return false;
    }
    let inputs = signature.inputs.iter().enumerate();
    let arguments = inputs.flat_map(|(index, input)| names(input).into_iter().map(move |name| (name, vec![index])));
    let owned = |index: usize| is_owned(&signature.inputs[index], parameters);
    let several = |used: &[usize]| anchor::several(signature, parameters, |index| used.contains(&index));
    let mut finder = Finder {
        parameters: parameters.may_end(),
        made_of: arguments.collect(),
        owned: &owned,
        several: &several,
        tokens: body.to_token_stream(),
        loops: 0,
        found: false,
    };
    finder.visit_block(body);
    finder.found
}

/// What an argument is called.
fn names(input: &FnArg) -> Vec<Ident> {
    match input {
        FnArg::Receiver(receiver) => vec![Ident::new("self", receiver.self_token.span)],
        FnArg::Typed(typed) => bound(&typed.pat).0,
    }
}

/// Whether an argument is taken by value, and its type has parameters that may live shorter than for ever.
fn is_owned(input: &FnArg, parameters: &Parameters) -> bool {
    let names = match input {
        FnArg::Receiver(receiver) if matches!(receiver.kind, ReceiverKind::Value) => parameters.of_self(),
        FnArg::Receiver(_) => return false,
        FnArg::Typed(typed) => match &*typed.ty {
            Type::Reference(_) => return false,
            ty => parameters.all_named(ty),
        },
    };
    names.iter().any(|name| !parameters.is_static(name))
}

/// Whether it is a box of which nothing is known but a lifetime, which what is in it outlives.
fn is_boxed(operand: &Expr) -> bool {
    matches!(operand, Expr::MethodCall(it) if it.args.is_empty() && (it.method == "boxed" || it.method == "boxed_local"))
}

struct Finder<'f> {
    /// Whether there are types around of which it is not known that they live for ever.
    parameters: bool,
    /// Names, each with the arguments of which it was made.
    made_of: Vec<(Ident, Vec<usize>)>,
    owned: &'f dyn Fn(usize) -> bool,
    several: &'f dyn Fn(&[usize]) -> bool,
    tokens: TokenStream,
    loops: usize,
    found: bool,
}

impl Finder<'_> {
    fn made_of(&self, tokens: &TokenStream) -> Vec<usize> {
        let made_of = self.made_of.iter().filter(|(name, _)| mentions(tokens, name) > 0);
        made_of.flat_map(|(_, made_of)| made_of.clone()).collect()
    }

    fn define(&mut self, pat: &Pat, value: &Expr) {
        let made_of = self.made_of(&value.to_token_stream());
        self.made_of.extend(bound(pat).0.into_iter().map(|name| (name, made_of.clone())));
    }

    /// The name at the root of what is borrowed, if that is owned.
    fn root<'e>(&self, expr: &'e Expr) -> Option<&'e Ident> {
        match expr {
            Expr::Path(it) => it.path.get_ident().filter(|name| {
                let mut made_of = self.made_of.iter().rev();
                let made_of = made_of.find(|(known, _)| known == *name);
                made_of.is_some_and(|(_, made_of)| made_of.iter().any(|index| (self.owned)(*index)))
            }),
            Expr::Field(it) => self.root(&it.base),
            Expr::Index(it) => self.root(&it.expr),
            Expr::Paren(it) => self.root(&it.expr),
            Expr::MethodCall(it) => self.root(&it.receiver),
            Expr::Try(it) => self.root(&it.expr),
            _ => None,
        }
    }

    /// What an await borrows: what it says, and what a method is called on that is used again.
    fn awaited(&mut self, operand: &Expr) {
        let mut borrowed = Borrowed { finder: self, found: false };
        borrowed.visit_expr(operand);
        let mut found = borrowed.found || (self.several)(&self.made_of(&operand.to_token_stream()));
        found |= self.parameters && is_boxed(operand);
        if let Expr::MethodCall(it) = operand
            && let Some(root) = self.root(&it.receiver)
        {
            found |= self.loops > 0 || mentions(&self.tokens, root) > 2;
        }
        self.found |= found;
    }
}

impl<'ast> Visit<'ast> for Finder<'_> {
    fn visit_local(&mut self, local: &'ast syn::Local) {
        visit::visit_local(self, local);
        if let Some(init) = &local.init {
            self.define(&local.pat, &init.expr);
        }
    }

    fn visit_expr_let(&mut self, it: &'ast syn::ExprLet) {
        visit::visit_expr_let(self, it);
        self.define(&it.pat, &it.expr);
    }

    fn visit_expr_match(&mut self, it: &'ast syn::ExprMatch) {
        it.arms.iter().for_each(|arm| self.define(&arm.pat, &it.expr));
        visit::visit_expr_match(self, it);
    }

    fn visit_expr_await(&mut self, it: &'ast syn::ExprAwait) {
        self.awaited(&it.base);
        visit::visit_expr_await(self, it);
    }

    fn visit_expr_loop(&mut self, it: &'ast syn::ExprLoop) {
        self.loops += 1;
        visit::visit_expr_loop(self, it);
        self.loops -= 1;
    }

    fn visit_expr_while(&mut self, it: &'ast syn::ExprWhile) {
        self.loops += 1;
        visit::visit_expr_while(self, it);
        self.loops -= 1;
    }

    fn visit_expr_for_loop(&mut self, it: &'ast syn::ExprForLoop) {
        self.define(&it.pat, &it.expr);
        self.loops += 1;
        visit::visit_expr_for_loop(self, it);
        self.loops -= 1;
    }

    fn visit_expr_closure(&mut self, _: &'ast syn::ExprClosure) {}
    fn visit_expr_async(&mut self, _: &'ast syn::ExprAsync) {}
    fn visit_item(&mut self, _: &'ast syn::Item) {}
}

/// `&x`, where `x` is owned.
struct Borrowed<'f> {
    finder: &'f Finder<'f>,
    found: bool,
}

impl<'ast> Visit<'ast> for Borrowed<'_> {
    fn visit_expr_reference(&mut self, it: &'ast syn::ExprReference) {
        self.found |= self.finder.root(&it.expr).is_some();
        visit::visit_expr_reference(self, it);
    }

    fn visit_expr_await(&mut self, _: &'ast syn::ExprAwait) {}
}
