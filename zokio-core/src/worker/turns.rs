//! Whose turn it is on a worker: its pinned tasks', its own queue's, or the inbox's.

use std::cell::Cell;

use super::strategy::Strategy;

/// What a worker remembers from one look to the next, so that nobody starves.
#[derive(Debug, Default)]
pub(super) struct Turns {
    /// Pinned and shared tasks take turns where there are both.
    shared_first: Cell<bool>,
    /// How often the strategy was asked. It goes by this count, so nothing else may decide which of its numbers come up: if
    /// pinned tasks took every even one, [`RoundRobin`](super::strategy::RoundRobin) would look into one place only.
    looks: Cell<u32>,
}

/// A task of one kind or the other.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Turn<T> {
    /// Of the seat's own.
    Pinned(T),
    /// Of the worker's queue, or of the inbox.
    Shared(T),
}

impl Turns {
    /// Takes the next task from one of the three places.
    pub(super) fn next<S: Strategy, T>(
        &self,
        pinned: impl Fn() -> Option<T>,
        own: impl FnOnce() -> Option<T>,
        inbox: impl FnOnce() -> Option<T>,
    ) -> Option<Turn<T>> {
        let shared_first = self.shared_first.get();
        self.shared_first.set(!shared_first);
        if !shared_first && let Some(task) = pinned() {
            return Some(Turn::Pinned(task));
        }
        let look = self.looks.get().wrapping_add(1);
        self.looks.set(look);
        match S::next(look, own, inbox) {
            Some(task) => Some(Turn::Shared(task)),
            None if shared_first => pinned().map(Turn::Pinned),
            None => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::strategy::{GlobalFirst, LocalFirst, RoundRobin};
    use super::*;

    /// Which place each of so many looks took its task from, with those always full that `full` names.
    fn order<S: Strategy>(full: &str, looks: usize) -> String {
        let turns = Turns::default();
        let take = |place: char| full.contains(place).then_some(place);
        let next = || match turns.next::<S, char>(|| take('p'), || take('o'), || take('i')) {
            Some(Turn::Pinned(place) | Turn::Shared(place)) => place,
            None => '-',
        };
        std::iter::repeat_with(next).take(looks).collect()
    }

    #[test]
    fn three_full_places_all_get_their_turn() {
        assert_eq!(order::<RoundRobin>("poi", 8), "pipopipo");
        assert_eq!(order::<LocalFirst>("poi", 62), format!("{}pi", "po".repeat(30)));
        assert_eq!(order::<GlobalFirst>("poi", 62), format!("{}po", "pi".repeat(30)));
    }

    #[test]
    fn an_empty_place_leaves_its_turn_to_the_others() {
        assert_eq!(order::<RoundRobin>("oi", 6), "ioioio");
        assert_eq!(order::<RoundRobin>("po", 6), "popopo");
        assert_eq!(order::<RoundRobin>("p", 3), "ppp");
        assert_eq!(order::<RoundRobin>("", 3), "---");
    }
}
