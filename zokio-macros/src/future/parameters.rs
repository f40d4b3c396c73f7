//! Which types have parameters: those may not outlive every lifetime.

use proc_macro2::Ident;
use syn::visit::{self, Visit};
use syn::{Signature, Type};

use super::around::{Around, around, statics};

/// The parameters that a signature may name.
#[derive(Debug, Default)]
pub(crate) struct Parameters {
    /// Its own types.
    declared: Vec<Ident>,
    /// Those of them that live for ever, as their bounds are written.
    statics: Vec<Ident>,
    /// Those of the `impl` around, if that can be read.
    around: Option<Around>,
}

impl Parameters {
    pub(crate) fn of(signature: &Signature) -> Self {
        Self {
            declared: signature.generics.type_params().map(|param| param.ident.clone()).collect(),
            statics: statics(&signature.generics),
            around: around(signature.fn_token.span),
        }
    }

    /// Whether the function is known to be one of a trait's `impl`, or known not to be.
    pub(super) fn of_trait(&self) -> Option<bool> {
        self.around.as_ref().map(|around| around.of_trait)
    }

    /// The same, with those that `Self` stands for.
    pub(super) fn all_named(&self, ty: &Type) -> Vec<Ident> {
        struct Mentions(bool);
        impl<'ast> Visit<'ast> for Mentions {
            fn visit_path(&mut self, path: &'ast syn::Path) {
                self.0 |= path.segments.first().is_some_and(|first| first.ident == "Self");
                visit::visit_path(self, path);
            }
        }
        let mut names = self.named(ty);
        let mut mentions = Mentions(false);
        mentions.visit_type(ty);
        if mentions.0 {
            names.extend(self.of_self());
        }
        names
    }

    /// Whether a parameter lives for ever, as its bounds are written.
    pub(super) fn is_static(&self, name: &Ident) -> bool {
        self.statics.contains(name) || self.around.as_ref().is_some_and(|around| around.statics.contains(name))
    }

    /// Whether one may not.
    pub(super) fn may_end(&self) -> bool {
        let around = self.around.iter().flat_map(|around| &around.types);
        self.declared.iter().chain(around).any(|name| !self.is_static(name))
    }

    /// The parameters of the type for which the `impl` is.
    pub(super) fn of_self(&self) -> Vec<Ident> {
        self.around.as_ref().map_or_else(Vec::new, |around| around.of_self.clone())
    }

    /// The lifetimes of the `impl` around.
    pub(super) fn lifetimes(&self) -> &[syn::Lifetime] {
        self.around.as_ref().map_or(&[], |around| &around.lifetimes)
    }

    /// Whether the function is a trait's own, for which its implementations may have what they like.
    pub(super) fn in_trait(&self) -> bool {
        self.around.as_ref().is_some_and(|around| around.is_trait)
    }

    /// Whether `Self` may have a parameter in it.
    pub(super) fn has_self(&self) -> bool {
        self.around.as_ref().is_none_or(|around| !around.types.is_empty() || !around.lifetimes.is_empty())
    }

    /// Whether there may be types of which nothing but their bounds is known.
    pub(super) fn has_types(&self, signature: &Signature) -> bool {
        struct Finder(bool);
        impl<'ast> Visit<'ast> for Finder {
            fn visit_type_impl_trait(&mut self, _: &'ast syn::TypeImplTrait) {
                self.0 = true;
            }
        }
        let mut finder = Finder(!self.declared.is_empty());
        signature.inputs.iter().for_each(|input| finder.visit_fn_arg(input));
        finder.0 || self.around.as_ref().is_none_or(|around| around.is_trait || !around.types.is_empty())
    }

    /// Whether the type may have a parameter in it.
    pub(super) fn within(&self, ty: &Type) -> bool {
        let mut finder = Finder { parameters: self, found: Vec::new(), other: false };
        finder.visit_type(ty);
        finder.other || !finder.found.is_empty()
    }

    /// The parameters that a type names.
    pub(super) fn named(&self, ty: &Type) -> Vec<Ident> {
        let mut finder = Finder { parameters: self, found: Vec::new(), other: false };
        finder.visit_type(ty);
        finder.found
    }

    fn has(&self, path: &syn::Path) -> bool {
        let Some(first) = path.segments.first() else { return false };
        if self.declared.contains(&first.ident) {
            return true;
        }
        match &self.around {
            Some(around) => around.types.contains(&first.ident),
            // One that looks like it: `Rc<T>` is none, those have none of their own.
            None => {
                let name = first.ident.to_string();
                path.get_ident().is_some() && name.len() <= 2 && name.starts_with(char::is_uppercase)
            }
        }
    }
}

struct Finder<'p> {
    parameters: &'p Parameters,
    found: Vec<Ident>,
    /// Whether something else was found that may have a lifetime of its own.
    other: bool,
}

impl<'ast> Visit<'ast> for Finder<'_> {
    fn visit_path(&mut self, path: &'ast syn::Path) {
        if let Some(first) = path.segments.first() {
            if self.parameters.has(path) && !self.found.contains(&first.ident) {
                self.found.push(first.ident.clone());
            }
            self.other |= first.ident == "Self" && self.parameters.has_self();
        }
        visit::visit_path(self, path);
    }

    fn visit_type_impl_trait(&mut self, it: &'ast syn::TypeImplTrait) {
        self.other = true;
        visit::visit_type_impl_trait(self, it);
    }

    fn visit_lifetime(&mut self, lifetime: &'ast syn::Lifetime) {
        self.other |= lifetime.ident != "static";
    }

    // The length of an array: a constant's name.
    fn visit_expr(&mut self, _: &'ast syn::Expr) {}
}
