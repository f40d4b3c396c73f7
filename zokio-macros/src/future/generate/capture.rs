//! Closures and `async` blocks: what they capture goes into them as values, or as places of slots.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote};
use syn::visit::{self, Visit};
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ExprAsync, ExprClosure, ExprMethodCall, Member, Stmt, parse_quote};

use super::{Generator, Home, blocks, fields, gate};
use crate::future::async_closures;
use crate::future::flow::path;
use crate::future::liveness::Decision;
use crate::future::local::{Local, LocalId, Locals, Name, UseId};
use crate::future::macros;
use crate::future::nested;
use crate::future::order::{certainly_consumes, takes_captured};
use crate::future::plain::{is_mutable_reference, is_number_local};
use crate::future::selection;
use crate::future::uses::{self, Uses};

/// What a captured local becomes.
struct Captured {
    local: LocalId,
    /// What is done before the closure is made.
    before: TokenStream,
    /// What stands for it within.
    within: TokenStream,
    /// What each closure in which it is used does first.
    first: Option<Stmt>,
    /// Whether it is where it was, and not the closure's own.
    is_place: bool,
}

impl Captured {
    fn new(local: LocalId, before: TokenStream, within: TokenStream) -> Self {
        Self { local, before, within, first: None, is_place: false }
    }
}

