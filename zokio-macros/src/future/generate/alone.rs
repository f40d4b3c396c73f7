//! Locals that nothing refers to: they are used through a reference, which debug builds do not check as they check a pointer.

use super::Generator;
use crate::future::flow::{Action, Flow, How};
use crate::future::liveness::Decision;
use crate::future::local::{LocalId, Locals, Origin, UseId};
use crate::future::plain::{is_mutable_reference, is_number_local};
use crate::future::sugar::ITERATOR;

/// Of each local, whether nobody writes to its slot while something refers to it that is used again, as far as the body says.
///
/// A number's methods may return references to it, but nothing writes to it while they are used, or rustc had refused the witness. What is itself a
/// reference is borrowed anew: that is a borrow of what it refers to, not of its slot.
pub(super) fn alone(locals: &Locals, flow: &Flow) -> Vec<bool> {
    let is_reference = |id: LocalId| matches!(locals[id].ty, Some(syn::Type::Reference(_)));
    let mut alone: Vec<bool> =
        locals.ids().map(|id| matches!(locals[id].origin, Origin::Argument | Origin::Bound)).collect();
    for point in &flow.points {
        let Action::Use(used, how) = point.action else { continue };
        let local = locals.used(used);
        alone[local.0] &= match how {
            How::Value | How::Read | How::Assigned => true,
            How::Receiver => is_number_local(locals, local) || is_reference(local),
            How::Unboxed => is_reference(local),
            // Whatever `for` gets from its iterator, it does not borrow it of that.
            How::Place if locals[local].name == ITERATOR => true,
            How::Place => is_reference(local) && flow.behind.contains(&used),
            _ => false,
        };
    }
    alone
}

impl Generator<'_> {
    /// Whether a use of such a local needs it as what may be written to: itself, or what it refers to.
    pub(super) fn is_written(&self, id: UseId, local: LocalId) -> bool {
        let Self { compiled, .. } = self;
        matches!(self.decision(id), Some(Decision::Assign { .. }))
            || compiled.flow.written.contains(&id)
            || is_mutable_reference(compiled.locals, local)
            || compiled.locals[local].name == ITERATOR
    }
}
