//! Operands that are kept for an await behind them, and what is made of them then.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Expr;

use super::{Generator, Home, own};
use crate::future::liveness::Decision;
use crate::future::local::{AwaitId, LocalId, Locals, Name};
use crate::future::order::{Node, Step, node_of};
use crate::future::plain::is_mutable_reference;

impl Generator<'_> {
    pub(super) fn steps(&self, steps: &[Step], value: &Expr) -> TokenStream {
        let at = own("at");
        // What the last step awaits is the last thing that is awaited, as a rule.
        let last = (!self.awaits_in(value).is_some()).then(|| steps.len() - 1);
        let locals: Vec<LocalId> = steps.iter().filter(|step| !step.hoisted).map(|step| step.local).collect();
        let guards = self.guards(&locals);
        let whole = value;
        let is_plain = |step: &&Step| self.home(step.local) == Home::Plain;
        // A receiver is not coerced, and nothing can be asked of it before it is there.
        let coerced =
            |step: &Step| self.is_block(&step.value) && !(step.hoisted && matches!(whole, Expr::MethodCall(_)));
        let has_block = steps.iter().any(coerced);
        let expected = if has_block { self.expected(whole) } else { TokenStream::new() };
        let expects = !expected.is_empty();
        let plain =
            steps.iter().filter(is_plain).filter(|_| expects).map(|step| &self.compiled.locals[step.local].name);
        let plain = quote!(#(let #plain;)*);
        let steps = steps.iter().enumerate().map(|(index, step)| {
            let Step { local, value, .. } = step;
            let awaits = self.awaits_in(value);
            let expected = coerced(step).then_some(&expected);
            let value = self.borrowed_anew(value).unwrap_or_else(|| self.expr(value));
            let code = if self.home(*local) == Home::Plain {
                let name = &self.compiled.locals[*local].name;
                let declare = (!expects).then(<syn::Token![let]>::default);
                return quote!(#expected #declare #name = #value;);
            } else {
                self.put(*local, &value)
            };
            let code = quote!(#expected #code);
            match awaits.0 {
                _ if last == Some(index) => code,
                Some((_, AwaitId(hi))) => quote!(if #at <= #hi { #code }),
                None => quote!(if #at == 0 { #code }),
            }
        });
        let steps: TokenStream = steps.collect();
        let value = self.expr(value);
        quote!(({ #guards #plain #steps #value }))
    }

    /// Whether it has a scope, in which its value is coerced to what is expected of it.
    fn is_block(&self, operand: &Expr) -> bool {
        match operand {
            Expr::Block(_) | Expr::Unsafe(_) | Expr::If(_) | Expr::Match(_) | Expr::Loop(_) => true,
            Expr::Paren(it) => self.is_block(&it.expr),
            Expr::Macro(mac) => node_of(mac).is_some_and(|id| match &self.compiled.nodes[id] {
                Node::If { .. } | Node::Match { .. } | Node::Loop { .. } | Node::Block { .. } => true,
                Node::Steps { value, .. } => self.is_block(value),
                Node::Await { .. } | Node::Logic { .. } | Node::Hold { .. } => false,
            }),
            _ => false,
        }
    }

    /// What says it, in front of an operand: the call that is given it, as code that is never reached. Not of what could not be inferred yet.
    fn expected(&self, whole: &Expr) -> TokenStream {
        let says = match whole {
            Expr::Call(it) => it.args.iter().all(is_inferred),
            Expr::MethodCall(it) => it.args.iter().all(is_inferred),
            Expr::Struct(it) => it.rest.is_none() && it.fields.iter().all(|field| is_inferred(&field.expr)),
            _ => false,
        };
        if !says || self.awaits_in(whole).is_some() {
            return TokenStream::new();
        }
        let (tied, taken) = (self.tied.borrow().clone(), self.taken.borrow().clone());
        let code = self.expr(whole);
        // It is written again where it runs.
        self.tied.replace(tied);
        self.taken.replace(taken);
        quote!(if false { loop {} let _ = #code; })
    }

    /// A `&mut` that is used again: as an argument it is borrowed anew, and so it is where it is kept for one.
    fn borrowed_anew(&self, operand: &Expr) -> Option<TokenStream> {
        let Expr::Path(path) = operand else { return None };
        let Name::Use(id) = Locals::read(path.path.get_ident()?)? else { return None };
        let locals = self.compiled.locals;
        let mutable = is_mutable_reference(locals, locals.used(id));
        let operand = (mutable && self.decision(id) == Some(Decision::Copy)).then(|| self.expr(operand))?;
        Some(quote!(&mut *#operand))
    }
}

/// Whether an argument has a type of its own: a closure's may depend on what is in front of it.
fn is_inferred(argument: &Expr) -> bool {
    struct Inferred(bool);
    impl<'ast> syn::visit::Visit<'ast> for Inferred {
        fn visit_expr_closure(&mut self, _: &'ast syn::ExprClosure) {
            self.0 = false;
        }
        fn visit_expr_async(&mut self, _: &'ast syn::ExprAsync) {
            self.0 = false;
        }
        // What is held has its slot, and a closure within, written twice, is of two types.
        fn visit_expr_macro(&mut self, mac: &'ast syn::ExprMacro) {
            self.0 &= node_of(mac).is_none();
        }
    }
    let mut inferred = Inferred(true);
    syn::visit::Visit::visit_expr(&mut inferred, argument);
    inferred.0
}
