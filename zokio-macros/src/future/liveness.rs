//! What is alive where: which uses move, what each await has to hold, and what may never share memory.

use super::flow::{Action, Flow, How};
use super::local::{AwaitId, LocalId, Locals, UseId};
use super::plain::{is_copied, is_mutable_reference, is_plain};
use super::set::Set;

/// What a use of a local does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Decision {
    /// Moves the value out.
    Take,
    /// Copies it: it is used again, so its type is `Copy`.
    Copy,
    /// Uses it where it is.
    Place,
    /// Moves one of its fields out.
    Part(usize),
    /// As the last use of one of its fields, by a method that may consume that.
    AskPart(usize),
    /// As the last use, by a method that may consume it.
    Ask,
    /// Assigns; the place certainly holds a value, or perhaps.
    Assign { full: bool },
    /// As the last use, what it refers to: moved out of it if it is a box.
    Unbox,
    /// Matched where it is.
    Matched,
    /// The name itself.
    Bare,
}

/// What a pattern does that moves out of a local.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bound {
    /// Moves everything out.
    Whole,
    /// Moves parts out; the rest stays.
    Parts,
    /// Copies: the local is used again, so what is bound is `Copy`.
    Copies,
}

#[derive(Debug)]
pub(crate) struct Liveness {
    /// For each use, as far as it can be reached.
    pub(crate) decisions: Vec<Option<Decision>>,
    /// For each pattern that moves out of a local, as far as it can be reached.
    pub(crate) bound: Vec<Option<Bound>>,
    /// For each await, in order: what is held while it waits.
    pub(crate) held: Vec<Set>,
    /// For each await: what is held for certain.
    pub(crate) certain: Vec<Set>,
    /// What some await needs the memory of, though it may hold nothing: it was borrowed, then copied from.
    pub(crate) kept: Set,
    /// For each local: those that may have a value where it gets one.
    pub(crate) before: Vec<Set>,
    /// For each local: those whose values are there at the same time.
    pub(crate) conflicts: Vec<Set>,
}

pub(crate) fn liveness(locals: &Locals, flow: &Flow, awaits: usize) -> Liveness {
    let after = used_after(locals, flow);
    let parts = parts_used_after(locals, flow);
    let decisions = decisions(locals, flow, &after, &parts);
    let bound = bound(locals, flow, &after);
    let borrowed = borrowed(locals, flow, &decisions);
    let may = forward(locals, flow, &decisions, &bound, &Mode::May);
    let must = forward(locals, flow, &decisions, &bound, &Mode::Must);
    let storage = forward(locals, flow, &decisions, &bound, &Mode::Storage(&borrowed));
    let decisions = assignments(flow, decisions, &must, locals);
    let mut held = vec![Set::empty(locals.len()); awaits];
    let mut certain = vec![Set::empty(locals.len()); awaits];
    let mut kept = Set::empty(locals.len());
    let mut before = vec![Set::empty(locals.len()); locals.len()];
    let mut conflicts = vec![Set::empty(locals.len()); locals.len()];
    for (id, point) in flow.points.iter().enumerate() {
        let (Some(may), Some(must), Some(storage)) = (&may[id], &must[id], &storage[id]) else { continue };
        match point.action {
            Action::Await(AwaitId(number)) => {
                for local in may.iter() {
                    if after[id].contains(local) || borrowed.contains(local) || !is_plain(locals, local) {
                        held[number - 1].insert(local);
                    }
                }
                for local in storage.iter().filter(|local| borrowed.contains(*local)) {
                    kept.insert(local);
                }
                certain[number - 1].unite(must);
            }
            Action::Define(local) => {
                before[local.0].unite(may);
                conflicts[local.0].unite(storage);
                for other in storage.iter() {
                    conflicts[other.0].insert(local);
                }
            }
            _ => {}
        }
    }
    for (local, conflicts) in conflicts.iter_mut().enumerate() {
        conflicts.remove(LocalId(local));
    }
    Liveness { decisions, bound, held, certain, kept, before, conflicts }
}

