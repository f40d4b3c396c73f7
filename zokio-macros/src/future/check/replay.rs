//! The replay: every path through the flow, with what each point does to what may be the case.
//!
//! Abstract interpretation (Cousot, Cousot 1977) over the sets of facts of [`state`](super::state). A state is kept where paths meet or part; what lies
//! between is walked through. States only grow, so whatever was found wrong on the way stays wrong.

use super::owned::owns_nothing;
use super::state::{BORROWED, EMPTY, FULL, Facts, GHOST, State};
use super::{Fault, What};
use crate::future::flow::{Action, Flow, Part};
use crate::future::generate::{Compiled, Home, Scopes};
use crate::future::local::{AwaitId, LocalId};

pub(super) struct Replay<'r> {
    pub(super) flow: &'r Flow,
    pub(super) compiled: &'r Compiled<'r>,
    /// For each await: the guards that drop what it holds, with the machine.
    scopes: &'r Scopes,
    /// For each local: those that share its memory.
    overlap: &'r [Vec<LocalId>],
    pub(super) faults: Vec<Fault>,
}

impl<'r> Replay<'r> {
    pub(super) fn new(
        flow: &'r Flow,
        compiled: &'r Compiled<'r>,
        scopes: &'r Scopes,
        overlap: &'r [Vec<LocalId>],
        faults: Vec<Fault>,
    ) -> Self {
        Self { flow, compiled, scopes, overlap, faults }
    }

    pub(super) fn run(&mut self) {
        let points = &self.flow.points;
        let mut entries = vec![0_usize; points.len()];
        for next in points.iter().flat_map(|point| &point.next) {
            entries[*next] += 1;
        }
        let mut before: Vec<Option<State>> = vec![None; points.len()];
        before[0] = Some(State::new(self.compiled.locals.len(), self.flow));
        let mut work = vec![0];
        while let Some(mut id) = work.pop() {
            let Some(mut state) = before[id].clone() else { continue };
            loop {
                self.step(id, &mut state);
                match *points[id].next {
                    [next] if entries[next] == 1 => id = next,
                    _ => break,
                }
            }
            for next in &points[id].next {
                let news = match &mut before[*next] {
                    Some(known) => known.join(&state),
                    unknown @ None => {
                        *unknown = Some(state.clone());
                        true
                    }
                };
                if news {
                    work.push(*next);
                }
            }
        }
    }

    pub(super) fn fault(&mut self, what: What, local: LocalId, point: usize) {
        let fault = Fault::at(what, local, point);
        if !self.faults.contains(&fault) {
            self.faults.push(fault);
        }
    }

    fn step(&mut self, id: usize, state: &mut State) {
        match self.flow.points[id].action {
            Action::Nothing => {}
            Action::Define(local) => self.define(id, local, state),
            // Its guard drops what it holds, or else nothing; then its memory is another's.
            Action::End(local) => self.renew(local, EMPTY, state),
            Action::Use(used, how) => self.used(id, used, how, state),
            Action::Await(AwaitId(number)) => self.wait(id, number - 1, state),
        }
    }

    /// It gets a value, or its scope ends: whatever was said of its parts is over.
    fn renew(&self, local: LocalId, facts: Facts, state: &mut State) {
        state.set(local, facts);
        for (number, _) in self.parts(local) {
            state.set_gone(number, false);
        }
    }

    pub(super) fn parts(&self, local: LocalId) -> impl Iterator<Item = (usize, &'r Part)> + use<'r> {
        self.flow.parts.iter().enumerate().filter(move |(_, part)| part.local == local)
    }

    fn define(&mut self, id: usize, local: LocalId, state: &mut State) {
        if state.may(local, FULL) {
            self.fault(What::Overwritten, local, id);
        }
        if self.compiled.homes[local.0] == Home::Frame {
            for other in &self.overlap[local.0] {
                if state.may(*other, FULL | GHOST) {
                    self.fault(What::Overlaps(*other), local, id);
                }
            }
        }
        self.renew(local, FULL, state);
    }

    /// The poll function returns here, and is entered again: only what is held is still there, in slots of the frame.
    fn wait(&mut self, id: usize, index: usize, state: &mut State) {
        let Compiled { locals, liveness, homes, layout, .. } = self.compiled;
        let (held, certain) = (&liveness.held[index], &liveness.certain[index]);
        let scope = self.scopes.iter().find(|(number, _)| *number == index + 1).map_or(&[][..], |(_, scope)| scope);
        for local in locals.ids() {
            let framed = homes[local.0] == Home::Frame;
            let full = state.may(local, FULL);
            if framed && held.contains(local) && (certain.contains(local) || layout.flags.contains(&local)) {
                let guards = scope.iter().filter(|guarded| **guarded == local).count();
                if full && guards != 1 {
                    self.fault(if guards == 0 { What::Unguarded } else { What::Twice }, local, id);
                }
                // Without a flag its guard is told that it is full.
                if certain.contains(local) && state.may(local, EMPTY) {
                    self.fault(What::Claimed, local, id);
                }
                continue;
            }
            if state.facts(local) != EMPTY {
                self.unheld(id, local, framed, state);
            }
        }
    }

    /// What the await does not hold is gone, and must not be missed.
    fn unheld(&mut self, id: usize, local: LocalId, framed: bool, state: &mut State) {
        if state.may(local, FULL) && (!owns_nothing(&self.compiled.locals[local]) || state.may(local, BORROWED)) {
            self.fault(What::Lost, local, id);
        }
        if state.may(local, GHOST) && !framed {
            self.fault(What::Gone, local, id);
        }
        state.empty(local);
    }
}
