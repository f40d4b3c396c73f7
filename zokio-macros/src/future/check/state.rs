//! What may be the case at a point, of each local and each part.

use crate::future::flow::Flow;
use crate::future::local::LocalId;

/// What may be the case of one local: a bit for each.
pub(super) type Facts = u8;

/// It holds nothing.
pub(super) const EMPTY: Facts = 1;
/// It holds a value.
pub(super) const FULL: Facts = 2;
/// It was looked at where it is since it got its value: something may point to it.
pub(super) const BORROWED: Facts = 4;
/// It was moved out of after that. If its type is `Copy`, what points to it may still be used.
pub(super) const GHOST: Facts = 8;
/// A pattern has moved something out of it: the rest is dropped, and not used again.
pub(super) const REST: Facts = 16;

/// One of these at each point: several paths to a point add up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct State {
    locals: Vec<Facts>,
    /// Whether each part may have been moved out.
    gone: Vec<bool>,
}

impl State {
    /// Before anything has happened.
    pub(super) fn new(locals: usize, flow: &Flow) -> Self {
        Self { locals: vec![EMPTY; locals], gone: vec![false; flow.parts.len()] }
    }

    pub(super) fn facts(&self, local: LocalId) -> Facts {
        self.locals[local.0]
    }

    pub(super) fn may(&self, local: LocalId, facts: Facts) -> bool {
        self.locals[local.0] & facts != 0
    }

    pub(super) fn set(&mut self, local: LocalId, facts: Facts) {
        self.locals[local.0] = facts;
    }

    pub(super) fn add(&mut self, local: LocalId, facts: Facts) {
        self.locals[local.0] |= facts;
    }

    /// It holds nothing any more, though something may still point to where it was.
    pub(super) fn empty(&mut self, local: LocalId) {
        let ghost = if self.may(local, BORROWED | GHOST) { GHOST } else { 0 };
        self.set(local, EMPTY | ghost);
    }

    pub(super) fn is_gone(&self, part: usize) -> bool {
        self.gone[part]
    }

    pub(super) fn set_gone(&mut self, part: usize, gone: bool) {
        self.gone[part] = gone;
    }

    /// Adds what may be the case on another path: whether that is news.
    pub(super) fn join(&mut self, other: &Self) -> bool {
        let mut news = false;
        for (mine, theirs) in self.locals.iter_mut().zip(&other.locals) {
            news |= *mine | theirs != *mine;
            *mine |= theirs;
        }
        for (mine, theirs) in self.gone.iter_mut().zip(&other.gone) {
            news |= *theirs && !*mine;
            *mine |= theirs;
        }
        news
    }
}
