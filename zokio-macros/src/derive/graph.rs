//! The graph of the transitions.

use std::ops::Index;

/// A state, by its place among the variants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct StateId(pub(super) usize);

/// What follows what.
#[derive(Debug)]
pub(super) struct Graph(Vec<Vec<StateId>>);

impl Graph {
    /// Of each state's successors.
    pub(super) fn new(successors: Vec<Vec<StateId>>) -> Self {
        Self(successors)
    }

    fn ids(&self) -> impl Iterator<Item = StateId> + use<> {
        (0..self.0.len()).map(StateId)
    }

    /// For each state, whether a way leads there from one of `from`, itself one of them.
    pub(super) fn reached(&self, from: impl IntoIterator<Item = StateId>) -> Vec<bool> {
        let mut reached = vec![false; self.0.len()];
        let mut next: Vec<StateId> = from.into_iter().collect();
        while let Some(state) = next.pop() {
            if !std::mem::replace(&mut reached[state.0], true) {
                next.extend(&self[state]);
            }
        }
        reached
    }

    /// With every transition the other way round.
    pub(super) fn reversed(&self) -> Self {
        let mut reversed = vec![Vec::new(); self.0.len()];
        for from in self.ids() {
            for to in &self[from] {
                reversed[to.0].push(from);
            }
        }
        Self(reversed)
    }
}

impl Index<StateId> for Graph {
    type Output = [StateId];

    fn index(&self, state: StateId) -> &[StateId] {
        &self.0[state.0]
    }
}
