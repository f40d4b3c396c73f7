//! What patterns bind, and what they leave.

use proc_macro2::Ident;
use syn::visit::Visit;
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, Pat};

/// The names that a pattern binds, and the `mut` before each.
pub(crate) fn bound(pat: &Pat) -> (Vec<Ident>, Vec<Option<syn::Token![mut]>>) {
    struct Names(Vec<Ident>, Vec<Option<syn::Token![mut]>>);
    impl<'ast> Visit<'ast> for Names {
        fn visit_pat_ident(&mut self, pat: &'ast syn::PatIdent) {
            if super::scope::binds(pat) && !self.0.contains(&pat.ident) {
                self.0.push(pat.ident.clone());
                self.1.push(pat.mutability);
            }
            syn::visit::visit_pat_ident(self, pat);
        }
    }
    let mut names = Names(Vec::new(), Vec::new());
    Visit::visit_pat(&mut names, pat);
    (names.0, names.1)
}

/// The pattern without `mut`: what it binds is moved on.
pub(super) fn plain(pat: &Pat) -> Pat {
    struct Plain;
    impl VisitMut for Plain {
        fn visit_pat_ident_mut(&mut self, pat: &mut syn::PatIdent) {
            if pat.by_ref.is_none() {
                pat.mutability = None;
            }
            visit_mut::visit_pat_ident_mut(self, pat);
        }
    }
    let mut pat = pat.clone();
    Plain.visit_pat_mut(&mut pat);
    pat
}

/// The pattern without what it binds: it matches the same.
pub(crate) fn unbound(pat: &Pat) -> Pat {
    struct Unbound;
    impl VisitMut for Unbound {
        fn visit_pat_mut(&mut self, pat: &mut Pat) {
            if let Pat::Ident(it) = pat
                && super::scope::binds(it)
            {
                *pat = match it.subpat.take() {
                    Some((_, within)) => *within,
                    None => syn::parse_quote_spanned!(it.ident.span()=> _),
                };
            }
            visit_mut::visit_pat_mut(self, pat);
        }
        fn visit_field_pat_mut(&mut self, field: &mut syn::FieldPat) {
            field.colon_token.get_or_insert_default();
            visit_mut::visit_field_pat_mut(self, field);
        }
        fn visit_expr_mut(&mut self, _: &mut Expr) {}
    }
    let mut pat = pat.clone();
    Unbound.visit_pat_mut(&mut pat);
    pat
}

/// Whether something of what a pattern matches may stay where it is: what it does not bind.
pub(super) fn leaves(pat: &Pat) -> bool {
    struct Leaves(bool);
    impl<'ast> Visit<'ast> for Leaves {
        fn visit_pat_wild(&mut self, _: &'ast syn::PatWild) {
            self.0 = true;
        }
        fn visit_pat_rest(&mut self, _: &'ast syn::PatRest) {
            self.0 = true;
        }
        // What has a name of its own is bound as a whole.
        fn visit_pat_ident(&mut self, _: &'ast syn::PatIdent) {}
        fn visit_expr(&mut self, _: &'ast Expr) {}
    }
    let mut leaves = Leaves(false);
    leaves.visit_pat(pat);
    leaves.0
}
