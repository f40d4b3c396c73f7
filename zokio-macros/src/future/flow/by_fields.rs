//! `move` blocks and closures that use no more than fields of a local: natively they capture the fields, and the rest stays.
//!
//! All of it is captured here, unless the local is used again behind one of them, and fields are its own: of a tuple, and of what a field is
//! moved out of elsewhere. Then it has no destructor of its own either, since the compiler lets no field of such a one be captured alone.

use syn::{Member, Type};

use super::{Action, Builder, Flow, How, Part};
use crate::future::liveness::used_after;
use crate::future::local::{LocalId, Locals, UseId};

/// A capture that might be one of fields.
#[derive(Debug)]
pub(super) struct ByFields {
    /// The point at which it is all captured. Behind it are points that do nothing, one for each field but the first.
    point: usize,
    local: LocalId,
    /// Whether its type is a tuple's.
    is_tuple: bool,
    /// The first use of each field, by its name.
    fields: Vec<(UseId, String)>,
}

impl Builder<'_> {
    /// A local that a `move` block or closure captures.
    pub(super) fn moved(&mut self, local: LocalId, first: UseId, inner: &Flow) {
        self.act(Action::Use(first, How::Value));
        // What may be a reference is captured as one.
        let is_tuple = match &self.locals[local].ty {
            Some(Type::Tuple(_)) => true,
            Some(Type::Path(_)) => false,
            _ => return,
        };
        let Some(fields) = self.fields(local, inner).filter(|_| !self.from.is_empty()) else { return };
        let point = self.flow.points.len() - 1;
        fields.iter().skip(1).for_each(|_| self.act(Action::Nothing));
        self.flow.by_fields.push(ByFields { point, local, is_tuple, fields });
    }

    /// The fields, if nothing else is used.
    fn fields(&self, local: LocalId, inner: &Flow) -> Option<Vec<(UseId, String)>> {
        let mut fields: Vec<(UseId, String)> = Vec::new();
        for point in &inner.points {
            let Action::Use(id, _) = point.action else { continue };
            if self.locals.used(id) == local {
                let field = inner.paths.get(&id)?.first()?;
                if !fields.iter().any(|(_, known)| known == field) {
                    fields.push((id, field.clone()));
                }
            }
        }
        Some(fields)
    }
}

/// Leaves those that capture fields, of each local all or none.
pub(super) fn decide(flow: &mut Flow, locals: &Locals) {
    if flow.by_fields.is_empty() {
        return;
    }
    let after = used_after(locals, flow);
    let captures = std::mem::take(&mut flow.by_fields);
    let again = captures.iter().filter(|it| after[it.point].contains(it.local)).map(|it| it.local);
    let again: Vec<LocalId> = again.collect();
    let moved: Vec<(LocalId, Vec<String>)> = flow.moved(locals);
    let fits = |it: &ByFields| {
        let moved = || moved.iter().filter(|(local, _)| *local == it.local);
        // Of what has lost something itself nothing is captured; nor what goes along with the rest of the local.
        let breaks = |path: &[String], field: &String| match path {
            [] => true,
            [_] => false,
            [first, ..] => first == field,
        };
        let is_whole = |field: &String| !moved().any(|(_, path)| breaks(path, field));
        (it.is_tuple || moved().next().is_some()) && it.fields.iter().all(|(_, field)| is_whole(field))
    };
    let unfit: Vec<LocalId> = captures.iter().filter(|it| !fits(it)).map(|it| it.local).collect();
    for capture in captures.into_iter().filter(|it| again.contains(&it.local) && !unfit.contains(&it.local)) {
        for (index, (id, field)) in capture.fields.iter().enumerate() {
            let number = flow.field(capture.local, field);
            flow.paths.insert(*id, vec![field.clone()]);
            flow.points[capture.point + index].action = Action::Use(*id, How::Part(number));
        }
        flow.by_fields.push(capture);
    }
}

impl Flow {
    /// The fields that a block or closure captures which uses this first of one of them.
    pub(crate) fn captured_fields(&self, id: UseId) -> Option<Vec<Member>> {
        let capture = self.by_fields.iter().find(|it| it.fields.iter().any(|(first, _)| *first == id))?;
        Some(capture.fields.iter().filter_map(|(_, field)| member(field)).collect())
    }

    /// What is moved out of locals or copied, and where it is in those.
    fn moved(&self, locals: &Locals) -> Vec<(LocalId, Vec<String>)> {
        let parts = self.points.iter().filter_map(|point| match point.action {
            Action::Use(id, How::Part(number) | How::PartReceiver(number)) => {
                Some((locals.used(id), self.parts[number].path.clone()))
            }
            _ => None,
        });
        let patterns = self.fields.iter().map(|id| (locals.used(*id), self.paths.get(id).cloned().unwrap_or_default()));
        parts.chain(patterns).collect()
    }

    /// The number of a field as a part.
    fn field(&mut self, local: LocalId, field: &str) -> usize {
        let members = member(field).into_iter().collect();
        self.numbered(Part { local, path: vec![field.to_owned()], members, left: Vec::new() })
    }
}

fn member(field: &str) -> Option<Member> {
    syn::parse_str(field).ok()
}
