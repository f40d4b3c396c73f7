//! The lifetime that the references of a trait's function share.
//!
//! What is borrowed of two arguments lives as long as neither, and a trait's function cannot get a lifetime that both outlive. But
//! one of its own may do for all: where whatever a reference refers to is mentioned by an argument of that lifetime too, it outlives
//! that lifetime, and within the machine the reference may have it. How long it is used, the witness knows.

use proc_macro2::Ident;
use syn::visit::{self, Visit};
use syn::{FnArg, Lifetime, ReceiverKind, Signature, Type};

use super::elided;
use super::input::Argument;
use super::parameters::Parameters;

/// An argument that has a lifetime.
struct Lives {
    index: usize,
    /// The parameters that outlive it.
    names: Vec<Ident>,
    /// Whether it is a reference, which may have any lifetime.
    is_reference: bool,
}

/// Gives the references the lifetime of one argument, where there is one that does.
pub(super) fn share(signature: &mut Signature, parameters: &Parameters, arguments: &mut [Argument]) {
    if parameters.of_trait() != Some(true) {
        return;
    }
    let lives = lives(signature, parameters);
    let Some(anchor) = anchor(&lives).filter(|_| lives.len() > 1) else { return };
    elided::name(signature);
    let Some(lifetime) = signature.inputs.get(anchor.index).and_then(lifetime) else { return };
    for lives in lives.iter().filter(|lives| lives.index != anchor.index) {
        arguments[lives.index].lifetime = Some(lifetime.clone());
    }
}

/// Whether the arguments that are used have several lifetimes, of which none does for all.
pub(super) fn several(signature: &Signature, parameters: &Parameters, is_used: impl Fn(usize) -> bool) -> bool {
    let mut lives = lives(signature, parameters);
    lives.retain(|lives| is_used(lives.index));
    lives.len() > 1 && anchor(&lives).is_none()
}

fn lives(signature: &Signature, parameters: &Parameters) -> Vec<Lives> {
    let inputs = signature.inputs.iter().enumerate();
    inputs.filter_map(|(index, input)| of(index, input, parameters)).collect()
}

/// The one of whose lifetime all others can be: they are references to what has no parameters but those that it has.
fn anchor(lives: &[Lives]) -> Option<&Lives> {
    let covers = |anchor: &&Lives| {
        let mut others = lives.iter().filter(|lives| lives.index != anchor.index);
        others.all(|lives| lives.is_reference && lives.names.iter().all(|name| anchor.names.contains(name)))
    };
    lives.iter().filter(|lives| lives.is_reference).find(covers)
}

/// What lives as long as an argument does, if that has a lifetime that is not the compiler's to choose.
fn of(index: usize, input: &FnArg, parameters: &Parameters) -> Option<Lives> {
    match input {
        FnArg::Receiver(receiver) => {
            let names = parameters.of_self();
            match receiver.kind {
                ReceiverKind::Reference(..) => {
                    parameters.has_self().then_some(Lives { index, names, is_reference: true })
                }
                ReceiverKind::Value => None,
                // `Pin<&mut Self>`
                _ => Some(Lives { index, names, is_reference: false }),
            }
        }
        FnArg::Typed(typed) => {
            let (mut is_reference, inner) = match &*typed.ty {
                Type::Reference(it) => (true, &*it.elem),
                other => (false, other),
            };
            let names = parameters.all_named(inner);
            let lives = lifetimes(inner) > 0 || is_reference && !names.is_empty();
            is_reference &= lifetimes(inner) == 0;
            lives.then_some(Lives { index, names, is_reference })
        }
    }
}

fn lifetime(input: &FnArg) -> Option<Lifetime> {
    struct First(Option<Lifetime>);
    impl<'ast> Visit<'ast> for First {
        fn visit_lifetime(&mut self, lifetime: &'ast Lifetime) {
            self.0.get_or_insert_with(|| lifetime.clone());
        }
    }
    let mut first = First(None);
    match input {
        FnArg::Receiver(receiver) => match &receiver.kind {
            ReceiverKind::Reference(_, lifetime, _) => return lifetime.clone(),
            _ => return None,
        },
        FnArg::Typed(typed) => first.visit_type(&typed.ty),
    }
    first.0
}

/// How many lifetimes a type has, written or not, as far as that can be seen.
fn lifetimes(ty: &Type) -> usize {
    struct Count(usize);
    impl<'ast> Visit<'ast> for Count {
        fn visit_lifetime(&mut self, lifetime: &'ast Lifetime) {
            self.0 += usize::from(lifetime.ident != "static");
        }
        fn visit_type_reference(&mut self, it: &'ast syn::TypeReference) {
            self.0 += usize::from(it.lifetime.is_none());
            visit::visit_type_reference(self, it);
        }
        fn visit_parenthesized_generic_arguments(&mut self, _: &'ast syn::ParenthesizedGenericArguments) {}
        fn visit_type_fn_ptr(&mut self, _: &'ast syn::TypeFnPtr) {}
    }
    let mut count = Count(0);
    count.visit_type(ty);
    count.0
}
