//! Locals that nothing refers to: they are used through a reference, which debug builds do not check as they check a pointer.

use crate::future::flow::{Action, Flow, How};
use crate::future::local::{LocalId, Locals, Origin};
use crate::future::plain::is_number_local;
use crate::future::sugar::ITERATOR;

/// Of each local, whether no borrow of its slot outlives the statement that makes it, as far as the body says.
///
/// Numbers are borrowed by what their methods take by reference, which returns none. What is itself a reference is borrowed anew: that is a borrow
/// of what it refers to, not of its slot.
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
