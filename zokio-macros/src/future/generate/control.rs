//! Nodes: awaits, decisions, loops.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{Expr, Lifetime, Pat};

use super::bind::Taken;
use super::{Generator, Home, own};
use crate::future::extent::Extent;
use crate::future::local::{AwaitId, LocalId};
use crate::future::macros::Arguments;
use crate::future::order::{Arm, Awaits, Node, NodeId, bound, has_let, node_of};

/// What a `match` chooses, some of whose arms await.
#[derive(Clone, Copy)]
enum Choice {
    /// Nothing: one arm awaits, the others leave.
    One,
    /// The number of an arm that awaits: the others leave.
    Number,
    /// That, or the value of an arm that does not await.
    OrValue,
}

impl Choice {
    /// The choice of an arm, or a pattern of it.
    fn of(self, number: impl ToTokens, z: &Ident) -> TokenStream {
        match self {
            Self::One => TokenStream::new(),
            Self::Number => number.into_token_stream(),
            Self::OrValue => quote!(#z::Arm::Go(#number)),
        }
    }
}

/// Whether an expression certainly leaves, as it is written.
fn is_left(expr: &Expr) -> bool {
    match expr {
        Expr::Break(_) | Expr::Continue(_) | Expr::Return(_) => true,
        Expr::Paren(it) => is_left(&it.expr),
        Expr::Block(it) if it.label.is_none() => {
            matches!(it.block.stmts.last(), Some(syn::Stmt::Expr(last, _)) if is_left(last))
        }
        _ => false,
    }
}

impl Generator<'_> {
    /// A node, which begins and ends where its placeholder does.
    pub(super) fn node(&self, id: NodeId, extent: Extent) -> TokenStream {
        self.within_scope(|| self.node_within(id, extent))
    }

