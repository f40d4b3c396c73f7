//! `move` blocks and closures that use no more than fields of a local: natively they capture the fields, and the rest stays.
//!
//! All of it is captured here, unless the local is used again behind one of them: then it has no destructor of its own, since the compiler
//! lets no field of such a one be captured alone.

use syn::Type;

use super::{Action, Builder, Flow, How, Part};
use crate::future::liveness::used_after;
use crate::future::local::{LocalId, Locals, UseId};

/// A capture that might be one of fields.
#[derive(Debug)]
pub(super) struct ByFields {
    /// The point at which it is all captured. Behind it are points that do nothing, one for each field but the first.
    point: usize,
    local: LocalId,
    /// The first use of each field, by its name.
    fields: Vec<(UseId, String)>,
}

impl Builder<'_> {
    /// A local that a `move` block or closure captures.
    pub(super) fn moved(&mut self, local: LocalId, first: UseId, inner: &Flow) {
        self.act(Action::Use(first, How::Value));
        let Some(fields) = self.fields(local, inner).filter(|_| !self.from.is_empty()) else { return };
        let point = self.flow.points.len() - 1;
        fields.iter().skip(1).for_each(|_| self.act(Action::Nothing));
        self.flow.by_fields.push(ByFields { point, local, fields });
    }

    /// The fields, if nothing else is used. Of a local of which the type is written: what may be a reference is captured as one.
    fn fields(&self, local: LocalId, inner: &Flow) -> Option<Vec<(UseId, String)>> {
        if !self.locals[local].ty.as_ref().is_some_and(has_own) {
            return None;
        }
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

/// Whether fields of such a type are its own, as far as it is written.
fn has_own(ty: &Type) -> bool {
    match ty {
        Type::Path(it) => it.path.segments.last().is_some_and(|last| last.ident != "Pin"),
        Type::Tuple(_) => true,
        _ => false,
    }
}

impl Flow {
    /// Whether a block or closure that uses this first of a field captures fields of the local.
    pub(crate) fn captures_fields(&self, id: UseId) -> bool {
        self.by_fields.iter().any(|it| it.fields.iter().any(|(first, _)| *first == id))
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
    for capture in captures.into_iter().filter(|it| again.contains(&it.local)) {
        for (index, (id, field)) in capture.fields.iter().enumerate() {
            let number = flow.field(capture.local, field);
            flow.paths.insert(*id, vec![field.clone()]);
            flow.points[capture.point + index].action = Action::Use(*id, How::Part(number));
        }
        flow.by_fields.push(capture);
    }
}

impl Flow {
    /// The number of a field as a part.
    fn field(&mut self, local: LocalId, field: &str) -> usize {
        let members = syn::parse_str(field).into_iter().collect();
        self.numbered(Part { local, path: vec![field.to_owned()], members, left: Vec::new() })
    }
}
