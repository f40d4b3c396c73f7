//! The checker finds what is wrong: everything that was decided of a body is changed, one thing at a time, and each change must be found.

mod equivalent;

use super::bodies::{BODIES, machines};
use super::{compiled, compiled_of};
use crate::compiler::Edition;
use crate::future::Passes;
use crate::future::check::{What, check};
use crate::future::dump::Dump;
use crate::future::flow::Action;
use crate::future::generate::{Home, Scopes};
use crate::future::layout::{Layout, Part};
use crate::future::liveness::{Bound, Decision};
use crate::future::local::{AwaitId, LocalId};

/// A body with one thing changed.
struct Mutant<'m> {
    passes: &'m mut Passes,
    scopes: &'m mut Scopes,
    /// What was changed, for the message, and for the list of equivalent ones.
    what: String,
}

/// Everything that may be changed: `each` is called with every mutant, which is put right again afterwards.
struct Mutation<'m> {
    passes: &'m mut Passes,
    scopes: &'m mut Scopes,
    each: &'m mut dyn FnMut(Mutant<'_>),
}

impl Mutation<'_> {
    fn mutant(&mut self, what: String) {
        (self.each)(Mutant { passes: self.passes, scopes: self.scopes, what });
    }

    fn name(&self, local: LocalId) -> String {
        format!("{}{local}", self.passes.locals[local].name)
    }

    /// Every decision, into every other.
    fn decisions(&mut self) {
        for index in 0..self.passes.liveness.decisions.len() {
            let Some(was) = self.passes.liveness.decisions[index] else { continue };
            let local = self.passes.locals.used(crate::future::local::UseId(index));
            let others = [
                Decision::Take,
                Decision::Copy,
                Decision::Place,
                Decision::Ask,
                Decision::Unbox,
                Decision::Matched,
                Decision::Bare,
                Decision::Assign { full: true },
                Decision::Assign { full: false },
            ];
            let parts =
                (0..self.passes.flow.parts.len()).flat_map(|part| [Decision::Part(part), Decision::AskPart(part)]);
            for other in others.into_iter().chain(parts).filter(|other| *other != was) {
                self.passes.liveness.decisions[index] = Some(other);
                self.mutant(format!("decision {} {was:?} -> {other:?}", self.name(local)));
            }
            self.passes.liveness.decisions[index] = Some(was);
        }
    }

    /// What each pattern does that moves out of a local.
    fn bound(&mut self) {
        for index in 0..self.passes.liveness.bound.len() {
            let Some(was) = self.passes.liveness.bound[index] else { continue };
            for other in [Bound::Whole, Bound::Parts, Bound::Copies].into_iter().filter(|other| *other != was) {
                self.passes.liveness.bound[index] = Some(other);
                self.mutant(format!(
                    "pattern of {} {was:?} -> {other:?}",
                    self.name(self.passes.flow.bindings[index].local)
                ));
            }
            self.passes.liveness.bound[index] = Some(was);
        }
    }

    /// What each await holds, and holds for certain.
    fn held(&mut self) {
        for index in 0..self.passes.liveness.held.len() {
            for local in self.passes.locals.ids() {
                let (held, certain) = (&self.passes.liveness.held[index], &self.passes.liveness.certain[index]);
                let (was_held, was_certain) = (held.contains(local), certain.contains(local));
                let name = format!("await {} {}", index + 1, self.name(local));
                if was_held {
                    self.passes.liveness.held[index].remove(local);
                    self.mutant(format!("{name} not held"));
                    self.passes.liveness.held[index].insert(local);
                    if was_certain {
                        self.passes.liveness.certain[index].remove(local);
                        self.mutant(format!("{name} perhaps"));
                        self.passes.liveness.certain[index].insert(local);
                    } else {
                        self.passes.liveness.certain[index].insert(local);
                        self.mutant(format!("{name} certain"));
                        self.passes.liveness.certain[index].remove(local);
                    }
                } else if self.passes.homes[local.0] == Home::Frame && !was_certain {
                    self.passes.liveness.held[index].insert(local);
                    self.passes.liveness.certain[index].insert(local);
                    self.mutant(format!("{name} held"));
                    self.passes.liveness.held[index].remove(local);
                    self.passes.liveness.certain[index].remove(local);
                }
            }
        }
    }

    /// A frame where two that conflict share memory; one without a slot; one with two.
    fn layouts(&mut self) {
        let slots: Vec<LocalId> =
            self.passes.locals.ids().filter(|local| self.passes.homes[local.0] == Home::Frame).collect();
        let slot = |local: &LocalId| Part::Slot(*local);
        let was = self.passes.layout.clone();
        let with = |parts: Vec<Part>| Layout { parts, flags: was.flags.clone() };
        for (index, one) in slots.iter().enumerate() {
            let rest = |other: Option<LocalId>| {
                slots.iter().filter(move |slot| *slot != one && Some(**slot) != other).map(slot)
            };
            self.passes.layout = with(rest(None).collect());
            self.mutant(format!("slot {} missing", self.name(*one)));
            self.passes.layout = with(rest(None).chain([slot(one), slot(one)]).collect());
            self.mutant(format!("slot {} twice", self.name(*one)));
            for other in &slots[index + 1..] {
                if self.passes.liveness.conflicts[one.0].contains(*other) {
                    let shared = Part::Either(vec![slot(one), slot(other)]);
                    self.passes.layout = with(rest(Some(*other)).chain([shared]).collect());
                    self.mutant(format!("slots {} {} shared", self.name(*one), self.name(*other)));
                }
            }
        }
        self.passes.layout = was;
    }

    /// A slot of the frame on the stack instead.
    fn homes(&mut self) {
        for local in
            self.passes.locals.ids().filter(|local| self.passes.homes[local.0] == Home::Frame).collect::<Vec<_>>()
        {
            let was = self.passes.layout.clone();
            self.passes.homes[local.0] = Home::Stack;
            self.passes.layout.parts =
                self.passes.layout.parts.iter().filter_map(|part| without(part, local)).collect();
            self.mutant(format!("{} on the stack", self.name(local)));
            self.passes.layout = was;
            self.passes.homes[local.0] = Home::Frame;
        }
    }

    /// Each flag forgotten: whether a local is full, whether a part is gone.
    fn flags(&mut self) {
        for index in 0..self.passes.layout.flags.len() {
            let flag = self.passes.layout.flags.remove(index);
            self.mutant(format!("flag {} missing", self.name(flag)));
            self.passes.layout.flags.insert(index, flag);
        }
        for index in 0..self.passes.parts.len() {
            let moved = self.passes.parts.remove(index);
            self.mutant(format!("flag of a part of {} missing", self.name(moved.local)));
            self.passes.parts.insert(index, moved);
        }
    }

    /// A guard too few, or too many, where the machine is dropped.
    fn guards(&mut self) {
        for index in 0..self.scopes.len() {
            let number = self.scopes[index].0;
            for guard in 0..self.scopes[index].1.len() {
                // There is code for those alone that the await holds.
                if !self.passes.liveness.held[number - 1].contains(self.scopes[index].1[guard]) {
                    continue;
                }
                let local = self.scopes[index].1.remove(guard);
                self.mutant(format!("await {number} {} unguarded", self.name(local)));
                self.scopes[index].1.insert(guard, local);
                self.scopes[index].1.push(local);
                self.mutant(format!("await {number} {} guarded twice", self.name(local)));
                self.scopes[index].1.pop();
            }
        }
    }
}

