//! A lifetime that everything outlives which a function takes.
//!
//! A future may borrow an argument that it owns, or two arguments in one borrow. The compiler knows of no lifetime that such a
//! borrow could have, unless the signature has one that all of them outlive: so the signature gets one, where it needs it.

use proc_macro2::Ident;
use syn::visit::{self, Visit};
use syn::{FnArg, GenericParam, ReceiverKind, Signature, Type, parse_quote};

use super::elided;
use super::input::is_generic;

/// Adds the lifetime where it is needed.
pub(super) fn add(signature: &mut Signature, private: bool) {
    let needs = Needs::of(signature);
    // Without a visibility it may be a trait's, whose lifetimes are given.
    let makes_self = !private && signature.receiver().is_none() && mentions_self(signature);
    if !(needs.by_value || needs.lifetimes > 1 || makes_self) {
        return;
    }
    for input in &mut signature.inputs {
        if let FnArg::Typed(typed) = input {
            Hidden.bound(&mut typed.ty);
        }
    }
    elided::name(signature);
    let lifetimes: Vec<syn::Lifetime> = signature.generics.lifetimes().map(|param| param.lifetime.clone()).collect();
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
    if needs.own || makes_self {
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

/// What the arguments have of lifetimes and parameters.
#[derive(Default)]
struct Needs {
    /// Lifetimes that the future's type will name.
    lifetimes: usize,
    /// Whether an argument whose type has parameters is taken by value.
    by_value: bool,
    /// Whether that is `self`.
    own: bool,
    /// Names of parameters, perhaps of an `impl` around.
    foreign: Vec<Ident>,
}

impl Needs {
    fn of(signature: &Signature) -> Self {
        let mut needs = Self::default();
        let declared: Vec<&Ident> = signature.generics.type_params().map(|param| &param.ident).collect();
        for input in &signature.inputs {
            match input {
                FnArg::Receiver(receiver) => match &receiver.kind {
                    ReceiverKind::Reference(..) => needs.lifetimes += 1,
                    ReceiverKind::Value => {
                        needs.by_value = true;
                        needs.own = true;
                    }
                    _ => {}
                },
                FnArg::Typed(typed) => needs.visit_argument(&typed.ty, &declared),
            }
        }
        needs
    }

    fn visit_argument(&mut self, ty: &Type, declared: &[&Ident]) {
        let before = self.lifetimes;
        self.visit_type(ty);
        let mut names = Names { declared, found: Vec::new() };
        names.visit_type(ty);
        let generic = !names.found.is_empty() || is_generic(ty);
        self.foreign.append(&mut names.found);
        match ty {
            // Its own lifetime is left to the compiler.
            Type::Reference(it) if !is_generic(&it.elem) && self.lifetimes > before => self.lifetimes -= 1,
            Type::Reference(_) => {}
            _ => self.by_value |= generic,
        }
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

/// Names that are, or look like, those of type parameters.
struct Names<'n> {
    declared: &'n [&'n Ident],
    found: Vec<Ident>,
}

impl<'ast> Visit<'ast> for Names<'_> {
    fn visit_path(&mut self, path: &'ast syn::Path) {
        if let Some(first) = path.segments.first() {
            let name = first.ident.to_string();
            // `Rc<T>` is no parameter: those have none of their own.
            let short =
                path.get_ident().is_some() && name.len() <= 2 && name.starts_with(|first: char| first.is_uppercase());
            if (short || self.declared.contains(&&first.ident)) && !self.found.contains(&first.ident) {
                self.found.push(first.ident.clone());
            }
        }
        visit::visit_path(self, path);
    }

    // The length of an array: a constant's name.
    fn visit_expr(&mut self, _: &'ast syn::Expr) {}
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
