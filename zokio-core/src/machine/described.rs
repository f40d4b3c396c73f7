//! Tables of what an expansion says of its machine, made by the compiler where a program names them.

use super::State;
use super::said::{ENDS, Said};

/// A type of which something is said: a machine, or what stands for one.
pub trait Described {
    /// What is said.
    const SAID: Said;

    /// All states, in the order of their tags.
    const STATES: &'static [State] = Tables::<Self>::STATES.split_at(Self::SAID.states()).0;

    /// Of each slot, in the order of the frame, the states in which it is full, or may be.
    const FULL: &'static [&'static [u16]] = Tables::<Self>::FULL.split_at(Self::SAID.reader().slots).0;
}

/// The tables, and the lists that they refer to: of some length, not less than it takes, since no length of an array can be computed of what a
/// type says.
struct Tables<D: ?Sized>(D);

/// As long as it takes, or somewhat longer. Only the one that is chosen is made.
macro_rules! long {
    ($count:expr, $($make:tt)*) => {{
        let count = $count;
        long!(@ count ($($make)*) 16 64 256 1024 4096 16384 65536 1048576)
    }};
    (@ $count:ident ($($make:tt)*) $length:literal $($more:literal)+) => {
        if $count <= $length { &$($make)*::<$length>(D::SAID) } else { long!(@ $count ($($make)*) $($more)+) }
    };
    (@ $count:ident ($($make:tt)*) $length:literal) => { &$($make)*::<$length>(D::SAID) };
}

impl<D: Described + ?Sized> Tables<D> {
    const NAMES: &'static [&'static str] = long!(D::SAID.reader().slots, names);
    const HELD: &'static [&'static str] = long!(D::SAID.reader().held, Self::held);
    const LISTED: &'static [u16] = long!(D::SAID.reader().listed, listed);
    const FULL: &'static [&'static [u16]] = long!(D::SAID.reader().slots, Self::full);
    const STATES: &'static [State] = long!(D::SAID.states(), Self::states);

    /// What is held in the states, one after another.
    const fn held<const LENGTH: usize>(said: Said) -> [&'static str; LENGTH] {
        let mut reader = said.reader();
        reader.pass_slots();
        let (mut held, mut count, mut state) = ([""; LENGTH], 0, 0);
        while state < said.states() - ENDS {
            reader.state(said.file, state);
            let mut left = reader.numbers.next();
            while left > 0 {
                held[count] = Self::NAMES[reader.numbers.next()];
                (count, left) = (count + 1, left - 1);
            }
            reader.numbers.pass_list();
            state += 1;
        }
        held
    }

    const fn full<const LENGTH: usize>(said: Said) -> [&'static [u16]; LENGTH] {
        let mut reader = said.reader();
        let (mut full, mut listed, mut slot) = ([[].as_slice(); LENGTH], Self::LISTED, 0);
        while slot < reader.slots {
            reader.word();
            (full[slot], listed) = listed.split_at(reader.numbers.pass_list());
            slot += 1;
        }
        full
    }

    const fn states<const LENGTH: usize>(said: Said) -> [State; LENGTH] {
        let mut reader = said.reader();
        let (mut listed, mut held, mut slot) = (Self::LISTED, Self::HELD, 0);
        while slot < reader.slots {
            reader.word();
            listed = listed.split_at(reader.numbers.pass_list()).1;
            slot += 1;
        }
        let waiting = said.states() - ENDS;
        let (mut states, mut state) = ([State::named(""); LENGTH], 0);
        while state < waiting {
            states[state] = reader.state(said.file, state);
            (states[state].held, held) = held.split_at(reader.numbers.pass_list());
            (states[state].successors, listed) = listed.split_at(reader.numbers.pass_list());
            state += 1;
        }
        while state < said.states() {
            states[state] = State::end(state, waiting);
            state += 1;
        }
        states
    }
}

/// The names of the slots.
const fn names<const LENGTH: usize>(said: Said) -> [&'static str; LENGTH] {
    let mut reader = said.reader();
    let (mut names, mut slot) = ([""; LENGTH], 0);
    while slot < reader.slots {
        names[slot] = reader.word();
        reader.numbers.pass_list();
        slot += 1;
    }
    names
}

/// The states in which each slot is full, then those that follow each state.
const fn listed<const LENGTH: usize>(said: Said) -> [u16; LENGTH] {
    let mut reader = said.reader();
    let (mut listed, mut count, mut slot) = ([0; LENGTH], 0, 0);
    while slot < reader.slots {
        reader.word();
        count = reader.numbers.list(&mut listed, count);
        slot += 1;
    }
    let mut state = 0;
    while state < said.states() - ENDS {
        reader.state(said.file, state);
        reader.numbers.pass_list();
        count = reader.numbers.list(&mut listed, count);
        state += 1;
    }
    listed
}
