//! A lifetime that everything outlives which a function takes.
//!
//! A future may borrow an argument that it owns, or two arguments in one borrow. The compiler knows of no lifetime that such a
//! borrow could have, unless the signature has one that all of them outlive: so the signature gets one, where it needs it.

use proc_macro2::Ident;
use syn::visit::{self, Visit};
use syn::{FnArg, GenericParam, ReceiverKind, Signature, Type, parse_quote};

use super::parameters::Parameters;
use super::{around, elided};

/// Whether parameters would have to outlive it, which a caller cannot show.
pub(super) fn asks_too_much(signature: &Signature, parameters: &Parameters) -> bool {
    parameters.may_end() && parameters.of_trait() != Some(true) && around::is_returned(&signature.ident)
}

/// Adds the lifetime where it is needed.
pub(super) fn add(signature: &mut Signature, parameters: &Parameters, private: bool) {
    // A trait's lifetimes are given. Where nothing else is known, a function without a visibility may be one of its.
    if parameters.of_trait() == Some(true) {
        return;
    }
    let needs = Needs::of(signature, parameters);
    let not_of_trait = !private || parameters.of_trait() == Some(false);
    let makes_self =
        not_of_trait && signature.receiver().is_none() && parameters.has_self() && mentions_self(signature);
    // What the body makes may have the parameters too, and be borrowed: for as long as any of the lifetimes that the future captures, and of
    // several of them none is the one.
    let own = signature.generics.type_params().next().is_some();
    let makes_any = not_of_trait && (own || needs.captured > 1 && parameters.has_self());
    if !(needs.by_value || needs.lifetimes > 1 || makes_self || makes_any) {
        return;
    }
    for input in &mut signature.inputs {
        if let FnArg::Typed(typed) = input {
            Hidden.bound(&mut typed.ty);
        }
    }
    elided::name(signature);
    let mut lifetimes: Vec<syn::Lifetime> =
        signature.generics.lifetimes().map(|param| param.lifetime.clone()).collect();
    lifetimes.extend(foreign_lifetimes(signature));
    // The future's type captures them, whether an argument has them or not.
    let nameless = parameters.lifetimes().iter().any(|lifetime| lifetime.ident == "_");
    for lifetime in parameters.lifetimes().iter().filter(|lifetime| lifetime.ident != "_") {
        if !lifetimes.contains(lifetime) {
            lifetimes.push(lifetime.clone());
        }
    }
    let mut types: Vec<Ident> = signature.generics.type_params().map(|param| param.ident.clone()).collect();
    let constants: Vec<&Ident> = signature.generics.const_params().map(|param| &param.ident).collect();
    let foreign = needs.foreign.into_iter().filter(|name| !constants.contains(&name));
    types.extend(foreign.filter(|name| !signature.generics.type_params().any(|param| param.ident == *name)));
    let clause = signature.generics.make_where_clause();
    for lifetime in lifetimes {
        clause.predicates.push(parse_quote!(#lifetime: '__zokio));
    }
    for ty in types {
        clause.predicates.push(parse_quote!(#ty: '__zokio));
    }
    if needs.own || makes_self || nameless {
        clause.predicates.push(parse_quote!(Self: '__zokio));
    }
    signature.generics.params.insert(0, GenericParam::Lifetime(parse_quote!('__zokio)));
}

/// Whether the signature says `Self`: then the parameters of an `impl` around are the future's too.
fn mentions_self(signature: &Signature) -> bool {
    struct Mentions(bool);
    impl Visit<'_> for Mentions {
        fn visit_path(&mut self, path: &syn::Path) {
            self.0 |= path.segments.first().is_some_and(|first| first.ident == "Self");
            visit::visit_path(self, path);
        }
    }
    let mut mentions = Mentions(false);
    mentions.visit_signature(signature);
    mentions.0
}

/// The lifetimes of the arguments that are not the signature's own: those of an `impl` around.
fn foreign_lifetimes(signature: &Signature) -> Vec<syn::Lifetime> {
    struct Foreign {
        known: Vec<syn::Lifetime>,
        found: Vec<syn::Lifetime>,
    }
    impl Foreign {
        fn within(&mut self, bound: Option<&syn::BoundLifetimes>, visit: impl FnOnce(&mut Self)) {
            let before = self.known.len();
            self.known.extend(bound.iter().flat_map(|bound| &bound.lifetimes).filter_map(|param| match param {
                GenericParam::Lifetime(param) => Some(param.lifetime.clone()),
                _ => None,
            }));
            visit(self);
            self.known.truncate(before);
        }
    }
    impl Visit<'_> for Foreign {
        fn visit_lifetime(&mut self, lifetime: &syn::Lifetime) {
            let known = lifetime.ident == "static" || lifetime.ident == "_";
            if !known && !self.known.contains(lifetime) && !self.found.contains(lifetime) {
                self.found.push(lifetime.clone());
            }
        }
        fn visit_trait_bound(&mut self, bound: &syn::TraitBound) {
            self.within(bound.lifetimes.as_ref(), |this| visit::visit_trait_bound(this, bound));
        }
        fn visit_type_fn_ptr(&mut self, ty: &syn::TypeFnPtr) {
            self.within(ty.lifetimes.as_ref(), |this| visit::visit_type_fn_ptr(this, ty));
        }
    }
    let known = signature.generics.lifetimes().map(|param| param.lifetime.clone()).collect();
    let mut foreign = Foreign { known, found: Vec::new() };
    signature.inputs.iter().for_each(|input| foreign.visit_fn_arg(input));
    foreign.found
}

/// What the arguments have of lifetimes and parameters.
#[derive(Default)]
struct Needs {
    /// Lifetimes that the future's type will name.
    lifetimes: usize,
    /// Lifetimes that it captures, since the signature has them.
    captured: usize,
    /// Whether an argument whose type has parameters is taken by value.
    by_value: bool,
    /// Whether that is `self`.
    own: bool,
    /// Names of parameters, perhaps of an `impl` around.
    foreign: Vec<Ident>,
}

impl Needs {
    fn of(signature: &Signature, parameters: &Parameters) -> Self {
        let mut needs = Self::default();
        for input in &signature.inputs {
            match input {
                FnArg::Receiver(receiver) => match &receiver.kind {
                    ReceiverKind::Reference(..) if !parameters.has_self() => needs.captured += 1,
                    ReceiverKind::Reference(..) => {
                        needs.lifetimes += 1;
                        needs.captured += 1;
                    }
                    ReceiverKind::Value if parameters.has_self() => {
                        needs.by_value = true;
                        needs.own = true;
                    }
                    // `Pin<&mut Self>`: what owns a `Self` is asked for nothing that callers would have to show.
                    ReceiverKind::Typed(_, ty) => needs.visit_lifetimes(ty),
                    _ => {}
                },
                FnArg::Typed(typed) => needs.visit_argument(&typed.ty, parameters),
            }
        }
        needs
    }

    fn visit_lifetimes(&mut self, ty: &Type) {
        let before = self.lifetimes;
        self.visit_type(ty);
        self.captured += self.lifetimes - before;
    }

    fn visit_argument(&mut self, ty: &Type, parameters: &Parameters) {
        let before = self.lifetimes;
        self.visit_lifetimes(ty);
        for name in parameters.named(ty) {
            if !self.foreign.contains(&name) {
                self.foreign.push(name);
            }
        }
        match ty {
            // Its own lifetime is left to the compiler, if it is not what it refers to that has it.
            Type::Reference(it) if !parameters.within(&it.elem) && !is_object(&it.elem) && self.lifetimes > before => {
                self.lifetimes -= 1;
            }
            Type::Reference(_) => {}
            _ => self.by_value |= parameters.within(ty),
        }
    }
}

/// Whether it is a `dyn Trait`, which lives as long as a reference to it, if nothing else is said.
fn is_object(ty: &Type) -> bool {
    match ty {
        Type::TraitObject(it) => !it.bounds.iter().any(|bound| matches!(bound, syn::TypeParamBound::Lifetime(_))),
        Type::Paren(it) => is_object(&it.elem),
        _ => false,
    }
}

impl<'ast> Visit<'ast> for Needs {
    fn visit_type_reference(&mut self, it: &'ast syn::TypeReference) {
        self.lifetimes += 1;
        self.visit_type(&it.elem);
    }

    fn visit_lifetime(&mut self, _: &'ast syn::Lifetime) {
        self.lifetimes += 1;
    }

    fn visit_parenthesized_generic_arguments(&mut self, _: &'ast syn::ParenthesizedGenericArguments) {}
    fn visit_type_fn_ptr(&mut self, _: &'ast syn::TypeFnPtr) {}
}

/// `impl Trait` -> `impl Trait + '__zokio`, where it is taken by value.
struct Hidden;

impl Hidden {
    fn bound(&mut self, ty: &mut Type) {
        if !matches!(ty, Type::Reference(_)) {
            syn::visit_mut::VisitMut::visit_type_mut(self, ty);
        }
    }
}

impl syn::visit_mut::VisitMut for Hidden {
    fn visit_type_reference_mut(&mut self, it: &mut syn::TypeReference) {
        syn::visit_mut::visit_type_reference_mut(self, it);
        // `&impl A + 'a` is ambiguous.
        if matches!(&*it.elem, Type::ImplTrait(_)) {
            let elem = std::mem::replace(&mut *it.elem, Type::Verbatim(Default::default()));
            *it.elem = Type::Paren(syn::TypeParen {
                attrs: Vec::new(),
                paren_token: Default::default(),
                elem: Box::new(elem),
            });
        }
    }

    fn visit_type_impl_trait_mut(&mut self, it: &mut syn::TypeImplTrait) {
        it.bounds.push(parse_quote!('__zokio));
        syn::visit_mut::visit_type_impl_trait_mut(self, it);
    }
}
