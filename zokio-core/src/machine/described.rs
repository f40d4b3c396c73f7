//! What an expansion says of its machine: words and numbers, of which tables are made where somebody wants them.
//!
//! Tables would be said by hundreds of tokens for every machine, each of which the compiler would have to check. Here they are one
//! literal, [`DATA`](Described::DATA). It begins with the offset of what is said of names and, for each state before the ends, that of its
//! [record](super::record): four bytes each, the lowest first. Behind the records is what is said of names, in numbers as LEB128 has
//! them, seven bits in a byte:
//!
//! - of each slot, the length of its name, and how many states it is full in, and which;
//! - of each state, but for the first one, the length of its name, the line, the column, the length of the awaited expression; then of each
//!   state how many slots are held there, and which, how many states may follow, and which.
//!
//! The names themselves are in [`WORDS`](Described::WORDS), in this order, with a character between any two.

use super::State;
use super::record::Numbers;

/// What an expansion says of its machine.
pub trait Described: Sized {
    /// See [`StateMachine::NAME`](super::StateMachine::NAME).
    const NAME: &'static str;

    /// The file of its body.
    const FILE: &'static str;

    /// The names of slots and states, and the awaited expressions.
    const WORDS: &'static str;

    /// What is said in numbers.
    const DATA: &'static [u8];

    /// How much there is of everything: [`Counts`].
    type Counts: Tables<Self>;

    /// All states, in the order of their tags.
    const STATES: &'static [State] = Self::Counts::STATES;

    /// The names of the slots, in the order of the frame.
    const SLOTS: &'static [Named] = Self::Counts::SLOTS;
}

/// The name of a slot, empty for a future that is awaited; and in which states it is full, or may be.
pub type Named = (&'static str, &'static [u16]);

/// How many states there are, slots, names of what is held, and other numbers.
#[derive(Debug)]
pub struct Counts<const STATES: usize, const SLOTS: usize, const HELD: usize, const NUMBERS: usize>;

/// The tables that are made of what is said.
pub trait Tables<D> {
    /// How many states there are.
    const COUNT: usize;

    /// All states, in the order of their tags.
    const STATES: &'static [State];

    /// The names of the slots, in the order of the frame.
    const SLOTS: &'static [Named];
}

/// `Returned`, `Failed`, `Poisoned`.
pub(super) const ENDS: usize = 3;

impl<D: Described, const STATES: usize, const SLOTS: usize, const HELD: usize, const NUMBERS: usize> Tables<D>
    for Counts<STATES, SLOTS, HELD, NUMBERS>
{
    const COUNT: usize = STATES;
    const STATES: &'static [State] = &Said::<D, SLOTS, HELD, NUMBERS>::states::<STATES>();
    const SLOTS: &'static [Named] = Said::<D, SLOTS, HELD, NUMBERS>::NAMED;
}

/// Lists that tables refer to.
struct Lists<const SLOTS: usize, const HELD: usize, const NUMBERS: usize> {
    names: [&'static str; SLOTS],
    held: [&'static str; HELD],
    numbers: [u16; NUMBERS],
}

/// What is said by `D`.
struct Said<D, const SLOTS: usize, const HELD: usize, const NUMBERS: usize>(D);

impl<D: Described, const SLOTS: usize, const HELD: usize, const NUMBERS: usize> Said<D, SLOTS, HELD, NUMBERS> {
    const LISTS: &'static Lists<SLOTS, HELD, NUMBERS> = &Self::lists();
    const NAMED: &'static [Named] = &Self::named();

    /// Goes through all of it once, for what stands in lists.
    const fn lists() -> Lists<SLOTS, HELD, NUMBERS> {
        let mut reader = Reader::new(D::WORDS, D::DATA);
        let mut lists = Lists { names: [""; SLOTS], held: [""; HELD], numbers: [0; NUMBERS] };
        let (mut numbers, mut held, mut index) = (0, 0, 0);
        while index < SLOTS {
            lists.names[index] = reader.word();
            let mut left = reader.numbers.next();
            while left > 0 {
                lists.numbers[numbers] = reader.numbers.next() as u16;
                (numbers, left) = (numbers + 1, left - 1);
            }
            index += 1;
        }
        let mut state = 0;
        while state < <D::Counts as Tables<D>>::COUNT - ENDS {
            if state > 0 {
                reader.state();
            }
            let mut left = reader.numbers.next();
            while left > 0 {
                lists.held[held] = lists.names[reader.numbers.next()];
                (held, left) = (held + 1, left - 1);
            }
            let mut left = reader.numbers.next();
            while left > 0 {
                lists.numbers[numbers] = reader.numbers.next() as u16;
                (numbers, left) = (numbers + 1, left - 1);
            }
            state += 1;
        }
        lists
    }

    const fn named() -> [Named; SLOTS] {
        let mut reader = Reader::new(D::WORDS, D::DATA);
        let (mut named, mut numbers, mut index) = ([("", [].as_slice()); SLOTS], Self::LISTS.numbers.as_slice(), 0);
        while index < SLOTS {
            let (name, states) = (reader.word(), reader.numbers.next());
            let (first, rest) = numbers.split_at(states);
            named[index] = (name, first);
            numbers = rest;
            reader.numbers.skip(states);
            index += 1;
        }
        named
    }

    const fn states<const STATES: usize>() -> [State; STATES] {
        let mut reader = Reader::new(D::WORDS, D::DATA);
        let (mut numbers, mut names) = (Self::LISTS.numbers.as_slice(), Self::LISTS.held.as_slice());
        let mut index = 0;
        while index < SLOTS {
            let (_, states) = (reader.word(), reader.numbers.next());
            numbers = numbers.split_at(states).1;
            reader.numbers.skip(states);
            index += 1;
        }
        let mut all = [State::named("Unresumed"); STATES];
        let mut state = 0;
        while state < STATES - ENDS {
            if state > 0 {
                all[state] = State { file: D::FILE, ..reader.state() };
            }
            let held = reader.numbers.next();
            (all[state].held, names) = names.split_at(held);
            reader.numbers.skip(held);
            let successors = reader.numbers.next();
            (all[state].successors, numbers) = numbers.split_at(successors);
            reader.numbers.skip(successors);
            state += 1;
        }
        (all[state], all[state + 1], all[state + 2]) = (State::RETURNED, State::FAILED, State::POISONED);
        all
    }
}

/// Reads what is said of names.
struct Reader {
    words: &'static str,
    numbers: Numbers,
}

impl Reader {
    const fn new(words: &'static str, data: &'static [u8]) -> Self {
        Self { words, numbers: Numbers::named(data) }
    }

    /// A word, of which the length comes next.
    const fn word(&mut self) -> &'static str {
        let (word, rest) = self.words.split_at(self.numbers.next());
        self.words = if rest.is_empty() { rest } else { rest.split_at(1).1 };
        word
    }

    /// The name of a state, and where it is.
    const fn state(&mut self) -> State {
        let name = self.word();
        let (line, column) = (self.numbers.next() as u32, self.numbers.next() as u32);
        State { line, column, awaited: self.word(), ..State::named(name) }
    }
}
