//! Parts of locals: fields that are moved out while the rest stays.

use quote::ToTokens;
use syn::{Expr, FieldValue};

use super::{Action, Builder, Flow, How};
use crate::future::local::{LocalId, Locals, Name, UseId};

/// A field of a local, or a field of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) local: LocalId,
    pub(crate) path: Vec<String>,
    /// The members as they are written somewhere.
    pub(crate) members: Vec<syn::Member>,
    /// The fields of it that stay where they are: those that `S { field: other, ..local }` gives itself.
    pub(crate) left: Vec<syn::Member>,
}

impl Part {
    /// Whether one is within the other.
    pub(crate) fn overlaps(&self, path: &[String]) -> bool {
        self.path.iter().zip(path).all(|(one, other)| one == other) && !self.leaves(path)
    }

    /// Whether what is at the path stays where this is moved out.
    pub(crate) fn leaves(&self, path: &[String]) -> bool {
        let next = path.get(self.path.len());
        path.starts_with(&self.path) && next.is_some_and(|next| self.left.iter().any(|left| name(left) == *next))
    }
}

/// The root of a path of fields, and the path.
pub(crate) fn path(expr: &Expr) -> Option<(UseId, Vec<String>)> {
    match expr {
        Expr::Path(it) => match Locals::read(it.path.get_ident()?)? {
            Name::Use(id) => Some((id, Vec::new())),
            Name::Binder(_) => None,
        },
        Expr::Field(it) => {
            let (root, mut members) = path(&it.base)?;
            members.push(name(&it.member));
            Some((root, members))
        }
        Expr::Paren(it) => path(&it.expr),
        Expr::Group(it) => path(&it.expr),
        _ => None,
    }
}

/// A member as paths name it.
fn name(member: &syn::Member) -> String {
    member.to_token_stream().to_string()
}

fn written(expr: &Expr) -> Vec<syn::Member> {
    match expr {
        Expr::Field(it) => {
            let mut members = written(&it.base);
            members.push(it.member.clone());
            members
        }
        Expr::Paren(it) => written(&it.expr),
        Expr::Group(it) => written(&it.expr),
        _ => Vec::new(),
    }
}

impl Flow {
    /// The number of a part.
    pub(super) fn numbered(&mut self, part: Part) -> usize {
        self.parts.iter().position(|known| *known == part).unwrap_or_else(|| {
            self.parts.push(part);
            self.parts.len() - 1
        })
    }
}

impl Builder<'_> {
    /// A field that is used by value: moved out, or copied.
    pub(super) fn part(&mut self, expr: &Expr) {
        match self.number(expr, Vec::new()) {
            Some((root, number)) => self.act(Action::Use(root, How::Part(number))),
            None => self.place(expr),
        }
    }

    /// A field on which a method is called that may consume it.
    pub(super) fn part_receiver(&mut self, expr: &Expr) {
        match self.number(expr, Vec::new()) {
            Some((root, number)) => self.act(Action::Use(root, How::PartReceiver(number))),
            None => self.place(expr),
        }
    }

    /// A field that gets a new value.
    pub(super) fn part_assigned(&mut self, expr: &Expr) {
        match path(expr) {
            Some((root, members)) => {
                self.flow.paths.insert(root, members);
                self.act(Action::Use(root, How::PartAssigned));
            }
            None => self.place(expr),
        }
    }

    /// `S { field: other, ..expr }`: all of it is used by value, but for these fields.
    pub(super) fn rest<'f>(&mut self, expr: &Expr, given: impl IntoIterator<Item = &'f FieldValue>) {
        let left: Option<Vec<_>> =
            given.into_iter().map(|field| field.attrs.is_empty().then(|| field.member.clone())).collect();
        let left = left.filter(|left| !left.is_empty() && !self.within_closure);
        let number = left.and_then(|left| self.number(expr, left));
        match number {
            Some((root, number)) => self.act(Action::Use(root, How::Part(number))),
            None => self.value(expr),
        }
    }

    /// The number of a part that may be moved: nothing is moved out of what is borrowed.
    fn number(&mut self, expr: &Expr, left: Vec<syn::Member>) -> Option<(UseId, usize)> {
        let (root, members) = path(expr).filter(|(_, members)| !members.is_empty() || !left.is_empty())?;
        let local = self.locals.used(root);
        if matches!(self.locals[local].ty, Some(syn::Type::Reference(_))) {
            return None;
        }
        let part = Part { local, path: members.clone(), members: written(expr), left };
        let number = self.flow.numbered(part);
        self.flow.paths.insert(root, members);
        Some((root, number))
    }

    /// Remembers which part of a local an expression names.
    pub(super) fn note_path(&mut self, expr: &Expr) {
        if let Some((root, members)) = path(expr) {
            self.flow.paths.entry(root).or_insert(members);
        }
    }
}
