//! A lifetime that everything outlives which a generic function takes by value.
//!
//! A future may borrow an argument that it owns. The compiler knows of no lifetime that such a borrow could have, unless the
//! signature has one that the argument's type outlives: so the signature gets one.

use super::elided;
use syn::{FnArg, GenericParam, Signature, Type, Visibility, parse_quote};

/// Adds the lifetime where it is needed. A method that may be a trait's keeps its signature.
pub(super) fn add(signature: &mut Signature, visibility: &Visibility) {
    let receiver = signature.receiver().cloned();
    if receiver.is_some() && matches!(visibility, Visibility::Inherited) {
        return;
    }
    let own = receiver.is_some_and(|receiver| matches!(receiver.kind, syn::ReceiverKind::Value));
    let types: Vec<syn::Ident> = signature.generics.type_params().map(|param| param.ident.clone()).collect();
    let mut hidden = false;
    for input in &mut signature.inputs {
        if let FnArg::Typed(typed) = input {
            hidden |= hides(&mut typed.ty);
        }
    }
    let by_value = signature.inputs.iter().any(|input| match input {
        FnArg::Typed(typed) => !matches!(&*typed.ty, Type::Reference(_)) && mentions(&typed.ty, &types),
        FnArg::Receiver(_) => false,
    });
    if !(own || hidden || by_value) {
        return;
    }
    elided::name(signature);
    let lifetimes: Vec<syn::Lifetime> = signature.generics.lifetimes().map(|param| param.lifetime.clone()).collect();
    let clause = signature.generics.make_where_clause();
    for lifetime in lifetimes {
        clause.predicates.push(parse_quote!(#lifetime: '__zokio));
    }
    for ty in types {
        clause.predicates.push(parse_quote!(#ty: '__zokio));
    }
    if own {
        clause.predicates.push(parse_quote!(Self: '__zokio));
    }
    signature.generics.params.insert(0, GenericParam::Lifetime(parse_quote!('__zokio)));
}

/// `impl Trait` -> `impl Trait + '__zokio`, wherever it stands; whether it does by value.
fn hides(ty: &mut Type) -> bool {
    struct Hidden(bool);
    impl syn::visit_mut::VisitMut for Hidden {
        fn visit_type_impl_trait_mut(&mut self, it: &mut syn::TypeImplTrait) {
            // Within a reference, its own lifetime will do.
            it.bounds.push(parse_quote!('__zokio));
            self.0 = true;
            syn::visit_mut::visit_type_impl_trait_mut(self, it);
        }
    }
    if matches!(ty, Type::Reference(_)) {
        return false;
    }
    let mut hidden = Hidden(false);
    syn::visit_mut::VisitMut::visit_type_mut(&mut hidden, ty);
    hidden.0
}

fn mentions(ty: &Type, names: &[syn::Ident]) -> bool {
    struct Mentions<'n>(&'n [syn::Ident], bool);
    impl<'ast> syn::visit::Visit<'ast> for Mentions<'_> {
        fn visit_path(&mut self, path: &'ast syn::Path) {
            self.1 |= path.segments.first().is_some_and(|first| self.0.contains(&first.ident));
            syn::visit::visit_path(self, path);
        }
    }
    let mut found = Mentions(names, false);
    syn::visit::Visit::visit_type(&mut found, ty);
    found.1
}