impl Generator<'_> {
    pub(super) fn capturing(&self, expr: &Expr) -> TokenStream {
        let mut expr = expr.clone();
        let uses = uses::within(&expr, self.compiled.locals);
        // What is used by value for the last time goes along, also what is `Copy`, which a closure would borrow.
        let goes = |id: &UseId| self.decision(*id) == Some(Decision::Take);
        let slots = uses.iter().any(|(local, ids)| self.home(*local) != Home::Plain || ids.iter().any(goes));
        let by_move = match &mut expr {
            Expr::Closure(ExprClosure { capture, .. }) | Expr::Async(ExprAsync { capture, .. }) => {
                let was = capture.is_some();
                *capture = capture.or(slots.then(Default::default));
                was
            }
            _ => true,
        };
        let mut captured: Vec<Captured> = Vec::new();
        for (local, ids) in &uses {
            let receiver = self.receiver(&mut expr, *local, ids);
            let fields = || self.fields_alone(&expr, *local, ids);
            let by_name = || self.by_name(&expr, *local, ids).or_else(fields).or_else(|| self.part(*local, ids));
            captured
                .push(receiver.or_else(by_name).unwrap_or_else(|| self.capture(&expr, *local, ids, slots && !by_move)));
        }
        if let Expr::Closure(closure) = &mut expr
            && slots
            && !by_move
            && captured.iter().any(|captured| !captured.is_place)
        {
            async_closures::unlent(closure);
        }
        nested::moved(&mut expr, self.compiled.locals, &|within, local, ids| {
            let place = &captured.iter().find(|captured| captured.local == local && captured.is_place)?.within;
            Some(fields::copied(within, ids, &quote!((&raw mut #place)), self.z).unwrap_or_else(|| place.clone()))
        });
        if let Expr::Closure(closure) = &mut expr {
            let own = captured.iter().filter(|captured| !captured.is_place).map(|captured| captured.local).collect();
            blocks::moving(closure, self.compiled.locals, own);
        }
        for captured in &captured {
            if let Some(first) = &captured.first {
                nested::begin(&mut expr, self.compiled.locals, captured.local, first);
            }
        }
        // As it is written it borrows them.
        let own = captured.iter().filter(|captured| slots && !by_move && !captured.is_place);
        let own: Vec<_> = own.map(|captured| (captured.local, self.inner(captured.local))).collect();
        nested::carry(&mut expr, self.compiled.locals, &own, self.z);
        let tokens = macros::replace_all(expr.into_token_stream(), &|ident| match Locals::read(ident)? {
            Name::Use(id) => {
                let local = self.compiled.locals.used(id);
                captured.iter().find(|captured| captured.local == local).map(|captured| captured.within.clone())
            }
            Name::Binder(local) => Some(self.compiled.locals[local].name.to_token_stream()),
        });
        let before: TokenStream = captured.iter().map(|captured| captured.before.clone()).collect();
        if before.is_empty() { quote!((#tokens)) } else { quote!(({ #before #tokens })) }
    }

    /// A local of which one method is called within, as its last use: what that is called on is found before.
    fn receiver(&self, expr: &mut Expr, local: LocalId, ids: &[UseId]) -> Option<Captured> {
        let [id] = ids else { return None };
        let reference = matches!(self.compiled.locals[local].ty, Some(syn::Type::Reference(_)));
        if self.home(local) == Home::Plain || self.decision(*id) != Some(Decision::Ask) || reference {
            return None;
        }
        let place = self.place(local);
        let call = called_on(expr, *id)?;
        let arguments: Vec<TokenStream> = call.args.iter().map(ToTokens::to_token_stream).collect();
        let (questions, ties) = self.question(&call, false, quote!(#place), &arguments);
        // They leave the block in which they are asked about, where others may be too.
        let asked: Vec<Ident> = (0..ties.len()).map(gate::argument_name).collect();
        let given: Vec<Ident> = (0..ties.len())
            .map(|index| format_ident!("argument_{}_{index}", local.0, span = Span::mixed_site()))
            .collect();
        let ties = ties.into_iter().map(|tie| {
            macros::replace_all(tie, &|name| {
                let index = asked.iter().position(|asked| asked == name)?;
                Some(given[index].to_token_stream())
            })
        });
        if !give(expr, *id, ties.collect()) {
            return None;
        }
        let received = self.received(local);
        let inner = self.inner(local);
        let before = quote!(let (mut #inner, #(#given,)*) = { #questions (#received, #(#asked,)*) };);
        Some(Captured::new(local, before, inner.into_token_stream()))
    }

    /// The fields that go along, in something that has them: moved there, or copied where they are used again.
    fn fields_alone(&self, expr: &Expr, local: LocalId, ids: &[UseId]) -> Option<Captured> {
        let captured = ids.iter().find_map(|id| self.compiled.flow.captured_fields(*id))?;
        let (z, guard, place) = (self.z, self.guard(local), self.place(local));
        let fields_of = self.fields_of(local);
        let number = |member: &Member| {
            let known = fields_of.iter().find(|(_, _, part)| part.members == [member.clone()]);
            known.filter(|(_, number, _)| ids.iter().any(|id| self.decision(*id) == Some(Decision::Part(*number))))
        };
        // Those besides that are used where nothing gets to.
        let others = fields::used(expr, ids).into_iter().flatten().filter(|member| !captured.contains(member));
        let all: Vec<Member> = captured.iter().cloned().chain(others).collect();
        let fields = fields::having(&all, |member| match number(member) {
            Some((index, ..)) => quote!(#guard.take_part(#index, &raw const (*#place).#member)),
            None => quote!(#z::field(&raw const (*#place).#member)),
        })?;
        let tie = captured.iter().any(|member| number(member).is_some()).then(|| self.tie(local));
        let value = fields::moved(&fields, &place.to_token_stream(), z);
        let inner = self.inner(local);
        Some(Captured::new(local, quote!(#tie let mut #inner = #value;), inner.into_token_stream()))
    }

    /// A part that goes along, in something of which it is that part.
    fn part(&self, local: LocalId, ids: &[UseId]) -> Option<Captured> {
        let decided = ids.iter().find_map(|id| self.decision(*id));
        let Some(Decision::Part(number)) = decided else { return None };
        let fields_of = self.fields_of(local);
        let (index, _, part) = fields_of.iter().find(|(_, known, _)| *known == number)?;
        let (guard, place, tie, members) = (self.guard(local), self.place(local), self.tie(local), &part.members);
        let taken = quote!({ #tie #guard.take_part(#index, &raw const (*#place)#(.#members)*) });
        let (inner, value) = (self.inner(local), fields::alone(members, taken));
        Some(Captured::new(local, quote!(let mut #inner = #value;), inner.into_token_stream()))
    }

    /// A reference that a macro is given alone, perhaps as a name: it is borrowed anew, under one.
    fn by_name(&self, expr: &Expr, local: LocalId, ids: &[UseId]) -> Option<Captured> {
        let borrowed = matches!(self.decision(ids[0]), Some(Decision::Place | Decision::Ask));
        if !borrowed || !self.is_unique(local) || !is_alone(expr.to_token_stream(), ids) {
            return None;
        }
        let (inner, place) = (self.inner(local), self.place(local));
        Some(Captured::new(local, quote!(let mut #inner = &mut **#place;), inner.into_token_stream()))
    }

    /// Whether a local is a `&mut` in a slot, as its type is written.
    pub(super) fn is_unique(&self, local: LocalId) -> bool {
        let ty = &self.compiled.locals[local].ty;
        self.home(local) != Home::Plain && matches!(ty, Some(syn::Type::Reference(it)) if it.mutability.is_some())
    }

    /// The name that stands for a local within.
    pub(super) fn inner(&self, local: LocalId) -> Ident {
        let name = &self.compiled.locals[local].name;
        if name == "self" { Ident::new("this", Span::mixed_site()) } else { name.clone() }
    }

    fn capture(&self, expr: &Expr, local: LocalId, ids: &[UseId], forced: bool) -> Captured {
        let z = self.z;
        let name = &self.compiled.locals[local].name;
        let inner = self.inner(local);
        let decision = ids.iter().find_map(|id| self.decision(*id));
        let place = self.place(local);
        // What a guard looks at is not where it will be yet.
        if self.is_shown(local) {
            let shown = self.shown(local);
            return Captured { is_place: true, ..Captured::new(local, TokenStream::new(), quote!((*#shown))) };
        }
        let captured = format_ident!("captured_{}", local.0, span = Span::mixed_site());
        // Closures within borrow from this one.
        let is_nested = nested::use_it(expr, self.compiled.locals, local) || nested::lends(expr);
        let has = |captures: TokenStream| {
            let place = Captured::new(local, quote!(let #captured = #captures;), quote!((*#captured.address())));
            Captured { is_place: true, ..place }
        };
        let has_own =
            |value: TokenStream| Captured::new(local, quote!(let mut #inner = #value;), inner.to_token_stream());
        let by_place = |address: TokenStream| {
            has(if is_nested { quote!(#z::spot(#z::Place::#address)) } else { quote!(#z::Place::#address) })
        };
        let by_words = |address: TokenStream, words: TokenStream| {
            let held = format_ident!("held_{}", local.0, span = Span::mixed_site());
            Captured {
                within: quote!((*#held.address())),
                first: Some(parse_quote!(let #held = #captured.held();)),
                ..has(quote!(#z::#words(#z::Place::#address)))
            }
        };
        let known = &self.compiled.locals[local];
        // Of a reference, what it refers to, as natively: it may leave the scope of the local with the closure. What may be changed
        // itself is used where it is, and the witness's closure is tied to it.
        let held = || Uses::of(expr, ids).are_of_what_it_refers_to(known);
        let by_type = |address: TokenStream| {
            let uses = Uses::of(expr, ids);
            if is_number_local(self.compiled.locals, local) || !uses.are_of_what_it_refers_to(known) {
                by_place(address)
            } else if is_nested {
                by_words(address, if uses.are_of_all() { quote!(words) } else { quote!(word) })
            } else {
                let held = if uses.are_of_all() { quote!(held_wide) } else { quote!(held) };
                has(quote!(#z::#held(#z::Place::#address)))
            }
        };
        match (self.home(local), decision) {
            // What a pattern has bound in front of the guard that the closure is in.
            (_, Some(Decision::Bare)) => by_place(quote!(of(&raw const #name))),
            (Home::Plain, Some(Decision::Place | Decision::Ask)) if forced => {
                // Of a type that may not be known yet: a cast would have to know it.
                by_type(quote!(of(&raw const #name)))
            }
            (Home::Plain, _) => Captured::new(local, TokenStream::new(), name.to_token_stream()),
            // A reference is copied, so that what borrows anew of it within may leave the closure.
            (Home::Frame | Home::Stack, Some(Decision::Place | Decision::Ask))
                if matches!(&known.ty, Some(syn::Type::Reference(it)) if it.mutability.is_none())
                    && (!known.is_mut || held()) =>
            {
                if is_nested {
                    by_words(quote!(new(#place)), quote!(words))
                } else {
                    has_own(quote!(*#place))
                }
            }
            // One that is unique is copied, with room for it: what it refers to may leave with the closure, or be given out by it, as natively.
            (Home::Frame | Home::Stack, Some(Decision::Place | Decision::Ask))
                if is_mutable_reference(self.compiled.locals, local) && width(known) != Width::Unknown && held() =>
            {
                let is_wide = width(known) == Width::Wide;
                let held = if is_wide { quote!(held_wide) } else { quote!(held_thin) };
                let place = quote!(new(#place));
                let words = if is_wide { quote!(words) } else { quote!(word_thin) };
                if is_nested { by_words(place, words) } else { has(quote!(#z::#held(#z::Place::#place))) }
            }
            // Others are borrowed anew, so that what they refer to may leave with it.
            (Home::Frame | Home::Stack, Some(Decision::Place | Decision::Ask))
                if is_mutable_reference(self.compiled.locals, local) && held() =>
            {
                has_own(quote!(&mut **#place))
            }
            (_, Some(Decision::Take)) => {
                let mut used = known.name.clone();
                used.set_span(Uses::of(expr, ids).span.unwrap_or_else(|| known.name.span()));
                self.wholes.borrow_mut().push(used);
                self.taken.borrow_mut().extend(taken_from(expr, ids));
                has_own(self.take(local, None))
            }
            // By value, and used again later: of a reference, one that is borrowed anew.
            (_, Some(Decision::Copy)) if !forced => {
                let unique = matches!(&self.compiled.locals[local].ty, Some(syn::Type::Reference(it)) if it.mutability.is_some());
                let guard = self.guard(local);
                // As where it is used: that it is moved twice, the witness says.
                let copied = self.is_guarded(local) && self.parts_of(local).is_empty() && !self.is_reference(local);
                let fields = || fields::copied(expr, ids, &quote!(#place), z).filter(|_| !self.is_reference(local));
                let value = match () {
                    () if unique => quote!(&mut **#place),
                    () if copied => fields().unwrap_or_else(|| quote!(#guard.copy(#place))),
                    () => fields().unwrap_or_else(|| quote!(*#place)),
                };
                has_own(value)
            }
            _ => by_type(quote!(new(#place))),
        }
    }
}

/// Whether one of these uses is all of an argument of a macro.
pub(super) fn is_alone(tokens: TokenStream, ids: &[UseId]) -> bool {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    tokens.iter().enumerate().any(|(index, token)| {
        let TokenTree::Group(group) = token else { return false };
        let of_macro = index > 0 && macros::is(&tokens[index - 1], '!');
        of_macro && macros::alone(&group.stream()).iter().any(|id| ids.contains(id)) || is_alone(group.stream(), ids)
    })
}

/// The call of a method on this use of a local, also among the arguments of macros.
fn called_on(expr: &Expr, id: UseId) -> Option<ExprMethodCall> {
    struct Calls(UseId, Option<ExprMethodCall>);
    impl<'ast> Visit<'ast> for Calls {
        fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
            if let Expr::Path(path) = &*call.receiver
                && let Some(Name::Use(used)) = path.path.get_ident().and_then(Locals::read)
                && used == self.0
            {
                self.1 = Some(call.clone());
            }
            visit::visit_expr_method_call(self, call);
        }
        fn visit_macro(&mut self, mac: &'ast syn::Macro) {
            selection::selected(mac).iter().for_each(|future| self.visit_expr(future));
            macros::Arguments::of(mac).expressions().into_iter().for_each(|it| self.visit_expr(it));
        }
    }
    let mut calls = Calls(id, None);
    calls.visit_expr(expr);
    calls.1
}

/// Gives the call of the method on this use its arguments, and says whether it is there: among those of a macro it is left alone.
fn give(expr: &mut Expr, id: UseId, arguments: Vec<TokenStream>) -> bool {
    struct Give(UseId, Option<Vec<TokenStream>>);
    impl VisitMut for Give {
        fn visit_expr_method_call_mut(&mut self, call: &mut ExprMethodCall) {
            visit_mut::visit_expr_method_call_mut(self, call);
            if let Expr::Path(path) = &*call.receiver
                && path
                    .path
                    .get_ident()
                    .and_then(Locals::read)
                    .is_some_and(|name| matches!(name, Name::Use(used) if used == self.0))
                && let Some(arguments) = self.1.take()
            {
                call.args = arguments.into_iter().map(Expr::Verbatim).collect();
            }
        }
    }
    if arguments.is_empty() {
        return true;
    }
    let mut give = Give(id, Some(arguments));
    give.visit_expr_mut(expr);
    give.1.is_none()
}

/// The methods within that take a local by their names, or fields of it.
fn taken_from(expr: &Expr, ids: &[UseId]) -> Vec<Ident> {
    struct Methods<'i>(&'i [UseId], Vec<Ident>);
    impl<'ast> Visit<'ast> for Methods<'_> {
        fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
            if (takes_captured(call) || certainly_consumes(&call.method.to_string()))
                && path(&call.receiver).is_some_and(|(root, _)| self.0.contains(&root))
            {
                self.1.push(call.method.clone());
            }
            visit::visit_expr_method_call(self, call);
        }
        fn visit_macro(&mut self, mac: &'ast syn::Macro) {
            macros::Arguments::of(mac).expressions().into_iter().for_each(|it| self.visit_expr(it));
        }
    }
    let mut methods = Methods(ids, Vec::new());
    methods.visit_expr(expr);
    methods.1
}

/// How large a reference is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Width {
    /// One word.
    Thin,
    /// One word or two.
    Wide,
    Unknown,
}

/// As far as its type is written: that of a type by its name is of one word, unless that is one of std's that have no size, or the name looks like a
/// parameter's, which may stand for one. The core asks again.
fn width(local: &Local) -> Width {
    let Some(syn::Type::Reference(it)) = &local.ty else { return Width::Unknown };
    let syn::Type::Path(of) = &*it.elem else { return Width::Unknown };
    let Some(last) = of.path.segments.last() else { return Width::Unknown };
    let name = last.ident.to_string();
    let is_parameter = of.path.segments.len() == 1 && !name.contains(|c: char| c.is_lowercase());
    match name.as_str() {
        "str" => Width::Unknown,
        "Self" | "Path" | "OsStr" | "CStr" => Width::Wide,
        _ if is_parameter => Width::Wide,
        _ => Width::Thin,
    }
}
