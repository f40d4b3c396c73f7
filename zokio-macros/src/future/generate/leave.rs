//! Dropping a machine that waits: the guards in scope at its await, once more.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Generator, own};
use crate::future::local::LocalId;

impl Generator<'_> {
    /// What is declared within ends with it.
    pub(super) fn within_scope<T>(&self, generate: impl FnOnce() -> T) -> T {
        let before = self.scope.borrow().len();
        let generated = generate();
        self.scope.borrow_mut().truncate(before);
        generated
    }

    /// Remembers what is in scope at an await.
    pub(super) fn note_scope(&self, number: usize) {
        self.scopes.borrow_mut().push((number, self.scope.borrow().clone()));
    }

    /// The body of the function that drops.
    pub(super) fn leave(&self) -> TokenStream {
        let at = own("at");
        let arguments = self.compiled.arguments.iter().rev().map(|local| self.full_guard(*local, &quote!(true)));
        let arms = self.scopes.borrow().iter().map(|(number, scope)| self.left_at(*number, scope)).collect::<Vec<_>>();
        quote! {
            match #at {
                // Before the first poll, captures are dropped in their own order.
                0 => { #(#arguments)* }
                #(#arms)*
                _ => {}
            }
        }
    }

    fn left_at(&self, number: usize, scope: &[LocalId]) -> TokenStream {
        let liveness = self.compiled.liveness;
        let (held, certain) = (&liveness.held[number - 1], &liveness.certain[number - 1]);
        let guards = scope.iter().filter(|local| held.contains(**local)).map(|local| match self.flag(*local) {
            Some(flag) if !certain.contains(*local) => self.full_guard(*local, &quote!(#flag.is_set())),
            _ => self.full_guard(*local, &quote!(true)),
        });
        quote!(#number => { #(#guards)* })
    }

    fn full_guard(&self, local: LocalId, full: &TokenStream) -> TokenStream {
        let z = self.z;
        let (place, guard, run) = (self.place(local), self.guard(local), own("run"));
        if self.is_receiver(local) {
            return quote!(let #guard = #z::Guard::of_home(#place, #full, &#run););
        }
        if self.parts_of(local).is_empty() {
            return quote!(let #guard = #z::Guard::new(#place, #full, &#run););
        }
        self.partial(local, full.clone())
    }
}
