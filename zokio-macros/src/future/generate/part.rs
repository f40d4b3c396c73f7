//! Locals of which parts are moved out: their guards know which, and drop the rest.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::Expr;
use syn::spanned::Spanned;

use super::forget::{Gone, forgets};
use super::{Generator, Home, Moved, What, own};
use crate::future::flow::{Part, path};
use crate::future::liveness::Decision;
use crate::future::local::{LocalId, Locals, Name, UseId};
use crate::future::order::changes;

impl Generator<'_> {
    /// The parts that are moved out of a local, each with its number among those of the frame.
    pub(super) fn parts_of(&self, local: LocalId) -> Vec<(usize, &Moved)> {
        if self.home(local) == Home::Plain {
            return Vec::new();
        }
        self.compiled.parts.iter().enumerate().filter(|(_, moved)| moved.local == local).collect()
    }

    /// The locals of the frame of which parts are moved out.
    pub(super) fn rests(&self) -> Vec<LocalId> {
        let mut rests: Vec<LocalId> = self.compiled.parts.iter().map(|moved| moved.local).collect();
        rests.dedup();
        rests.retain(|local| self.home(*local) == Home::Frame);
        rests
    }

    /// Those that are fields, each with its number among those of the local.
    pub(super) fn fields_of(&self, local: LocalId) -> Vec<(usize, usize, &Part)> {
        let parts = self.parts_of(local).into_iter().enumerate();
        parts
            .filter_map(|(index, (_, moved))| match &moved.what {
                What::Field { number, part } => Some((index, *number, part)),
                What::Pattern { .. } => None,
            })
            .collect()
    }

    /// The guard of such a local.
    pub(super) fn partial(&self, local: LocalId, full: TokenStream) -> TokenStream {
        let z = self.z;
        let (place, guard, flags) = (self.place(local), self.guard(local), self.flags());
        let parts = self.parts_of(local);
        let (count, first) = (parts.len(), self.compiled.layout.flags.len() + parts[0].0);
        let rest = self.beside(local);
        quote! {
            let mut #guard = #z::Partial::<_, _, _, #count>::new(
                #place, #full, (&raw mut #flags as *mut ::core::primitive::bool).add(#first), #rest,
            );
        }
    }

    /// `x.field` by value, if it is moved.
    pub(super) fn moved_part(&self, expr: &Expr) -> Option<TokenStream> {
        let (root, _) = path(expr)?;
        let Some(Decision::Part(number)) = self.decision(root) else { return None };
        let local = self.compiled.locals.used(root);
        let fields_of = self.fields_of(local);
        let index = fields_of.iter().find(|(_, known, _)| *known == number)?.0;
        let guard = self.guard(local);
        let field = self.field(expr);
        let tie = self.tie(local);
        Some(quote!(({ #tie #guard.take_part(#index, &raw const #field) })))
    }

    /// A field's place, in the user's own words.
    pub(super) fn field(&self, expr: &Expr) -> TokenStream {
        match expr {
            Expr::Field(it) => {
                let (base, dot, member) = (self.field(&it.base), &it.dot_token, &it.member);
                quote!(#base #dot #member)
            }
            Expr::Paren(it) => self.field(&it.expr),
            Expr::Path(it) => {
                let used = it.path.get_ident().and_then(Locals::read);
                let Some(Name::Use(id)) = used else { return expr.to_token_stream() };
                let span = it.path.span();
                let mut place = self.place(self.compiled.locals.used(id));
                place.set_span(span);
                quote_spanned!(span=> (*#place))
            }
            other => other.to_token_stream(),
        }
    }

    /// `x.field = value`, if the field may have been moved.
    pub(super) fn assigned_part(&self, left: &Expr, value: impl FnOnce() -> TokenStream) -> Option<TokenStream> {
        let (root, members) = path(left)?;
        let z = self.z;
        let local = self.compiled.locals.used(root);
        let parts = self.fields_of(local);
        if members.is_empty() || !parts.iter().any(|(_, _, part)| part.overlaps(&members)) {
            return None;
        }
        let value = value();
        let (place, guard, new, old) = (self.place(local), self.guard(local), own("new"), own("old"));
        let field = fields(&members);
        // Of what went together with other fields nothing comes back: so much was decided.
        let all_of_it = |part: &Part| part.left.is_empty() && members.starts_with(&part.path);
        let whole = parts.iter().find(|(_, _, part)| all_of_it(part)).map(|(index, _, _)| *index);
        let within: Vec<Gone<'_>> = parts
            .iter()
            .filter(|(_, _, part)| {
                part.path.starts_with(&members) && (part.path.len() > members.len() || !part.left.is_empty())
            })
            .map(|(index, _, part)| Gone { index: *index, path: &part.path[members.len()..], left: &part.left })
            .collect();
        let indices = whole.into_iter().chain(within.iter().map(|part| part.index));
        let forgets = forgets(&within, &old, self.z, &|index, depth| self.member(local, index, depth));
        let forgets = match whole {
            // Where nothing consumes it, it is there.
            Some(index) => quote!(if moved[#index] { ::core::mem::forget(#old); } else { #forgets }),
            None => forgets,
        };
        // The new value is there before what is left of the old one is dropped: that may panic.
        Some(quote!(({
            let #new = #z::like(&raw const (*#place)#field, #value);
            let moved = #guard.moved();
            let #old = #z::copy(&raw mut (*#place)#field);
            #(#guard.is_back(#indices);)*
            ::core::ptr::write(&raw mut (*#place)#field, #new);
            #forgets
        })))
    }

    /// A method on a field, which it may consume.
    pub(super) fn ask_part(
        &self,
        call: &syn::ExprMethodCall,
        awaited: bool,
        arguments: impl FnOnce() -> Vec<TokenStream>,
    ) -> Option<TokenStream> {
        let (root, _) = path(&call.receiver)?;
        let Some(Decision::AskPart(number)) = self.decision(root) else { return None };
        let local = self.compiled.locals.used(root);
        let (index, known, field) = self.asked_part(local, root, number, &call.receiver)?;
        let (z, method, turbofish) = (self.z, &call.method, &call.turbofish);
        let guard = self.guard(local);
        let (gate, receiver, at) = (own("gate"), own("receiver"), own("asked"));
        let tie = self.tie(local);
        // `const`, because the part may lie behind a shared reference; then nothing is found that would write. A raw address has no
        // access of its own: it is written through where the type says that the part is the local's, or behind a `&mut` of it.
        let (questions, ties) = self.question(call, awaited, quote!((&raw const #field).cast_mut()), &arguments());
        let answer = self.answer(call, quote!(#receiver.#method #turbofish (#(#ties),*)));
        Some(quote!(({
            #tie
            #questions
            #known.is(#gate);
            let #receiver = #z::receive_part(#gate, #at, |place| #guard.take_part(#index, place));
            #answer
        })))
    }

    /// A part that is asked: its number among those of the local, the question of what is found, and its place.
    pub(super) fn asked_part(
        &self,
        local: LocalId,
        root: UseId,
        number: usize,
        part: &Expr,
    ) -> Option<(usize, proc_macro2::Ident, TokenStream)> {
        let index = self.fields_of(local).iter().find(|(_, known, _)| *known == number)?.0;
        Some((index, self.gate_of(root), self.field(part)))
    }

    /// The questions of what methods do with the parts of a local.
    pub(super) fn gates_of(&self, local: LocalId) -> TokenStream {
        let z = self.z;
        let asked = self.asked_of(local).into_iter().map(|(id, _)| self.gate_of(id));
        quote!(#(let #asked = #z::question();)*)
    }

    fn gate_of(&self, id: UseId) -> proc_macro2::Ident {
        quote::format_ident!("gate_{}", id.0, span = proc_macro2::Span::mixed_site())
    }

    /// The uses that ask about a part of a local, each with the part's number.
    fn asked_of(&self, local: LocalId) -> Vec<(UseId, usize)> {
        let decisions = self.compiled.liveness.decisions.iter().enumerate();
        decisions
            .filter_map(|(id, decision)| match decision {
                Some(Decision::AskPart(number)) => Some((UseId(id), *number)),
                _ => None,
            })
            .filter(|(id, _)| self.compiled.locals.used(*id) == local)
            .collect()
    }

    /// The last members of a part, as they are written; and what stands before it is forgotten.
    fn member(&self, local: LocalId, index: usize, depth: usize) -> (TokenStream, TokenStream) {
        let parts = self.parts_of(local);
        let written: &[syn::Member] = match parts.get(index).map(|(_, moved)| &moved.what) {
            Some(What::Field { part, .. }) => &part.members[part.members.len().saturating_sub(depth)..],
            _ => &[],
        };
        (quote!(#(.#written)*), self.consumed(local, index))
    }

    /// Makes what follows unreachable where the part is borrowed by all methods that are called on it: then it need not be one
    /// that can be moved.
    fn consumed(&self, local: LocalId, index: usize) -> TokenStream {
        let z = self.z;
        let fields_of = self.fields_of(local);
        let Some((_, number, _)) = fields_of.iter().find(|(known, _, _)| *known == index) else {
            return TokenStream::new();
        };
        if self.compiled.liveness.decisions.contains(&Some(Decision::Part(*number))) {
            return TokenStream::new();
        }
        let asked = self.asked_of(local).into_iter().filter(|(_, asked)| asked == number);
        let gates = asked.map(|(id, _)| self.gate_of(id).into_token_stream());
        match gates.reduce(|one, other| quote!(#z::either(#one, #other))) {
            Some(gates) => quote!(#z::consumed(#gates);),
            None => TokenStream::new(),
        }
    }

    /// The destructor of what is left, where the local's type is known for the first time.
    pub(super) fn tie(&self, local: LocalId) -> TokenStream {
        if self.tied.borrow().contains(&local) {
            return TokenStream::new();
        }
        self.tied.borrow_mut().push(local);
        self.routine(local)
    }

    /// What drops the rest.
    pub(super) fn routine(&self, local: LocalId) -> TokenStream {
        let z = self.z;
        let guard = self.guard(local);
        let parts = self.parts_of(local);
        let (count, whole) = (parts.len(), own("whole"));
        let fields_of = self.fields_of(local).into_iter();
        let fields: Vec<_> =
            fields_of.map(|(index, _, part)| Gone { index, path: &part.path, left: &part.left }).collect();
        let forgets = forgets(&fields, &whole, z, &|index, depth| self.member(local, index, depth));
        // Once a pattern has moved something, nothing of the local is used again: so at most one has.
        let patterns = parts.iter().enumerate().filter_map(|(index, (_, moved))| match &moved.what {
            What::Pattern { pat, .. } => {
                let forgotten = self.forgotten(pat, &whole);
                Some(quote!(if moved[#index] { #forgotten } else))
            }
            What::Field { .. } => None,
        });
        let asked = self.asked_of(local).into_iter().map(|(id, _)| self.gate_of(id));
        let asked = quote!((#(#asked,)*));
        // What a pattern refers to is dropped with the rest.
        let changed = |moved: &Moved| matches!(&moved.what, What::Pattern { pat, .. } if changes(pat));
        let mutable = parts.iter().any(|(_, moved)| changed(moved)).then(<syn::Token![mut]>::default);
        quote!(#z::routine(&#guard, #asked, |#mutable #whole, moved: [::core::primitive::bool; #count], #asked| { #(#patterns)* { #forgets } });)
    }
}

/// `.a.b`
fn fields(members: &[String]) -> TokenStream {
    members
        .iter()
        .map(|member| match member.parse::<u32>() {
            Ok(index) => {
                let index = Literal::u32_unsuffixed(index);
                quote!(.#index)
            }
            Err(_) => {
                let name: TokenStream = member.parse().unwrap_or_default();
                quote!(.#name)
            }
        })
        .collect()
}