/// The part without a slot; none, if nothing is left.
fn without(part: &Part, local: LocalId) -> Option<Part> {
    let all = |parts: &[Part]| parts.iter().filter_map(|part| without(part, local)).collect();
    match part {
        Part::Slot(slot) => (*slot != local).then_some(part.clone()),
        Part::Beside(parts) => Some(Part::Beside(all(parts))),
        Part::Either(parts) => Some(Part::Either(all(parts))),
    }
}

/// Runs all mutations of a body: those that were not found and are not known to change nothing, and how many there were.
fn survivors(name: &str, function: &str) -> (Vec<String>, usize) {
    let (mut passes, mut scopes) = compiled(function, &mut Dump::kept());
    let (mut survivors, mut count) = (Vec::new(), 0);
    let mut each = |Mutant { passes, scopes, what }: Mutant<'_>| {
        count += 1;
        if check(&passes.flow, &passes.compiled(), scopes).is_empty()
            && !equivalent::changes_nothing(name, &what, passes)
        {
            survivors.push(what);
        }
    };
    let mut mutation = Mutation { passes: &mut passes, scopes: &mut scopes, each: &mut each };
    mutation.decisions();
    mutation.bound();
    mutation.held();
    mutation.layouts();
    mutation.homes();
    mutation.flags();
    mutation.guards();
    (survivors, count)
}

