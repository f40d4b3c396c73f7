//! `impl Trait` in the type of what a function returns.
//!
//! The machine is what the function's signature hides, so the compiler knows the bounds of what its output hides. The witness is
//! hidden by nothing: it is told by a value that is never made, of which a `dyn` of the same trait is borrowed.

use proc_macro2::TokenStream;
use quote::quote;
use syn::visit::{self, Visit};
use syn::{GenericArgument, PathArguments, ReturnType, Type, TypeImplTrait, TypeParamBound};

use super::input;

/// A value of the output's type, that is never made; none where nothing would be told by it.
pub(super) fn told(output: &ReturnType, z: &TokenStream) -> Option<TokenStream> {
    let ReturnType::Type(_, ty) = output else { return None };
    value(ty, z)
}

fn value(ty: &Type, z: &TokenStream) -> Option<TokenStream> {
    match ty {
        Type::ImplTrait(it) => {
            let bound = bound(it)?;
            Some(quote!({ let value = #z::any(); let _: &dyn #bound = &value; value }))
        }
        Type::Tuple(it) => {
            let values: Vec<_> = it.elems.iter().map(|ty| value(ty, z)).collect();
            values.iter().any(Option::is_some).then_some(())?;
            let values = values.into_iter().map(|value| value.unwrap_or_else(|| quote!(#z::any())));
            Some(quote!((#(#values,)*)))
        }
        Type::Path(it) => {
            let last = it.path.segments.last()?;
            let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
            let Some(GenericArgument::Type(first)) = arguments.args.first() else { return None };
            let value = value(first, z)?;
            let written = input::output_of(ty);
            match last.ident.to_string().as_str() {
                "Result" => Some(quote!({ let value: #written = ::core::result::Result::Ok(#value); value })),
                "Option" => Some(quote!({ let value: #written = ::core::option::Option::Some(#value); value })),
                _ => None,
            }
        }
        _ => None,
    }
}

/// The bound that a `dyn` may have, if it says of what type something is: of traits whose names everybody knows.
fn bound(it: &TypeImplTrait) -> Option<TokenStream> {
    const TRAITS: [&str; 6] = ["Stream", "Iterator", "Future", "Fn", "FnMut", "FnOnce"];
    let bounds = it.bounds.iter().filter_map(|bound| match bound {
        TypeParamBound::Trait(bound) => Some(&bound.path),
        _ => None,
    });
    let mut known = bounds.filter(|path| {
        let last = path.segments.last();
        last.is_some_and(|last| {
            TRAITS.contains(&last.ident.to_string().as_str())
                && match &last.arguments {
                    PathArguments::AngleBracketed(it) => {
                        it.args.iter().any(|argument| matches!(argument, GenericArgument::AssocType(_)))
                    }
                    PathArguments::Parenthesized(_) => true,
                    PathArguments::None => false,
                }
        })
    });
    let path = known.next().filter(|path| !hides(path))?;
    Some(quote!(#path))
}

/// Whether there is an `impl` within.
fn hides(path: &syn::Path) -> bool {
    struct Hides(bool);
    impl<'ast> Visit<'ast> for Hides {
        fn visit_type_impl_trait(&mut self, it: &'ast TypeImplTrait) {
            self.0 = true;
            visit::visit_type_impl_trait(self, it);
        }
    }
    let mut hides = Hides(false);
    hides.visit_path(path);
    hides.0
}
