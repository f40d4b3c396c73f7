//! The lifetimes that a signature leaves out, with names: so that bounds can speak of them.

use proc_macro2::Span;
use syn::visit_mut::{self, VisitMut};
use syn::{FnArg, GenericParam, Lifetime, ReceiverKind, ReturnType, Signature};

/// Names every elided lifetime of the arguments, and uses the right one in the output.
pub(super) fn name(signature: &mut Signature) {
    let mut names = Names { new: Vec::new(), every: Vec::new() };
    let mut of_self = None;
    for input in &mut signature.inputs {
        match input {
            FnArg::Receiver(receiver) => {
                if let ReceiverKind::Reference(_, lifetime, _) = &mut receiver.kind {
                    of_self = Some(lifetime.get_or_insert_with(|| names.fresh()).clone());
                } else {
                    names.visit_receiver_mut(receiver);
                }
            }
            FnArg::Typed(typed) => names.visit_type_mut(&mut typed.ty),
        }
    }
    // As the language has it: that of `self`, or the only one.
    let only = match &*names.every {
        [only] => Some(only.clone()),
        _ => None,
    };
    if let (Some(lifetime), ReturnType::Type(_, ty)) = (of_self.or(only), &mut signature.output) {
        Output(lifetime).visit_type_mut(ty);
    }
    for (index, lifetime) in names.new.into_iter().enumerate() {
        signature.generics.params.insert(index, GenericParam::Lifetime(syn::LifetimeParam::new(lifetime)));
    }
}

struct Names {
    new: Vec<Lifetime>,
    /// Those that the output could mean.
    every: Vec<Lifetime>,
}

impl Names {
    fn fresh(&mut self) -> Lifetime {
        let lifetime = Lifetime::new(&format!("'__zokio_{}", self.new.len()), Span::mixed_site());
        self.new.push(lifetime.clone());
        lifetime
    }
}

impl VisitMut for Names {
    fn visit_type_reference_mut(&mut self, it: &mut syn::TypeReference) {
        if it.lifetime.is_none() {
            let fresh = self.fresh();
            self.every.push(fresh.clone());
            it.lifetime = Some(fresh);
            self.visit_type_mut(&mut it.elem);
        } else {
            visit_mut::visit_type_reference_mut(self, it);
        }
    }

    fn visit_lifetime_mut(&mut self, lifetime: &mut Lifetime) {
        if lifetime.ident == "_" {
            *lifetime = self.fresh();
        }
        self.every.push(lifetime.clone());
    }

    // Those of functions belong to each call.
    fn visit_parenthesized_generic_arguments_mut(&mut self, _: &mut syn::ParenthesizedGenericArguments) {}
    fn visit_type_fn_ptr_mut(&mut self, _: &mut syn::TypeFnPtr) {}
}

struct Output(Lifetime);

impl VisitMut for Output {
    fn visit_type_reference_mut(&mut self, it: &mut syn::TypeReference) {
        it.lifetime.get_or_insert_with(|| self.0.clone());
        visit_mut::visit_type_reference_mut(self, it);
    }

    fn visit_lifetime_mut(&mut self, lifetime: &mut Lifetime) {
        if lifetime.ident == "_" {
            *lifetime = self.0.clone();
        }
    }

    fn visit_parenthesized_generic_arguments_mut(&mut self, _: &mut syn::ParenthesizedGenericArguments) {}
    fn visit_type_fn_ptr_mut(&mut self, _: &mut syn::TypeFnPtr) {}
}
