//! Expressions: names become places, what leaves the body leaves the poll function.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, Item, Pat, PatIdent};

use super::{Generator, Home, own};
use crate::future::extent::Extent;
use crate::future::flow::path;
use crate::future::left::never_returns;
use crate::future::liveness::Decision;
use crate::future::local::{LocalId, Locals, Name, UseId};
use crate::future::macros::{self, Arguments};
use crate::future::order::{Node, node_of};
use crate::future::plain::{is_copied, is_copied_value};
use crate::future::sugar;

impl Generator<'_> {
    pub(super) fn expr(&self, expr: &Expr) -> TokenStream {
        let mut expr = expr.clone();
        Rewrite { generator: self }.visit_expr_mut(&mut expr);
        expr.into_token_stream()
    }

    pub(super) fn pattern(&self, pat: &Pat) -> TokenStream {
        let mut pat = pat.clone();
        Rewrite { generator: self }.visit_pat_mut(&mut pat);
        pat.into_token_stream()
    }

    pub(super) fn decision(&self, id: UseId) -> Option<Decision> {
        self.compiled.liveness.decisions[id.0]
    }

    /// The use of a local.
    fn used(&self, id: UseId, name: &Ident) -> TokenStream {
        let local = self.compiled.locals.used(id);
        if let Some((_, alias)) = self.aliases.borrow().iter().find(|(aliased, _)| *aliased == local) {
            return alias.to_token_stream();
        }
        let decision = self.decision(id);
        if self.is_shown(local) {
            let shown = self.shown(local);
            return quote!((*#shown));
        }
        if let (Home::Plain, Some(Decision::Take), Some(extent)) =
            (self.home(local), decision, self.compiled.locals[local].extent)
        {
            return extent.of_value(&self.compiled.locals[local].name);
        }
        if self.home(local) == Home::Plain || decision == Some(Decision::Bare) {
            let mut original = self.compiled.locals[local].name.clone();
            original.set_span(original.span().located_at(name.span()));
            return original.into_token_stream();
        }
        // Everything is in the user's own words, as far as the compiler sees: so what it says of the name, it says in the very words
        // that it has for the witness, and thus once.
        let span = name.span();
        let mut place = self.place(local);
        place.set_span(span);
        match decision {
            Some(Decision::Take) => match self.compiled.locals[local].extent {
                Some(extent) => extent.of_value(&self.take(local, Some(span))),
                None => self.take(local, Some(span)),
            },
            // What is used again is copied. That it is `Copy`, or natively moved twice, the witness says, and says it alone; a reference is
            // borrowed anew where it is.
            Some(Decision::Copy)
                if self.is_guarded(local) && self.parts_of(local).is_empty() && !self.is_reference(local) =>
            {
                let mut guard = self.guard(local);
                guard.set_span(span);
                quote_spanned!(span=> #guard.copy(#place))
            }
            _ if self.lends.get() => {
                let (z, mut lender) = (self.z, self.lender(local));
                lender.set_span(span);
                quote_spanned!(span=> (*#z::lent(#lender, #place)))
            }
            _ => {
                let mut z = self.z.clone();
                z.set_span(span);
                let copied = decision == Some(Decision::Copy) && is_copied(self.compiled.locals, local);
                if self.alone.contains(&id) {
                    quote_spanned!(span=> (*#z::Written { place: #place }.value))
                } else if copied {
                    quote_spanned!(span=> (#z::Seen { place: #place }.slot.full))
                } else {
                    quote_spanned!(span=> (*#place))
                }
            }
        }
    }

    fn name_used(&self, ident: &Ident) -> Option<TokenStream> {
        match Locals::read(ident)? {
            Name::Use(id) => Some(self.used(id, ident)),
            Name::Binder(local) => Some(self.compiled.locals[local].name.to_token_stream()),
        }
    }
}

impl Generator<'_> {
    /// `return;`
    pub(super) fn left_with_nothing(&self) -> TokenStream {
        let (z, output) = (self.z, self.output);
        // Where the function returns something, the witness says so, and says it alone.
        match output.to_string().as_str() {
            "()" | "_" => self.leave_with(&quote!(())),
            _ => self.leave_with(&quote!(#z::expected::<#output>().__zokio_nothing())),
        }
    }

    /// `&[&a, &b]` that an await holds, whose elements may be expected to be of other types than they are.
    fn lifted(&self, reference: &syn::ExprReference) -> Option<TokenStream> {
        let Expr::Macro(mac) = &*reference.expr else { return None };
        let Node::Hold { local, value } = &self.compiled.nodes[node_of(mac)?] else { return None };
        let Expr::Array(array) = value else { return self.lent(reference, *local, value) };
        if reference.mutability.is_some() || array.elems.is_empty() || !is_copied_value(self.compiled.locals, value) {
            return self.lent(reference, *local, value);
        }
        let (z, guard, place, count) = (self.z, self.guard(*local), self.place(*local), array.elems.len());
        let value = self.expr(value);
        Some(quote!(#z::lift::<_, #count>(&mut #guard, #place, &#value)))
    }

    /// `&|..| ..`, by a call: so the closure is expected to be what the reference is expected to refer to, as natively. The slot, which says of what
    /// type it is, stands within another closure: beside it, it would be of that type instead of coerced.
    fn lent(&self, reference: &syn::ExprReference, local: LocalId, value: &Expr) -> Option<TokenStream> {
        if self.is_receiver(local) || !is_closure(value) {
            return None;
        }
        let (z, guard, place, value) = (self.z, self.guard(local), self.place(local), self.expr(value));
        let lend = if reference.mutability.is_some() { quote!(lend_mut) } else { quote!(lend) };
        Some(quote!(#z::#lend(#value, |value| #guard.hold(#place, value))))
    }

    /// What a `for` goes through. That it is no iterator, the witness says, and says it alone.
    fn iterated(&self, call: &syn::ExprCall) -> Option<TokenStream> {
        let (z, iterable) = (self.z, self.expr(call.args.first()?));
        Some(quote!(#z::Iterated(#iterable).__zokio_iterate()))
    }

    /// `*x`, if `x` may be a box that is used for the last time.
    fn unboxed(&self, of: &Expr) -> Option<TokenStream> {
        let Expr::Path(path) = of else { return None };
        let Name::Use(id) = Locals::read(path.path.get_ident()?)? else { return None };
        let local = self.compiled.locals.used(id);
        let whole = self.parts_of(local).is_empty();
        if self.home(local) == Home::Plain || self.decision(id) != Some(Decision::Unbox) || !whole {
            return None;
        }
        let (z, guard, place) = (self.z, self.guard(local), self.place(local));
        Some(quote!({ use #z::cases::*; (&&&&#z::unbox(#place)).unboxed(&mut #guard) }))
    }
}

pub(super) struct Rewrite<'r, 'g> {
    pub(super) generator: &'r Generator<'g>,
}

impl VisitMut for Rewrite<'_, '_> {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        let generator = self.generator;
        let awaited = generator.awaited.take();
        let new = match expr {
            Expr::Path(path) => path.path.get_ident().and_then(|name| generator.name_used(name)),
            Expr::Macro(mac) => match node_of(mac) {
                Some(node) => Some(generator.node(node, Extent::of(mac))),
                None if macros::is_other_body(&macros::name(&mac.mac)) => Some(generator.capturing(expr)),
                None => match self.returning_value(&mut mac.mac) {
                    Some(code) => Some(code),
                    None => return,
                },
            },
            Expr::Call(call) if sugar::is_iterated(&call.func) => generator.iterated(call),
            Expr::Call(call) if never_returns(call) => {
                let z = generator.z;
                visit_mut::visit_expr_call_mut(self, call);
                Some(quote!(({ let never: #z::Never = #call; match never {} })))
            }
            Expr::Call(call) => self.call(call),
            Expr::Reference(it) => generator.lifted(it),
            Expr::Struct(it) => generator.with_rest(it, || {
                let mut values: Vec<Expr> = it.fields.iter().map(|field| field.expr.clone()).collect();
                values.iter_mut().for_each(|value| self.visit_expr_mut(value));
                values.into_iter().map(ToTokens::into_token_stream).collect()
            }),
            Expr::Field(_) => generator.moved_part(expr),
            Expr::Unary(it) if matches!(it.op, syn::UnOp::Deref(_)) => generator.unboxed(&it.expr),
            Expr::MethodCall(call) => self.method(call, awaited),
            Expr::Assign(assign) => self.assign(assign),
            Expr::Match(it) => generator.match_in_place(it),
            Expr::Let(it) => {
                let in_place = generator.let_in_place(&it.expr, &it.pat, true);
                in_place.map(|(pat, value)| quote!(let #pat = #value))
            }
            Expr::Return(it) => Some(self.left(it)),
            Expr::Try(it) => Some(self.tried(it)),
            Expr::Closure(_) | Expr::Async(_) => {
                *expr = Expr::Verbatim(generator.capturing(expr));
                return;
            }
            Expr::Const(_) => return,
            _ => None,
        };
        match new {
            Some(tokens) => *expr = Expr::Verbatim(tokens),
            None => visit_mut::visit_expr_mut(self, expr),
        }
    }

    fn visit_pat_ident_mut(&mut self, pat: &mut PatIdent) {
        if let Some(Name::Binder(local)) = Locals::read(&pat.ident) {
            pat.ident = self.generator.compiled.locals[local].name.clone();
        }
        visit_mut::visit_pat_ident_mut(self, pat);
    }

    fn visit_local_mut(&mut self, local: &mut syn::Local) {
        let Some(init) = &mut local.init else { return visit_mut::visit_local_mut(self, local) };
        let refutable = init.diverge.is_some();
        match self.generator.let_in_place(&init.expr, &local.pat, refutable) {
            Some((pat, value)) => {
                local.pat = Pat::Verbatim(pat);
                *init.expr = Expr::Verbatim(value);
                if let Some((_, otherwise)) = &mut init.diverge {
                    self.visit_expr_mut(otherwise);
                }
            }
            None => visit_mut::visit_local_mut(self, local),
        }
    }

    fn visit_block_mut(&mut self, block: &mut syn::Block) {
        let count = block.stmts.len();
        for (index, stmt) in block.stmts.iter_mut().enumerate() {
            match self.returning_statement(stmt, index + 1 == count) {
                Some(code) => *stmt = code,
                None => self.visit_stmt_mut(stmt),
            }
        }
    }

    fn visit_stmt_macro_mut(&mut self, mac: &mut syn::StmtMacro) {
        self.in_macro(&mut mac.mac);
    }

    fn visit_item_mut(&mut self, _: &mut Item) {}
}

impl Rewrite<'_, '_> {
    pub(super) fn in_macro(&mut self, mac: &mut syn::Macro) {
        let mut arguments = Arguments::of(mac);
        // Whoever does not know what a macro makes of its arguments lends them for the time of this poll.
        // So do those within such a macro, whatever they do.
        let before = self.generator.lends.get();
        self.generator.lends.set(before || !macros::only_looks(&macros::name(mac)));
        match &mut arguments {
            Arguments::Tokens(tokens) => {
                *tokens = macros::replace(std::mem::take(tokens), &mut |ident| self.generator.name_used(ident));
            }
            Arguments::Matches(value, pat) => {
                self.visit_expr_mut(value);
                self.visit_pat_mut(pat);
            }
            other => other.expressions().into_iter().for_each(|argument| self.visit_expr_mut(argument)),
        }
        self.generator.lends.set(before);
        mac.tokens = arguments.to_token_stream();
    }

    /// A method whose receiver is consumed or borrowed, as its type says.
    fn method(&mut self, call: &syn::ExprMethodCall, awaited: bool) -> Option<TokenStream> {
        let generator = self.generator;
        let arguments = || -> Vec<TokenStream> { call.args.iter().map(|argument| generator.expr(argument)).collect() };
        match &*call.receiver {
            Expr::Path(path) => {
                let Name::Use(id) = Locals::read(path.path.get_ident()?)? else { return None };
                let local = generator.compiled.locals.used(id);
                if generator.home(local) == Home::Plain || generator.decision(id) != Some(Decision::Ask) {
                    return None;
                }
                generator.ask_local(call, local, awaited, arguments)
            }
            Expr::Macro(mac) => match &generator.compiled.nodes[node_of(mac)?] {
                Node::Hold { local, value } if generator.is_receiver(*local) => {
                    Some(generator.ask_temporary(call, *local, awaited, &generator.expr(value), &arguments()))
                }
                _ => None,
            },
            Expr::Field(_) => {
                let asked = generator.ask_part(call, awaited, arguments);
                // Else it is moved out for it, if it is a local's.
                let root = asked.is_none().then(|| path(&call.receiver)).flatten();
                if root.is_some_and(|(root, _)| matches!(generator.decision(root), Some(Decision::Part(_)))) {
                    generator.taken.borrow_mut().push(call.method.clone());
                }
                asked
            }
            // In parentheses: as a name, it is moved out by the method's.
            receiver => {
                let root = path(receiver).map(|(root, _)| generator.decision(root));
                if matches!(root, Some(Some(Decision::Take | Decision::Part(_)))) {
                    generator.taken.borrow_mut().push(call.method.clone());
                }
                None
            }
        }
    }

    fn call(&mut self, call: &syn::ExprCall) -> Option<TokenStream> {
        let generator = self.generator;
        let arguments = || {
            let mut arguments: Vec<Expr> = call.args.iter().cloned().collect();
            arguments.iter_mut().for_each(|argument| self.visit_expr_mut(argument));
            arguments.into_iter().map(ToTokens::into_token_stream).collect()
        };
        generator.called(call, arguments)
    }

    fn assign(&mut self, assign: &syn::ExprAssign) -> Option<TokenStream> {
        let generator = self.generator;
        if let Expr::Field(_) = &*assign.left {
            return generator.assigned_part(&assign.left, || generator.expr(&assign.right));
        }
        let Expr::Path(path) = &*assign.left else { return None };
        let Name::Use(id) = Locals::read(path.path.get_ident()?)? else { return None };
        let local = generator.compiled.locals.used(id);
        let whole = generator.parts_of(local).is_empty();
        let full = generator.decision(id) == Some(Decision::Assign { full: true });
        if generator.home(local) == Home::Plain || full && whole {
            return None;
        }
        let (guard, place) = (generator.guard(local), generator.place(local));
        let value = generator.expr(&assign.right);
        let new = own("new");
        if !generator.is_guarded(local) {
            let put = generator.put_plain(local, &value);
            return Some(quote!(({ #put })));
        }
        // As an argument it has the type that is expected of the local.
        let z = generator.z;
        Some(quote!(({ let #new = #z::like(#place, #value); #guard.assign(#place, #new) })))
    }
}

fn is_closure(value: &Expr) -> bool {
    match value {
        Expr::Closure(_) => true,
        Expr::Paren(it) => is_closure(&it.expr),
        _ => false,
    }
}
