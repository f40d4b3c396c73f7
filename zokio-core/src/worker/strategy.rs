//! Strategies: in which order a worker looks at its own queue and at the shared inbox.

/// After so many tasks the other queue gets the first look, so that neither starves the other.
const OTHER_EVERY: u32 = 31;

/// The order in which a worker looks for its next task. The plan chooses one as a type, so the choice costs nothing at run
/// time.
pub trait Strategy: 'static {
    /// The strategy's name, as the attribute spells it.
    const NAME: &'static str;

    /// Takes the next task from one of the two places; `tick` counts the calls.
    fn next<T>(tick: u32, own: impl FnOnce() -> Option<T>, inbox: impl FnOnce() -> Option<T>) -> Option<T>;
}

/// The worker's own queue first: what ran here lately is in this core's cache. Every 31st look begins with the inbox.
#[derive(Debug, Clone, Copy)]
pub struct LocalFirst;

/// The shared inbox first: tasks that come from outside wait least. Every 31st look begins with the worker's own queue.
#[derive(Debug, Clone, Copy)]
pub struct GlobalFirst;

/// The two in turn.
#[derive(Debug, Clone, Copy)]
pub struct RoundRobin;

impl Strategy for LocalFirst {
    const NAME: &'static str = "local_first";

    #[inline]
    fn next<T>(tick: u32, own: impl FnOnce() -> Option<T>, inbox: impl FnOnce() -> Option<T>) -> Option<T> {
        if tick.is_multiple_of(OTHER_EVERY) { inbox().or_else(own) } else { own().or_else(inbox) }
    }
}

impl Strategy for GlobalFirst {
    const NAME: &'static str = "global_first";

    #[inline]
    fn next<T>(tick: u32, own: impl FnOnce() -> Option<T>, inbox: impl FnOnce() -> Option<T>) -> Option<T> {
        if tick.is_multiple_of(OTHER_EVERY) { own().or_else(inbox) } else { inbox().or_else(own) }
    }
}

impl Strategy for RoundRobin {
    const NAME: &'static str = "round_robin";

    #[inline]
    fn next<T>(tick: u32, own: impl FnOnce() -> Option<T>, inbox: impl FnOnce() -> Option<T>) -> Option<T> {
        if tick.is_multiple_of(2) { own().or_else(inbox) } else { inbox().or_else(own) }
    }
}

#[cfg(test)]
mod tests {
    use super::{GlobalFirst, LocalFirst, RoundRobin, Strategy};

    /// Which place each of 62 looks took its task from, with both always full.
    fn order<S: Strategy>() -> String {
        (1..=62).map(|tick| S::next(tick, || Some('o'), || Some('i')).unwrap()).collect()
    }

    #[test]
    fn each_strategy_prefers_its_place_and_starves_neither() {
        assert_eq!(order::<LocalFirst>(), format!("{0}i{0}i", "o".repeat(30)));
        assert_eq!(order::<GlobalFirst>(), format!("{0}o{0}o", "i".repeat(30)));
        assert_eq!(order::<RoundRobin>(), "io".repeat(31));
    }

    #[test]
    fn an_empty_place_passes_the_look_on() {
        assert_eq!(LocalFirst::next(1, || None, || Some('i')), Some('i'));
        assert_eq!(GlobalFirst::next(1, || Some('o'), || None), Some('o'));
        assert_eq!(RoundRobin::next(1, || None::<char>, || None), None);
    }
}