/// For each point: what is used after it, before it is defined anew.
pub(crate) fn used_after(locals: &Locals, flow: &Flow) -> Vec<Set> {
    backward(flow, locals.len(), |action, now| match action {
        Action::Use(_, How::Assigned | How::Bare) => {}
        Action::Use(used, _) => now.insert(locals.used(used)),
        Action::Define(local) => now.remove(local),
        _ => {}
    })
}

/// The same for parts: what names the part, something within it or around it, uses it.
fn parts_used_after(locals: &Locals, flow: &Flow) -> Vec<Set> {
    let whole = Vec::new();
    let path = |used: UseId| flow.paths.get(&used).unwrap_or(&whole);
    let of = |local: LocalId| flow.parts.iter().enumerate().filter(move |(_, part)| part.local == local);
    backward(flow, flow.parts.len(), |action, now| match action {
        Action::Use(_, How::Assigned | How::Bare) => {}
        Action::Use(used, How::PartAssigned) => {
            for (number, part) in of(locals.used(used)) {
                if part.path.starts_with(path(used)) {
                    now.remove(LocalId(number));
                } else if !part.left.is_empty() && part.overlaps(path(used)) {
                    // Of several fields that went together, none comes back alone.
                    now.insert(LocalId(number));
                }
            }
        }
        Action::Use(used, how) => {
            let overlapping = of(locals.used(used)).filter(|(_, part)| match how {
                How::Part(number) => part.overlaps(path(used)) && flow.parts[number].overlaps(&part.path),
                _ => part.overlaps(path(used)),
            });
            overlapping.for_each(|(number, _)| now.insert(LocalId(number)));
        }
        Action::Define(local) => of(local).for_each(|(number, _)| now.remove(LocalId(number))),
        _ => {}
    })
}

/// For each point: the set after it. `before` turns it into the set before what happens there.
fn backward(flow: &Flow, size: usize, before: impl Fn(Action, &mut Set)) -> Vec<Set> {
    let mut befores = vec![Set::empty(size); flow.points.len()];
    let mut afters = befores.clone();
    let mut changed = size > 0;
    while changed {
        changed = false;
        for (id, point) in flow.points.iter().enumerate().rev() {
            for next in &point.next {
                afters[id].unite(&befores[*next]);
            }
            let mut now = afters[id].clone();
            before(point.action, &mut now);
            changed |= befores[id].unite(&now);
        }
    }
    afters
}

/// The locals with which nothing is done but to call them: nothing else looks at them, then.
fn only_called(locals: &Locals, flow: &Flow) -> Set {
    let uses = |how: fn(How) -> bool| {
        let mut used = Set::empty(locals.len());
        for point in &flow.points {
            match point.action {
                Action::Use(id, kind) if how(kind) => used.insert(locals.used(id)),
                _ => {}
            }
        }
        used
    };
    let (mut called, others) = (uses(|how| how == How::Called), uses(|how| how != How::Called));
    locals.ids().filter(|local| others.contains(*local)).for_each(|local| called.remove(local));
    called
}

fn decisions(locals: &Locals, flow: &Flow, after: &[Set], parts: &[Set]) -> Vec<Option<Decision>> {
    let mut decisions = vec![None; locals.uses()];
    let called = only_called(locals, flow);
    for (id, point) in flow.points.iter().enumerate() {
        let Action::Use(UseId(used), how) = point.action else { continue };
        let local = locals.used(UseId(used));
        let last = !after[id].contains(local);
        decisions[used] = Some(match how {
            How::Value | How::Captured if last => Decision::Take,
            How::Called if last && called.contains(local) => Decision::Take,
            How::Value => Decision::Copy,
            How::Part(part) if !parts[id].contains(LocalId(part)) => Decision::Part(part),
            How::PartReceiver(part) if !parts[id].contains(LocalId(part)) => Decision::AskPart(part),
            How::Part(_) | How::PartReceiver(_) | How::PartAssigned => Decision::Place,
            // No method consumes what is `Copy`, and a `&mut` is borrowed anew.
            How::Receiver if last && !is_copied(locals, local) && !is_mutable_reference(locals, local) => Decision::Ask,
            How::Unboxed if last => Decision::Unbox,
            How::Receiver | How::Captured | How::Called | How::Place | How::Read | How::Unboxed => Decision::Place,
            How::Matched => Decision::Matched,
            How::Bound(_) => continue,
            How::Assigned => Decision::Assign { full: false },
            How::Bare => Decision::Bare,
        });
    }
    decisions
}

