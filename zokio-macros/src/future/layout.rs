//! Where each slot is: a tree of what lives together and what shares memory.
//!
//! Two slots that are never full at the same time may overlap. The graph of those that may not is taken apart: what is not
//! connected shares memory, what is connected to everything stands beside it; and where neither is so, the slot with the
//! most conflicts stands beside the rest. That is the decomposition of cographs (Corneil, Lerchs, Stewart Burlingham 1981)
//! with a way out where the graph is none.

use super::local::LocalId;
use super::set::Set;

/// How many parts stand directly beside each other, as a tuple; what is more stands together in the last.
const DIRECT: usize = 31;

/// How many parts share memory directly, as a union: what is more, in unions of unions.
const SHARING: usize = 8;

/// A part of the frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Part {
    Slot(LocalId),
    /// All at the same time.
    Beside(Vec<Self>),
    /// One at a time.
    Either(Vec<Self>),
}

/// The frame: parts that are always there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Layout {
    pub(crate) parts: Vec<Part>,
    /// What needs a flag, because an await holds it perhaps.
    pub(crate) flags: Vec<LocalId>,
}

pub(crate) fn layout(slots: &[LocalId], conflicts: &[Set], flags: Vec<LocalId>) -> Layout {
    let parts = match part(slots, conflicts) {
        Some(Part::Beside(parts)) => parts,
        Some(part) => vec![part],
        None => Vec::new(),
    };
    Layout { parts, flags }
}

fn part(slots: &[LocalId], conflicts: &[Set]) -> Option<Part> {
    match slots {
        [] => return None,
        [slot] => return Some(Part::Slot(*slot)),
        _ => {}
    }
    let conflict = |one: LocalId, other: LocalId| conflicts[one.0].contains(other);
    let apart = components(slots, conflict);
    if apart.len() > 1 {
        return Some(sharing(apart.iter().filter_map(|slots| part(slots, conflicts)).collect()));
    }
    let together = components(slots, |one, other| !conflict(one, other));
    if together.len() > 1 {
        let parts = together.iter().filter_map(|slots| part(slots, conflicts));
        return Some(Part::Beside(flat(parts)));
    }
    let degree = |slot: &&LocalId| slots.iter().filter(|other| conflict(**slot, **other)).count();
    let most = slots.iter().rev().max_by_key(degree).copied()?;
    let rest: Vec<LocalId> = slots.iter().copied().filter(|slot| *slot != most).collect();
    Some(Part::Beside(flat(std::iter::once(Part::Slot(most)).chain(part(&rest, conflicts)))))
}

fn flat(parts: impl Iterator<Item = Part>) -> Vec<Part> {
    let parts = parts.flat_map(|part| match part {
        Part::Beside(parts) => parts,
        part => vec![part],
    });
    grouped(parts.collect())
}

fn grouped(mut parts: Vec<Part>) -> Vec<Part> {
    if parts.len() > DIRECT {
        let rest = parts.split_off(DIRECT - 1);
        parts.push(Part::Beside(grouped(rest)));
    }
    parts
}

fn sharing(mut parts: Vec<Part>) -> Part {
    while parts.len() > SHARING {
        parts = parts.chunks(SHARING).map(|parts| sharing(parts.to_vec())).collect();
    }
    match &mut *parts {
        [_] => parts.remove(0),
        _ => Part::Either(parts),
    }
}

/// What is connected, in the order of the slots.
fn components(slots: &[LocalId], connected: impl Fn(LocalId, LocalId) -> bool) -> Vec<Vec<LocalId>> {
    let mut left = slots.to_vec();
    let mut components = Vec::new();
    while !left.is_empty() {
        let mut component = vec![left.remove(0)];
        let mut index = 0;
        while index < component.len() {
            let (near, far) = left.iter().partition(|slot| connected(component[index], **slot));
            left = far;
            let near: Vec<LocalId> = near;
            component.extend(near);
            index += 1;
        }
        component.sort_unstable();
        components.push(component);
    }
    components
}
