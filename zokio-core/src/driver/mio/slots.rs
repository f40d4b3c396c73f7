//! The sources that a poll watches, by token.

use std::sync::Arc;

use mio::Token;

use crate::driver::Readiness;

/// Numbered places. A number is used again when its source has gone, so an event may be of an earlier owner: that is a
/// spurious announcement, which every waiter expects.
#[derive(Debug, Default)]
pub(super) struct Slots {
    places: Vec<Option<Arc<Readiness>>>,
    free: Vec<usize>,
}

impl Slots {
    pub(super) fn insert(&mut self, readiness: Arc<Readiness>) -> Token {
        if let Some(place) = self.free.pop() {
            self.places[place] = Some(readiness);
            return Token(place);
        }
        self.places.push(Some(readiness));
        Token(self.places.len() - 1)
    }

    /// Returns what was there, to be dropped after the borrow.
    pub(super) fn remove(&mut self, token: Token) -> Option<Arc<Readiness>> {
        let removed = self.places.get_mut(token.0)?.take();
        if removed.is_some() {
            self.free.push(token.0);
        }
        removed
    }

    pub(super) fn get(&self, token: Token) -> Option<&Arc<Readiness>> {
        self.places.get(token.0)?.as_ref()
    }

    pub(super) fn len(&self) -> usize {
        self.places.len() - self.free.len()
    }

    pub(super) fn watched(&self) -> impl Iterator<Item = &Arc<Readiness>> {
        self.places.iter().flatten()
    }

    pub(super) fn into_watched(self) -> impl Iterator<Item = Arc<Readiness>> {
        self.places.into_iter().flatten()
    }
}
