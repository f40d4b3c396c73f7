//! Uses: what each finds, and what it leaves behind, as it was decided.

use super::What;
use super::later;
use super::owned::{is_copy, is_unique, owns_nothing};
use super::replay::Replay;
use super::state::{BORROWED, EMPTY, REST, State};
use crate::future::flow::{Action, How, Part};
use crate::future::generate::{Home, What as Out};
use crate::future::liveness::{Bound, Decision};
use crate::future::local::{LocalId, UseId};

impl Replay<'_> {
    pub(super) fn used(&mut self, id: usize, used: UseId, how: How, state: &mut State) {
        let local = self.compiled.locals.used(used);
        if let How::Bound(binding) = how {
            return self.bound(id, local, binding, state);
        }
        let path = later::names(self.flow, used);
        let decision = self.compiled.liveness.decisions[used.0];
        let Some(decision) = decision.filter(|decision| fits(self.kind(id, used, how), *decision)) else {
            self.fault(What::Undecided, local, id);
            return;
        };
        // An assignment drops what was there: what has no destructor need not be there.
        let looks = match decision {
            Decision::Bare | Decision::Assign { full: false } => false,
            Decision::Assign { full: true } => !owns_nothing(&self.compiled.locals[local]),
            _ => true,
        };
        if looks && state.may(local, EMPTY) {
            self.fault(What::Empty, local, id);
        }
        if decision != Decision::Bare && state.may(local, REST) && how != How::Assigned {
            self.fault(What::PartGone, local, id);
        }
        match decision {
            Decision::Bare => {}
            // Nothing happens yet; a pattern may borrow.
            Decision::Matched => {
                if how == How::Place {
                    state.add(local, BORROWED);
                }
            }
            // The old value is dropped, if there is one: the place is empty for the new.
            Decision::Assign { .. } => state.set(local, EMPTY),
            Decision::Take => {
                if how == How::Called && !self.is_only_called(local) {
                    self.fault(What::Undecided, local, id);
                }
                self.whole(id, local, &[], state);
                state.empty(local);
            }
            // Its type says whether it is moved, and its guard remembers.
            Decision::Ask | Decision::Unbox => {
                self.whole(id, local, &[], state);
                state.add(local, EMPTY | BORROWED);
            }
            Decision::Copy => {
                self.whole(id, local, &[], state);
                self.left(id, local, None);
            }
            Decision::Place => {
                // What names no field may be after a part that is still there, as closures are.
                if !path.is_empty() && how != How::PartAssigned {
                    self.whole(id, local, path, state);
                }
                match how {
                    // Called for the last time, it is moved out.
                    How::Called if self.is_only_called(local) => self.left(id, local, None),
                    How::Receiver
                        if is_copy(&self.compiled.locals[local]) || is_unique(&self.compiled.locals[local]) => {}
                    How::Receiver | How::Captured | How::Unboxed => self.left(id, local, None),
                    How::Part(part) | How::PartReceiver(part) => self.left(id, local, Some(part)),
                    How::PartAssigned => {
                        let back = self.parts(local).filter(|(_, part)| part.path.starts_with(path));
                        back.for_each(|(number, _)| state.set_gone(number, false));
                    }
                    _ => {}
                }
                // A field by value is copied where its local is used again.
                if !matches!(how, How::Read | How::Part(_)) {
                    state.add(local, BORROWED);
                }
            }
            Decision::Part(part) | Decision::AskPart(part) => {
                self.part(id, local, &self.flow.parts[part], state);
                self.known(id, local, |out| matches!(out, Out::Field { number, .. } if *number == part));
                state.set_gone(part, true);
                if matches!(decision, Decision::AskPart(_)) {
                    state.add(local, BORROWED);
                }
            }
        }
    }

    /// Whether nothing is done with a local but to call it, so that nothing has its address.
    fn is_only_called(&self, local: LocalId) -> bool {
        self.flow.points.iter().all(|point| match point.action {
            Action::Use(used, how) => self.compiled.locals.used(used) != local || how == How::Called,
            _ => true,
        })
    }

    /// The kind of a use by which it is decided: of one that is matched and borrowed as well, two points tell.
    fn kind(&self, id: usize, used: UseId, how: How) -> How {
        let matched = |next: &usize| self.flow.points[*next].action == Action::Use(used, How::Matched);
        if how == How::Place && self.flow.points[id].next.iter().any(matched) { How::Matched } else { how }
    }

    /// A pattern moves something out, or copies it.
    fn bound(&mut self, id: usize, local: LocalId, binding: usize, state: &mut State) {
        if state.may(local, EMPTY) {
            self.fault(What::Empty, local, id);
        }
        if state.may(local, REST) {
            self.fault(What::PartGone, local, id);
        }
        let pattern = &self.flow.bindings[binding];
        match self.compiled.liveness.bound[binding] {
            None => self.fault(What::Undecided, local, id),
            Some(Bound::Copies) => self.left(id, local, None),
            Some(Bound::Whole) => {
                self.whole(id, local, &[], state);
                if !pattern.whole && !owns_nothing(&self.compiled.locals[local]) {
                    self.fault(What::Forgotten, local, id);
                }
                state.empty(local);
            }
            // Of several that have moved something, its guard knows one.
            Some(Bound::Parts) => {
                self.whole(id, local, &[], state);
                self.known(id, local, |out| matches!(out, Out::Pattern { arm, .. } if *arm == pattern.arm));
                state.add(local, REST | BORROWED);
            }
        }
    }

    /// The guard has a flag for what is moved out of its local.
    fn known(&mut self, id: usize, local: LocalId, is: impl Fn(&Out) -> bool) {
        let known = self.compiled.parts.iter().any(|moved| moved.local == local && is(&moved.what));
        if !known && self.compiled.homes[local.0] != Home::Plain {
            self.fault(What::PartUnknown, local, id);
        }
    }

    /// What is at the path is there, with all that is within.
    fn whole(&mut self, id: usize, local: LocalId, path: &[String], state: &State) {
        if self.parts(local).any(|(number, part)| state.is_gone(number) && later::goes(part, path)) {
            self.fault(What::PartGone, local, id);
        }
    }

    /// What goes with the part is there.
    fn part(&mut self, id: usize, local: LocalId, part: &Part, state: &State) {
        let both = |other: &Part| later::goes(other, &part.path) && later::goes(part, &other.path);
        if self.parts(local).any(|(number, other)| state.is_gone(number) && both(other)) {
            self.fault(What::PartGone, local, id);
        }
    }

    /// By value, and still there: then it is used again, so its type is `Copy`.
    fn left(&mut self, id: usize, local: LocalId, part: Option<usize>) {
        let part = part.map(|number| &self.flow.parts[number]);
        let path = part.map_or(&[][..], |part| &part.path);
        if !later::used(self.flow, self.compiled.locals, id, local, path, part) {
            self.fault(What::Left, local, id);
        }
    }
}

/// Whether a use of this kind may be decided so.
fn fits(how: How, decision: Decision) -> bool {
    match decision {
        Decision::Take => matches!(how, How::Value | How::Captured | How::Called),
        Decision::Copy => how == How::Value,
        Decision::Ask => how == How::Receiver,
        Decision::Unbox => how == How::Unboxed,
        Decision::Part(part) => how == How::Part(part),
        Decision::AskPart(part) => how == How::PartReceiver(part),
        Decision::Place => !matches!(how, How::Value | How::Matched | How::Assigned | How::Bare),
        Decision::Matched => how == How::Matched,
        Decision::Assign { .. } => how == How::Assigned,
        Decision::Bare => how == How::Bare,
    }
}
