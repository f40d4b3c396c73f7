//! Locals to which nobody writes while something refers to them: they are used through a reference, which debug builds do not check as they check
//! a pointer.

use std::collections::HashSet;

use super::Compiled;
use crate::future::flow::{Action, How};
use crate::future::liveness::Decision;
use crate::future::local::{LocalId, Locals, Origin, UseId};
use crate::future::plain::{is_mutable_reference, is_number_local};
use crate::future::sugar::ITERATOR;

/// The uses through a reference. Of any local that is only copied, compared and assigned to; of numbers, whose methods may return references, while which
/// are used nobody writes, or rustc had refused the witness; of what is itself a reference, which is borrowed anew: that is no borrow of its slot.
pub(super) fn alone(compiled: &Compiled<'_>) -> HashSet<UseId> {
    let Compiled { locals, flow, liveness, .. } = compiled;
    let uses = || {
        flow.points.iter().filter_map(|point| match point.action {
            Action::Use(used, how) => Some((used, how, locals.used(used))),
            _ => None,
        })
    };
    let mut alone: Vec<bool> =
        locals.ids().map(|id| matches!(locals[id].origin, Origin::Argument | Origin::Bound)).collect();
    for (used, how, local) in uses() {
        alone[local.0] &= match how {
            How::Value | How::Read | How::Assigned => true,
            How::Receiver => is_number_local(locals, local) || is_reference(locals, local),
            How::Unboxed => is_reference(locals, local),
            // Whatever `for` gets from its iterator, it does not borrow it of that.
            How::Place if locals[local].name == ITERATOR => true,
            How::Place => is_reference(locals, local) && flow.behind.contains(&used),
            _ => false,
        };
    }
    let is_alone = |(used, how, local): (UseId, How, LocalId)| {
        let written = matches!(liveness.decisions[used.0], Some(Decision::Assign { .. }))
            || flow.written.contains(&used)
            || is_mutable_reference(locals, local)
            || locals[local].name == ITERATOR;
        // A method may write to what it is called on: `Read` is implemented for `&[u8]`.
        let unknown = how == How::Receiver && !written && !flow.computing.contains(&used);
        (alone[local.0] && !unknown).then_some(used)
    };
    uses().filter_map(is_alone).collect()
}

fn is_reference(locals: &Locals, local: LocalId) -> bool {
    matches!(locals[local].ty, Some(syn::Type::Reference(_)))
}