fn bound(locals: &Locals, flow: &Flow, after: &[Set]) -> Vec<Option<Bound>> {
    let mut bound = vec![None; flow.bindings.len()];
    for (id, point) in flow.points.iter().enumerate() {
        let Action::Use(used, How::Bound(binding)) = point.action else { continue };
        let local = locals.used(used);
        bound[binding] = Some(if after[id].contains(local) {
            Bound::Copies
        } else if flow.bindings[binding].whole || is_plain(locals, local) {
            Bound::Whole
        } else {
            Bound::Parts
        });
    }
    bound
}

/// What is borrowed anywhere: a later copy of it does not end its life, if its type is `Copy`.
fn borrowed(locals: &Locals, flow: &Flow, decisions: &[Option<Decision>]) -> Set {
    let mut borrowed = Set::empty(locals.len());
    for point in &flow.points {
        if let Action::Use(used, how) = point.action
            && !how.is_over()
            && (how == How::Place
                || matches!(
                    decisions[used.0],
                    Some(Decision::Place | Decision::Ask | Decision::Unbox | Decision::AskPart(_))
                ))
        {
            borrowed.insert(locals.used(used));
        }
    }
    borrowed
}

enum Mode<'m> {
    /// What may hold a value.
    May,
    /// What holds one for certain.
    Must,
    /// What may be looked at: also what was copied from while it was borrowed.
    Storage(&'m Set),
}

/// For each point: the state before it; none where it cannot be reached.
fn forward(
    locals: &Locals,
    flow: &Flow,
    decisions: &[Option<Decision>],
    bound: &[Option<Bound>],
    mode: &Mode<'_>,
) -> Vec<Option<Set>> {
    let mut before: Vec<Option<Set>> = vec![None; flow.points.len()];
    if let Some(first) = before.first_mut() {
        *first = Some(Set::empty(locals.len()));
    }
    let mut work = vec![0];
    while let Some(id) = work.pop() {
        let Some(mut state) = before[id].clone() else { continue };
        match flow.points[id].action {
            Action::Define(local) => state.insert(local),
            Action::End(local) => state.remove(local),
            Action::Use(used, how) => {
                let local = locals.used(used);
                let decision = match how {
                    How::Bound(binding) => {
                        bound[binding].filter(|bound| *bound == Bound::Whole).map(|_| Decision::Take)
                    }
                    _ => decisions[used.0],
                };
                match (decision, mode) {
                    (Some(Decision::Take), Mode::Storage(borrowed)) if borrowed.contains(local) => {}
                    (Some(Decision::Take), _) | (Some(Decision::Ask | Decision::Unbox), Mode::Must) => {
                        state.remove(local)
                    }
                    _ => {}
                }
            }
            _ => {}
        }
        for next in &flow.points[id].next {
            let changed = match &mut before[*next] {
                Some(known) if matches!(mode, Mode::Must) => known.intersect(&state),
                Some(known) => known.unite(&state),
                unknown @ None => {
                    *unknown = Some(state.clone());
                    true
                }
            };
            if changed {
                work.push(*next);
            }
        }
    }
    before
}

fn assignments(
    flow: &Flow,
    mut decisions: Vec<Option<Decision>>,
    must: &[Option<Set>],
    locals: &Locals,
) -> Vec<Option<Decision>> {
    for (id, point) in flow.points.iter().enumerate() {
        let Action::Use(used, How::Assigned) = point.action else { continue };
        let full = must[id].as_ref().is_some_and(|must| must.contains(locals.used(used)));
        decisions[used.0] = Some(Decision::Assign { full });
    }
    decisions
}
