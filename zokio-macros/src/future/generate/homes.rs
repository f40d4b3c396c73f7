//! Where each local is: in the frame, in a slot on the stack, or where Rust puts it.
//!
//! The guards of a block's slots are declared where it begins, since it is entered there again; Rust's own locals where they are bound. So
//! what is bound before something that has a guard gets one as well, where both may have values: else it would be dropped before that
//! wherever the block is left early.

use super::Home;
use crate::future::flow::{Action, Flow, How};
use crate::future::liveness::Liveness;
use crate::future::local::{LocalId, Locals, Origin};
use crate::future::plain::{is_number_local, is_plain};

/// Chooses the home of each local. Of those that `let`s bind where slots can be, `bound` says which are of one block.
pub(crate) fn homes(locals: &Locals, bound: &[Vec<LocalId>], flow: &Flow, liveness: &Liveness) -> Vec<Home> {
    let home = |id: LocalId| {
        let local = &locals[id];
        let held = liveness.kept.contains(id) || liveness.held.iter().any(|held| held.contains(id));
        match local.origin {
            Origin::Argument | Origin::Awaited => Home::Frame,
            _ if held => Home::Frame,
            Origin::Temporary | Origin::Receiver => Home::Stack,
            _ if local.crosses => Home::Stack,
            _ => Home::Plain,
        }
    };
    let mut homes: Vec<Home> = locals.ids().map(home).collect();
    for lent in lent(locals, &bound.concat(), flow, &homes) {
        homes[lent.0] = Home::Stack;
    }
    for block in bound {
        let is_dropped = |local: LocalId| !is_plain(locals, local);
        // The last first: what gets a slot has its guard where those of all others are.
        for (index, local) in block.iter().enumerate().rev().filter(|(_, local)| is_dropped(**local)) {
            let together =
                |other: LocalId| liveness.before[other.0].contains(*local) || liveness.before[local.0].contains(other);
            let later = |other: &LocalId| homes[other.0] != Home::Plain && is_dropped(*other) && together(*other);
            if homes[local.0] == Home::Plain && block[index + 1..].iter().any(later) {
                homes[local.0] = Home::Stack;
            }
        }
    }
    homes
}

/// Rust's own locals, of those that are `bound` where slots can be, that are borrowed while a slot of the frame gets a new value. That may hold the borrow, for the rest of a poll; its type
/// is one for all polls, so the borrow has to be one of any lifetime.
fn lent(locals: &Locals, bound: &[LocalId], flow: &Flow, homes: &[Home]) -> Vec<LocalId> {
    let points = || flow.points.iter().enumerate().map(|(index, point)| (index, point.action));
    let assigned: Vec<usize> = points()
        .filter_map(|(index, action)| match action {
            Action::Use(used, How::Assigned) => {
                let local = locals.used(used);
                (homes[local.0] == Home::Frame && !is_number_local(locals, local)).then_some(index)
            }
            _ => None,
        })
        .collect();
    if assigned.is_empty() {
        return Vec::new();
    }
    let plain = bound.iter().copied().filter(|id| homes[id.0] == Home::Plain);
    plain
        .filter(|id| {
            let is_borrowed = points().any(|(_, action)| {
                matches!(action, Action::Use(used, How::Place | How::Receiver) if locals.used(used) == *id)
            });
            let begin = points().find(|(_, action)| *action == Action::Define(*id)).map(|(index, _)| index);
            let end = points().filter(|(_, action)| *action == Action::End(*id)).map(|(index, _)| index).next_back();
            let within = |at: &usize| begin.is_some_and(|begin| begin < *at) && end.is_none_or(|end| *at < end);
            is_borrowed && assigned.iter().any(within)
        })
        .collect()
}
