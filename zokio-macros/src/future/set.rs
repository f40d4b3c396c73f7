//! Sets of locals.

use super::local::LocalId;

/// A set of locals, a bit for each.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Set(Vec<u64>);

impl Set {
    pub(crate) fn empty(locals: usize) -> Self {
        Self(vec![0; locals.div_ceil(64)])
    }

    pub(crate) fn insert(&mut self, local: LocalId) {
        self.0[local.0 / 64] |= 1 << (local.0 % 64);
    }

    pub(crate) fn remove(&mut self, local: LocalId) {
        self.0[local.0 / 64] &= !(1 << (local.0 % 64));
    }

    pub(crate) fn contains(&self, local: LocalId) -> bool {
        self.0[local.0 / 64] & 1 << (local.0 % 64) != 0
    }

    /// Adds those of another: whether that changed anything.
    pub(crate) fn unite(&mut self, other: &Self) -> bool {
        let mut changed = false;
        for (mine, theirs) in self.0.iter_mut().zip(&other.0) {
            let united = *mine | theirs;
            changed |= united != *mine;
            *mine = united;
        }
        changed
    }

    /// Keeps those that another has too: whether that changed anything.
    pub(crate) fn intersect(&mut self, other: &Self) -> bool {
        let mut changed = false;
        for (mine, theirs) in self.0.iter_mut().zip(&other.0) {
            let both = *mine & theirs;
            changed |= both != *mine;
            *mine = both;
        }
        changed
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = LocalId> {
        self.0.iter().enumerate().flat_map(|(word, bits)| {
            (0..64).filter(move |bit| bits & 1 << bit != 0).map(move |bit| LocalId(word * 64 + bit))
        })
    }
}