    fn node_within(&self, id: NodeId, extent: Extent) -> TokenStream {
        match &self.compiled.nodes[id] {
            Node::Await { id, future, operand } => self.awaited(*id, *future, operand),
            Node::Steps { steps, value } => self.steps(steps, value),
            Node::Logic { and, left, right, right_awaits } => {
                let (left, right) = (self.expr(left), self.expr(right));
                if !right_awaits.is_some() {
                    return if *and { quote!((#left && #right)) } else { quote!((#left || #right)) };
                }
                let inside = self.within(*right_awaits);
                // A condition as it is written: what the compiler says of one that is none, it says of both.
                if *and {
                    quote!(((if #inside { true } else if #left { true } else { false }) && #right))
                } else {
                    quote!(((if #inside { false } else if #left { true } else { false }) || #right))
                }
            }
            // As it is written; but temporaries are there until it ends.
            Node::If { cond, temporaries, then, otherwise, then_awaits, otherwise_awaits, .. }
                if !then_awaits.is_some() && !otherwise_awaits.is_some() =>
            {
                let (temporary, clear) = (self.guards(temporaries), self.clear(temporaries));
                let (cond, then) = (self.expr(cond), self.block(then, None));
                let otherwise = otherwise.as_ref().map(|otherwise| self.expr(otherwise));
                quote!(({ #temporary if #cond #then else { #clear #otherwise } }))
            }
            Node::If { cond, bound, temporaries, later, then, otherwise, then_awaits, otherwise_awaits } => {
                let (temporary, guards) = (self.guards(&[temporaries.as_slice(), later].concat()), self.guards(bound));
                let cond = if temporaries.is_empty() && !has_let(cond) {
                    let cond = self.expr(cond);
                    quote!(if #cond { true } else { false })
                } else {
                    self.chain(cond, quote!(true))
                };
                let (in_then, in_otherwise) = (self.within(*then_awaits), self.within(*otherwise_awaits));
                let clear = self.clear(&[temporaries.as_slice(), bound].concat());
                let then = self.block(then, None);
                let otherwise = otherwise.as_ref().map(|otherwise| self.expr(otherwise));
                quote! {({
                    #temporary #guards
                    if if #in_then { true } else if #in_otherwise { false } else #cond #then else { #clear #otherwise }
                })}
            }
            Node::Match { scrutinee, arms } => self.select(scrutinee, arms, extent),
            Node::Loop { label, token, body } => {
                let body = self.block(body, None);
                quote!((#label #token #body))
            }
            Node::Block { label, body, condition } => {
                let body = self.block_of(body, label.as_ref(), *condition);
                quote!((#body))
            }
            Node::Hold { local, value } => {
                let (guard, place) = (self.guard(*local), self.place(*local));
                let value = self.expr(value);
                if self.is_receiver(*local) { value } else { quote!((*#guard.hold(#place, #value))) }
            }
        }
    }

    /// A chain of `let`s, link by link: what one binds is in its slot before the next looks at it.
    fn chain(&self, cond: &Expr, rest: TokenStream) -> TokenStream {
        match cond {
            Expr::Binary(it) if matches!(it.op, syn::BinOp::And(_)) => {
                let right = self.chain(&it.right, rest);
                self.chain(&it.left, right)
            }
            Expr::Let(it) => {
                let (pat, value) = self
                    .let_in_place(&it.expr, &it.pat, true)
                    .unwrap_or_else(|| (self.pattern(&it.pat), self.expr(&it.expr)));
                let puts = self.puts(&bound(&it.pat));
                quote!(if let #pat = #value { #puts #rest } else { false })
            }
            other => {
                let cond = self.expr(other);
                quote!(if #cond { #rest } else { false })
            }
        }
    }

    fn clear(&self, locals: &[LocalId]) -> TokenStream {
        let guarded = locals.iter().rev().filter(|local| self.home(**local) == Home::Plain || self.is_guarded(**local));
        let guards = guarded.map(|local| self.guard(*local));
        quote!(#(#guards.clear();)*)
    }

    fn awaited(&self, AwaitId(number): AwaitId, future: LocalId, operand: &Expr) -> TokenStream {
        let z = self.z;
        let (at, cx) = (own("at"), own("cx"));
        let declare = self.declared_alone(future);
        let mut place = self.place(future);
        self.awaited.set(true);
        let operand = self.expr(operand);
        let suspend = self.suspend(number);
        let kind = self.kinds.contains(&future).then(|| {
            let kind = self.beside(future);
            quote!(if false { use #z::chains::*; #kind.is((&&&#z::Link(#place)).__zokio_kind()); })
        });
        self.note_scope(number);
        // That something is no future is said of the `await`, as natively: what is said of one place is said once.
        let span = self.compiled.nodes.sources[number - 1].span;
        let here = Extent { first: span, last: span };
        place.set_span(span);
        let polled = here.of_call(z, &quote_spanned!(span=> run), &quote_spanned!(span=> #place, #cx));
        let put = here.of_call(
            z,
            &quote_spanned!(span=> put),
            &quote_spanned!(span=> #place, #operand, ::core::marker::PhantomData),
        );
        let (value, ready) = (Ident::new("__zokio_value", span), Lifetime::new("'ready", Span::mixed_site()));
        // What is awaited is left with a `break`, as natively.
        let value = quote! {{
            #declare
            if #at != #number {
                #put;
            }
            #kind
            #ready: {
                match #polled {
                    ::core::task::Poll::Ready(#value) => {
                        #at = 0;
                        break #ready #value;
                    }
                    ::core::task::Poll::Pending => { #suspend }
                }
            }
        }};
        // What has it for an operand ends where it does for the compiler.
        let mut value = Group::new(Delimiter::Parenthesis, value);
        value.set_span(span);
        value.to_token_stream()
    }

    fn select(&self, scrutinee: &Expr, arms: &[Arm], Extent { first, last }: Extent) -> TokenStream {
        let z = self.z;
        let awaiting: Vec<&Arm> = arms.iter().filter(|arm| arm.awaits.is_some()).collect();
        let bound: Vec<LocalId> = awaiting.iter().flat_map(|arm| arm.bound.clone()).collect();
        let guards = self.guards(&bound);
        let in_place = self.in_place(scrutinee, arms.iter().map(|arm| &arm.pat));
        let again = arms.iter().any(|arm| arm.guard_awaits.is_some());
        // Where the others leave, only the number of the arm is chosen, if there is more than one.
        let leaves = |arm: &Arm| arm.awaits.is_some() || is_left(&arm.body);
        let choice = match (arms.iter().all(leaves), awaiting.len()) {
            (true, 1) => Choice::One,
            (true, _) => Choice::Number,
            (false, _) => Choice::OrValue,
        };
        let matched_last = Extent::of(scrutinee).last;
        let (questions, scrutinee) = match &in_place {
            Some(matched) => self.matched(matched),
            None => (TokenStream::new(), self.expr(scrutinee)),
        };
        let mut next = 0_usize;
        let chosen = arms.iter().enumerate().map(|(index, arm)| {
            let Taken { pattern, guard, actions } = match &in_place {
                Some(matched) => self.arm_in_place(matched, index, &arm.pat, arm.guard_awaits.is_some()),
                None => self.arm_as_written(&arm.pat),
            };
            let guard = guard.map(|guard| if again { self.resumed(arm, &guard) } else { quote!(if #guard) });
            if arm.awaits.is_some() {
                // What the guard has looked at is matched again by the arms behind it.
                let apart = guard.is_some() && arms.len() > 1;
                let puts = if apart { self.puts_apart(&arm.bound) } else { self.puts(&arm.bound) };
                let index = next;
                next += 1;
                let chosen = choice.of(index, z);
                quote!(#pattern #guard => { #actions #puts #chosen })
            } else {
                let body = self.expr(&arm.body);
                let done = !awaiting.is_empty() && matches!(choice, Choice::OrValue);
                let body = if done { quote!(#z::Arm::Done(#body)) } else { body };
                quote!(#pattern #guard => { #actions #body })
            }
        });
        let chosen: TokenStream = chosen.collect();
        let resumed = awaiting.iter().enumerate().map(|(index, arm)| {
            let (inside, chosen) = (self.within(arm.awaits), choice.of(index, z));
            quote!(if #inside { #chosen } else)
        });
        let resumed: TokenStream = resumed.collect();
        if awaiting.is_empty() {
            return quote!(({ #guards #questions match #scrutinee { #chosen _ => ::core::unreachable!() } }));
        }
        let chosen = quote!(#resumed { #questions match #scrutinee { #chosen _ => ::core::unreachable!() } });
        if let Choice::One = choice {
            let body = self.expr(&awaiting[0].body);
            return quote!(({ #guards #chosen #body }));
        }
        let bodies = awaiting.iter().enumerate().map(|(index, arm)| {
            // The last one needs no test.
            let index = if index + 1 == awaiting.len() { quote!(_) } else { quote!(#index) };
            let (body, chosen) = (self.expr(&arm.body), choice.of(index, z));
            quote!(#chosen => #body,)
        });
        let bodies: TokenStream = bodies.collect();
        let done = matches!(choice, Choice::OrValue).then(|| quote!(#z::Arm::Done(value) => value,));
        // What the compiler says of all arms, it says of the word and what is matched.
        let mut chosen = Group::new(Delimiter::Brace, chosen);
        chosen.set_span(matched_last);
        let word = syn::Token![match](first);
        let mut arms = Group::new(Delimiter::Brace, quote!(#done #bodies));
        arms.set_span(last);
        quote!(({ #guards #word #chosen #arms }))
    }

    fn arm_as_written(&self, pat: &Pat) -> Taken {
        let (pat, guard) = match pat {
            Pat::Guard(guarded) => (&*guarded.pat, Some(self.expr(&guarded.guard))),
            other => (other, None),
        };
        Taken { pattern: self.pattern(pat), guard, actions: TokenStream::new() }
    }

    /// The guard of a `match` some of whose guards await: a machine that stands in one of them has those before it behind it.
    fn resumed(&self, arm: &Arm, guard: &TokenStream) -> TokenStream {
        let at = own("at");
        if !arm.guard_awaits.is_some() {
            return quote!(if #at == 0 && #guard);
        }
        let inside = self.within(arm.guard_awaits);
        quote!(if (#at == 0 || #inside) && #guard)
    }

    /// What an expression awaits, in its nodes.
    pub(super) fn awaits_in(&self, expr: &Expr) -> Awaits {
        struct Numbers<'n, 'g> {
            generator: &'n Generator<'g>,
            found: Option<(AwaitId, AwaitId)>,
        }
        impl<'ast> syn::visit::Visit<'ast> for Numbers<'_, '_> {
            fn visit_expr_macro(&mut self, mac: &'ast syn::ExprMacro) {
                let found = match node_of(mac) {
                    Some(id) => vec![self.generator.awaits_of(id)],
                    // Nodes stand in the arguments of macros too.
                    None => {
                        let mut arguments = Arguments::of(&mac.mac);
                        let arguments = arguments.expressions().into_iter();
                        arguments.map(|argument| self.generator.awaits_in(argument)).collect()
                    }
                };
                for Awaits(more) in found {
                    self.found = match (self.found, more) {
                        (Some((first, _)), Some((_, last))) => Some((first, last)),
                        (found, more) => found.or(more),
                    };
                }
            }
        }
        let mut numbers = Numbers { generator: self, found: None };
        syn::visit::Visit::visit_expr(&mut numbers, expr);
        Awaits(numbers.found)
    }

    fn awaits_of(&self, id: NodeId) -> Awaits {
        let all = |exprs: &[&Expr]| {
            let found = exprs.iter().filter_map(|expr| self.awaits_in(expr).0).collect::<Vec<_>>();
            Awaits(found.first().zip(found.last()).map(|(first, last)| (first.0, last.1)))
        };
        let join = |one: Awaits, other: Awaits| {
            Awaits(match (one.0, other.0) {
                (Some((first, _)), Some((_, last))) => Some((first, last)),
                (one, other) => one.or(other),
            })
        };
        match &self.compiled.nodes[id] {
            Node::Await { id, operand, .. } => join(self.awaits_in(operand), Awaits(Some((*id, *id)))),
            Node::Steps { steps, value } => {
                let steps: Vec<&Expr> = steps.iter().map(|step| &step.value).chain([value]).collect();
                all(&steps)
            }
            Node::Logic { left, right, .. } => all(&[left, right]),
            Node::If { cond, then_awaits, otherwise_awaits, .. } => {
                join(self.awaits_in(cond), join(*then_awaits, *otherwise_awaits))
            }
            Node::Match { scrutinee, arms, .. } => arms
                .iter()
                .fold(self.awaits_in(scrutinee), |found, arm| join(found, join(arm.guard_awaits, arm.awaits))),
            Node::Loop { body, .. } | Node::Block { body, .. } => body.awaits,
            Node::Hold { value, .. } => self.awaits_in(value),
        }
    }
}
