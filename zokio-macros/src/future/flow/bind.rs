//! Patterns that move out of a local: each arm on its own, where the local is.

use syn::visit::{self, Visit};
use syn::{Expr, Pat};

use super::{Action, Builder, How, path};
use crate::future::local::{LocalId, Locals, Name, UseId};
use crate::future::order::by_reference;
use crate::future::pattern::{bound, leaves};
use crate::future::scope::binds;

/// A pattern that moves, or copies, out of a local.
#[derive(Debug, Clone)]
pub(crate) struct Binding {
    pub(crate) local: LocalId,
    /// The scrutinee, and which of its arms this is.
    pub(crate) arm: (UseId, usize),
    pub(crate) pat: Pat,
    /// Whether nothing remains that could be dropped.
    pub(crate) whole: bool,
}

impl Builder<'_> {
    /// What patterns are matched against, of which one matches if they are `exhaustive`, and perhaps `again`: the scrutinee, where it is
    /// matched in place.
    pub(super) fn scrutinee<'p>(
        &mut self,
        expr: &Expr,
        pats: impl Iterator<Item = &'p Pat>,
        exhaustive: bool,
        again: bool,
    ) -> Option<UseId> {
        let pats: Vec<&Pat> = pats.collect();
        let (moving, borrowing) = (pats.iter().any(|pat| moves(pat)), pats.iter().any(|pat| by_reference(pat)));
        let name = if let Expr::Path(it) = expr { it.path.get_ident().and_then(Locals::read) } else { None };
        let looked_into = pats.iter().any(|pat| looks_into(pat));
        let plain = self.within_closure
            // A guard may panic, and then the local is where it was.
            || exhaustive && !again && pats.iter().all(|pat| is_whole(pat) && !matches!(pat, Pat::Guard(_)))
            || pats.iter().any(|pat| is_odd(pat) || is_text(pat))
            || pats.iter().any(|pat| is_constant(pat, looked_into));
        match name {
            Some(Name::Use(id)) if moving && !plain => {
                if borrowing {
                    self.act(Action::Use(id, How::Place));
                }
                self.act(Action::Use(id, How::Matched));
                return Some(id);
            }
            _ if pats.iter().all(|pat| bound(pat).0.is_empty() && !is_odd(pat) && !is_text(pat)) => self.read(expr),
            // What is looked at again, or borrowed too, stays where it is; so does what something refers to, of which a pattern copies parts.
            _ if !moving || borrowing || again || is_referred_to(expr) && !pats.iter().all(|pat| is_name(pat)) => {
                self.place(expr)
            }
            _ => {
                self.flow.fields.extend(path(expr).filter(|(_, members)| !members.is_empty()).map(|(root, _)| root));
                self.value(expr);
            }
        }
        None
    }

    /// An arm is taken.
    pub(super) fn bound_in_place(&mut self, scrutinee: Option<UseId>, arm: usize, pat: &Pat) {
        if let Some(id) = scrutinee.filter(|_| moves(pat)) {
            let local = self.locals.used(id);
            let pat = if let Pat::Guard(guard) = pat { &*guard.pat } else { pat };
            self.flow.bindings.push(Binding { local, arm: (id, arm), pat: pat.clone(), whole: is_whole(pat) });
            self.act(Action::Use(id, How::Bound(self.flow.bindings.len() - 1)));
        }
    }
}

/// `*x`
fn is_referred_to(expr: &Expr) -> bool {
    match expr {
        Expr::Unary(it) => matches!(it.op, syn::UnOp::Deref(_)),
        Expr::Paren(it) => is_referred_to(&it.expr),
        _ => false,
    }
}

/// Whether the pattern is a name, for all of the value.
fn is_name(pat: &Pat) -> bool {
    matches!(pat, Pat::Ident(name) if name.subpat.is_none())
}

