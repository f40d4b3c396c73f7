//! What is in scope where the machine waits has not ended: its guard would drop what is another's by then.
//!
//! The flow says where something ends, the scopes which guards there are. Of one loop's turn: what the last one has ended is there anew.

use std::collections::HashSet;

use super::{Fault, What};
use crate::future::flow::{Action, Flow};
use crate::future::generate::{Compiled, Scopes};
use crate::future::local::{AwaitId, LocalId};
use crate::future::order::{Awaits, Node};

/// What has ended in front of an await that has its guard.
pub(super) fn ended(flow: &Flow, compiled: &Compiled<'_>, scopes: &Scopes, faults: &mut Vec<Fault>) {
    let cleared = cleared(compiled);
    for (id, point) in flow.points.iter().enumerate() {
        let Action::End(local) = point.action else { continue };
        let guarded: HashSet<usize> =
            scopes.iter().filter(|(_, scope)| scope.contains(&local)).map(|(number, _)| *number).collect();
        if guarded.is_empty() {
            continue;
        }
        let is_cleared = |number| cleared.iter().any(|(gone, awaits)| *gone == local && awaits.contains(number));
        let (mut seen, mut work) = (HashSet::new(), vec![id]);
        while let Some(at) = work.pop() {
            for next in flow.points[at].next.iter().copied().filter(|next| *next > at) {
                match flow.points[next].action {
                    Action::Define(defined) if defined == local => continue,
                    Action::Await(AwaitId(number)) if guarded.contains(&number) && !is_cleared(number) => {
                        let fault = Fault::at(What::Ended, local, next);
                        if !faults.contains(&fault) {
                            faults.push(fault);
                        }
                    }
                    _ => {}
                }
                if seen.insert(next) {
                    work.push(next);
                }
            }
        }
    }
}

/// What a condition binds and keeps is cleared in front of the other branch, whose awaits have its guards.
fn cleared(compiled: &Compiled<'_>) -> Vec<(LocalId, Awaits)> {
    let conditions = compiled.nodes.iter().filter_map(|node| match node {
        Node::If { bound, temporaries, otherwise_awaits, .. } => {
            Some((bound.iter().chain(temporaries), otherwise_awaits))
        }
        _ => None,
    });
    conditions.flat_map(|(locals, awaits)| locals.map(|local| (*local, *awaits))).collect()
}