#[test]
fn every_body_is_right() {
    let own = BODIES.iter().map(|(name, function)| ((*name).to_owned(), (*function).to_owned()));
    for (name, function) in own.chain(machines()) {
        for edition in [Edition::Before2024, Edition::Since2024] {
            let (passes, scopes) = compiled_of(&function, edition, &mut Dump::kept());
            let found = check(&passes.flow, &passes.compiled(), &scopes);
            let texts: Vec<String> = found.iter().map(|fault| fault.describe(&passes.locals)).collect();
            assert!(texts.is_empty(), "{name}, {edition:?}: {texts:#?}\n{function}");
        }
    }
}

/// What an await has a guard of, and is there, ends in front of it: in the place of the last thing that is used in front of the await.
#[test]
fn what_ends_too_early_is_found() {
    let mut all = 0;
    for (name, function) in machines() {
        let (mut passes, scopes) = compiled(&function, &mut Dump::kept());
        let awaits = passes.flow.points.iter().enumerate().filter_map(|(at, point)| match point.action {
            Action::Await(AwaitId(number)) => Some((at, number)),
            _ => None,
        });
        for (at, number) in awaits.collect::<Vec<_>>() {
            let points = &passes.flow.points;
            let straight = |id: usize| points[id].next == [id + 1];
            let used =
                (0..at).rev().take_while(|id| straight(*id)).find(|id| matches!(points[*id].action, Action::Use(..)));
            let scope = scopes.iter().find(|(of, _)| *of == number).map_or(&[][..], |(_, scope)| scope);
            let (Some(used), held) = (used, &passes.liveness.held[number - 1]) else { continue };
            let there = scope.iter().copied().filter(|local| {
                held.contains(*local) && !points[used..at].iter().any(|point| point.action == Action::Define(*local))
            });
            for local in there.collect::<Vec<_>>() {
                let was = std::mem::replace(&mut passes.flow.points[used].action, Action::End(local));
                let found = check(&passes.flow, &passes.compiled(), &scopes);
                assert!(
                    found.iter().any(|fault| fault.what == What::Ended && fault.local == local),
                    "{name}: {local}, {found:?}"
                );
                passes.flow.points[used].action = was;
                all += 1;
            }
        }
    }
    assert!(all > 500, "{all} are too few to mean anything");
}

#[test]
fn every_mutant_is_found() {
    let own = BODIES.iter().map(|(name, function)| ((*name).to_owned(), (*function).to_owned()));
    let mut all = 0;
    let mut surviving = Vec::new();
    for (name, function) in own.chain(machines()) {
        let (survivors, count) = survivors(&name, &function);
        all += count;
        surviving.extend(survivors.into_iter().map(|what| format!("{name}: {what}")));
    }
    assert!(all > 15_000, "{all} mutants are too few to mean anything");
    assert!(surviving.is_empty(), "{} of {all} mutants are not found:\n{}", surviving.len(), surviving.join("\n"));
}
