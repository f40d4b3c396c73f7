//! Patterns: what they bind.

use std::collections::HashMap;

use syn::visit_mut::{self, VisitMut};
use syn::{Expr, FieldPat, Pat, PatIdent, PatType};

use super::Scopes;
use crate::future::local::{LocalId, Locals, Origin};
use crate::future::plain::in_box;

/// Whether the name is bound, and not that of a constant or a variant: those begin with a capital letter.
pub(crate) fn binds(pat: &PatIdent) -> bool {
    pat.by_ref.is_some()
        || pat.mutability.is_some()
        || pat.subpat.is_some()
        || !pat.ident.to_string().starts_with(|first: char| first.is_uppercase())
}

impl Scopes<'_> {
    /// Renames and declares what a pattern binds, then its guard, which sees that.
    pub(super) fn bind(&mut self, pat: &mut Pat) {
        let mut binder = Binder { scopes: self, known: HashMap::new(), ty: None };
        binder.visit_pat_mut(pat);
    }
}

struct Binder<'b, 'l> {
    scopes: &'b mut Scopes<'l>,
    /// The same name in several alternatives is one local.
    known: HashMap<String, LocalId>,
    ty: Option<syn::Type>,
}

impl Binder<'_, '_> {
    /// A pattern whose type is written.
    fn typed(&mut self, pat: &mut Pat, ty: &syn::Type) {
        match (pat, ty) {
            (Pat::Tuple(pats), syn::Type::Tuple(types))
                if pats.elems.len() == types.elems.len()
                    && !pats.elems.iter().any(|pat| matches!(pat, Pat::Rest(_))) =>
            {
                pats.elems.iter_mut().zip(&types.elems).for_each(|(pat, ty)| self.typed(pat, ty));
            }
            (pat @ Pat::Ident(_), ty) => {
                self.ty = Some(ty.clone());
                self.visit_pat_mut(pat);
                self.ty = None;
            }
            (pat, _) => self.visit_pat_mut(pat),
        }
    }
}

impl VisitMut for Binder<'_, '_> {
    fn visit_pat_type_mut(&mut self, pat: &mut PatType) {
        self.typed(&mut pat.pat, &pat.ty);
    }

    fn visit_field_pat_mut(&mut self, field: &mut FieldPat) {
        if field.colon_token.is_none() {
            field.colon_token = Some(Default::default());
        }
        visit_mut::visit_field_pat_mut(self, field);
    }

    fn visit_pat_ident_mut(&mut self, pat: &mut PatIdent) {
        let ty = self.ty.take();
        if binds(pat) {
            if self.scopes.within > 0 {
                self.scopes.declare(&pat.ident, None);
            } else {
                let name = pat.ident.clone();
                let id = *self
                    .known
                    .entry(name.to_string())
                    .or_insert_with(|| self.scopes.locals.add(name.clone(), Origin::Bound));
                let ty = ty.filter(|_| pat.by_ref.is_none());
                self.scopes.locals[id].boxed = ty.as_ref().is_some_and(|ty| in_box(ty).is_some());
                self.scopes.locals[id].ty = ty;
                self.scopes.locals[id].is_mut |= pat.mutability.is_some();
                self.scopes.declare(&name, Some(id));
                pat.ident = Locals::binder(id, name.span());
            }
        }
        if let Some((_, subpat)) = &mut pat.subpat {
            self.visit_pat_mut(subpat);
        }
    }

    fn visit_pat_guard_mut(&mut self, pat: &mut syn::PatGuard) {
        self.visit_pat_mut(&mut pat.pat);
        self.scopes.visit_expr_mut(&mut pat.guard);
    }

    // Constants and literals.
    fn visit_expr_mut(&mut self, _: &mut Expr) {}
}
