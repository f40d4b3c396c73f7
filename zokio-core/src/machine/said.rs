//! What an expansion says of its machine: words and numbers, of which more is made where somebody wants it.
//!
//! Tables would be said by hundreds of tokens for every machine, each of which the compiler would have to check. Here they are one
//! literal, `data`. It begins with the offset of what is said of names and, for each state before the ends, that of its
//! [record](super::record): four bytes each, the lowest first. Behind the records is what is said of names, in numbers as LEB128 has
//! them, seven bits in a byte:
//!
//! - how many slots there are, how many names of what is held, and how many other numbers in lists;
//! - of each slot, the length of its name, and how many states it is full in, and which;
//! - of each state, but for the first one, the length of its name, the line, the column, the length of the awaited expression; then of each
//!   state how many slots are held there, and which, how many states may follow, and which.
//!
//! The names themselves are in `words`, in this order, with a character between any two.

use super::State;

/// Bytes of an offset.
const OFFSET: usize = 4;

/// `Returned`, `Failed`, `Poisoned`.
pub(super) const ENDS: usize = 3;

/// What an expansion says of its machine.
#[derive(Debug, Clone, Copy)]
pub struct Said {
    /// See [`StateMachine::NAME`](super::StateMachine::NAME).
    pub(super) name: &'static str,
    /// The file of its body.
    pub(super) file: &'static str,
    /// The names of slots and states, and the awaited expressions.
    words: &'static str,
    data: &'static [u8],
}

/// Says it: the name of a machine, the file of its body, words, and data.
pub const fn said(name: &'static str, file: &'static str, words: &'static str, data: &'static [u8]) -> Said {
    Said { name, file, words, data }
}

impl Said {
    /// Of a machine of which nothing is said.
    pub(super) const NOTHING: Self = said("", "", "", &[8, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0]);

    /// How many states there are, with the ends.
    pub(super) const fn states(&self) -> usize {
        // The first record is behind the offsets.
        offset(self.data, 1) / OFFSET - 1 + ENDS
    }

    /// The numbers of a state's record.
    pub(super) const fn record(&self, state: usize) -> Numbers {
        Numbers { data: self.data, at: offset(self.data, state + 1) }
    }

    pub(super) const fn reader(&self) -> Reader {
        let mut numbers = Numbers { data: self.data, at: offset(self.data, 0) };
        let (slots, held, listed) = (numbers.next(), numbers.next(), numbers.next());
        Reader { words: self.words, numbers, slots, held, listed }
    }

    /// A state of this number: its name and where it is, without what is held there, and what may follow.
    pub(super) const fn state(&self, number: usize) -> State {
        let waiting = self.states() - ENDS;
        if number == 0 || number >= waiting {
            return State::end(number, waiting);
        }
        let mut reader = self.reader();
        reader.pass_slots();
        let mut before = 0;
        loop {
            let state = reader.state(self.file, before);
            if before == number {
                return state;
            }
            let _ = (reader.numbers.pass_list(), reader.numbers.pass_list());
            before += 1;
        }
    }

    /// The name of a slot, empty for a future that is awaited; and the first of the states in which it is full.
    pub(super) const fn slot(&self, number: usize) -> (&'static str, Option<usize>) {
        let mut reader = self.reader();
        let mut before = 0;
        while before < number {
            reader.word();
            reader.numbers.pass_list();
            before += 1;
        }
        let (name, states) = (reader.word(), reader.numbers.next());
        (name, if states > 0 { Some(reader.numbers.next()) } else { None })
    }
}

const fn offset(data: &[u8], index: usize) -> usize {
    let first = index * OFFSET;
    u32::from_le_bytes([data[first], data[first + 1], data[first + 2], data[first + 3]]) as usize
}

/// Reads numbers.
pub(super) struct Numbers {
    data: &'static [u8],
    at: usize,
}

impl Numbers {
    pub(super) const fn byte(&mut self) -> u8 {
        let byte = self.data[self.at];
        self.at += 1;
        byte
    }

    /// The next number.
    pub(super) const fn next(&mut self) -> usize {
        let (mut number, mut shift) = (0, 0);
        loop {
            let byte = self.byte();
            number |= ((byte & 0x7F) as usize) << shift;
            if byte < 0x80 {
                return number;
            }
            shift += 7;
        }
    }

    /// Passes over a list: its length.
    pub(super) const fn pass_list(&mut self) -> usize {
        let length = self.next();
        let mut left = length;
        while left > 0 {
            self.next();
            left -= 1;
        }
        length
    }

    /// Adds a list to another, behind so many: how many there are then.
    pub(super) const fn list(&mut self, listed: &mut [u16], mut count: usize) -> usize {
        let mut left = self.next();
        while left > 0 {
            listed[count] = self.next() as u16;
            (count, left) = (count + 1, left - 1);
        }
        count
    }
}

/// Reads what is said of names.
pub(super) struct Reader {
    words: &'static str,
    pub(super) numbers: Numbers,
    /// How many slots there are.
    pub(super) slots: usize,
    /// How many names of what is held.
    pub(super) held: usize,
    /// How many other numbers in lists.
    pub(super) listed: usize,
}

impl Reader {
    /// A word, of which the length comes next.
    pub(super) const fn word(&mut self) -> &'static str {
        let (word, rest) = self.words.split_at(self.numbers.next());
        self.words = if rest.is_empty() { rest } else { rest.split_at(1).1 };
        word
    }

    /// Passes over the slots.
    pub(super) const fn pass_slots(&mut self) {
        let mut left = self.slots;
        while left > 0 {
            self.word();
            self.numbers.pass_list();
            left -= 1;
        }
    }

    /// The name of the state of this number, which comes next, and where it is.
    pub(super) const fn state(&mut self, file: &'static str, number: usize) -> State {
        if number == 0 {
            return State::named("Unresumed");
        }
        let name = self.word();
        let (line, column) = (self.numbers.next() as u32, self.numbers.next() as u32);
        State { file, line, column, awaited: self.word(), ..State::named(name) }
    }
}