/// Whether the pattern moves, or copies, out of what it is matched against. What closures bind has no numbers.
pub(crate) fn moves(pat: &Pat) -> bool {
    struct Moves(bool);
    impl<'ast> Visit<'ast> for Moves {
        fn visit_pat_ident(&mut self, pat: &'ast syn::PatIdent) {
            self.0 |= pat.by_ref.is_none() && (Locals::read(&pat.ident).is_some() || binds(pat));
            visit::visit_pat_ident(self, pat);
        }
    }
    let mut found = Moves(false);
    found.visit_pat(pat);
    found.0
}

/// Whether everything that it matches and that could be dropped is bound.
fn is_whole(pat: &Pat) -> bool {
    !leaves(pat) && !by_reference(pat)
}

/// Patterns that look otherwise at a reference than at a value.
fn is_odd(pat: &Pat) -> bool {
    struct Odd(bool);
    impl<'ast> Visit<'ast> for Odd {
        fn visit_pat(&mut self, pat: &'ast Pat) {
            self.0 |= matches!(pat, Pat::Reference(_) | Pat::Macro(_) | Pat::Verbatim(_) | Pat::Const(_));
            visit::visit_pat(self, pat);
        }
        fn visit_pat_ident(&mut self, pat: &'ast syn::PatIdent) {
            self.0 |= pat.subpat.as_ref().is_some_and(|(_, subpat)| moves(subpat) || has_text(subpat));
            visit::visit_pat_ident(self, pat);
        }
        fn visit_expr(&mut self, _: &'ast Expr) {}
    }
    let mut odd = Odd(false);
    odd.visit_pat(pat);
    odd.0
}

/// Whether the pattern is a text, perhaps among others: it matches no reference to one.
fn is_text(pat: &Pat) -> bool {
    any_of(pat, &|pat| matches!(pat, Pat::Lit(it) if matches!(it.lit, syn::Lit::Str(_) | syn::Lit::ByteStr(_))))
}

/// Whether the pattern may be a constant, which may be a text: by custom it has no small letters, as some variants have not, which stand behind their
/// enum's name, `among` patterns that look into a value.
fn is_constant(pat: &Pat, among: bool) -> bool {
    let is_capital = |name: &syn::Ident| !name.to_string().contains(char::is_lowercase);
    let is_type = |name: &syn::Ident| name.to_string().starts_with(char::is_uppercase);
    any_of(pat, &|pat| match pat {
        Pat::Ident(it) => !binds(it) && is_capital(&it.ident),
        Pat::Path(it) => {
            let mut names = it.path.segments.iter().rev().map(|segment| &segment.ident);
            names.next().is_some_and(is_capital) && !(among && names.next().is_some_and(is_type))
        }
        _ => false,
    })
}

/// Whether the pattern takes apart what it is matched against.
fn looks_into(pat: &Pat) -> bool {
    any_of(pat, &|pat| matches!(pat, Pat::TupleStruct(_) | Pat::Struct(_) | Pat::Tuple(_) | Pat::Slice(_)))
}

/// Whether this is so of the pattern, or of one of its alternatives.
fn any_of(pat: &Pat, is: &dyn Fn(&Pat) -> bool) -> bool {
    match pat {
        Pat::Or(it) => it.cases.iter().any(|pat| any_of(pat, is)),
        Pat::Paren(it) => any_of(&it.pat, is),
        Pat::Guard(it) => any_of(&it.pat, is),
        other => is(other),
    }
}

/// Whether it has a literal within, which looks for what a reference of no more than one layer leads to.
fn has_text(pat: &Pat) -> bool {
    struct Text(bool);
    impl<'ast> Visit<'ast> for Text {
        fn visit_lit(&mut self, lit: &'ast syn::Lit) {
            self.0 |= matches!(lit, syn::Lit::Str(_) | syn::Lit::ByteStr(_));
        }
    }
    let mut text = Text(false);
    text.visit_pat(pat);
    text.0
}
