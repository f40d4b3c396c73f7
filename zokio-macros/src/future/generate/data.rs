//! What a machine says of itself, as one literal: numbers, and the words that they count. The core's `described` and `record` read it.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

/// What the numbers are about.
#[derive(Debug, Default)]
pub(super) struct Data {
    /// Of each state before the ends: its record.
    records: Vec<Vec<u8>>,
    names: Vec<u8>,
    words: String,
    slots: usize,
    held: usize,
    numbers: usize,
}

/// A slot that is full in a state, or may be.
#[derive(Debug)]
pub(super) struct Full {
    pub(super) dropped: bool,
    pub(super) awaited: bool,
    pub(super) path: Vec<u8>,
    /// The number of its flag, and that of the first flag of its parts.
    pub(super) flag: Option<usize>,
    pub(super) moved: Option<usize>,
}

/// A state, as far as it is named: none before the first poll.
#[derive(Debug)]
pub(super) struct Named<'s> {
    pub(super) name: &'s str,
    pub(super) line: usize,
    pub(super) column: usize,
    pub(super) awaited: &'s str,
}

impl Data {
    /// The next slot, and the states in which it is full.
    pub(super) fn slot(&mut self, name: &str, states: &[usize]) {
        self.word(name);
        self.list(states);
        self.slots += 1;
        self.numbers += states.len();
    }

    /// The next state: which slots it holds, by their numbers, which states may follow, and its record.
    pub(super) fn state(&mut self, named: Option<&Named<'_>>, held: &[usize], successors: &[usize], record: &[Full]) {
        if let Some(Named { name, line, column, awaited }) = named {
            self.word(name);
            self.number(*line);
            self.number(*column);
            self.word(awaited);
        }
        self.list(held);
        self.list(successors);
        self.held += held.len();
        self.numbers += successors.len();
        let mut bytes = Vec::new();
        number(record.len(), &mut bytes);
        for Full { dropped, awaited, path, flag, moved } in record {
            let flags = flag.is_some() || moved.is_some();
            bytes.push(u8::from(*dropped) | u8::from(*awaited) << 1 | u8::from(flags) << 2);
            number(path.len(), &mut bytes);
            bytes.extend(path);
            if flags {
                number(flag.map_or(0, |flag| flag + 1), &mut bytes);
                number(moved.unwrap_or_default(), &mut bytes);
            }
        }
        self.records.push(bytes);
    }

    fn word(&mut self, word: &str) {
        self.number(word.len());
        self.words.push_str(word);
        self.words.push(' ');
    }

    fn list(&mut self, numbers: &[usize]) {
        self.number(numbers.len());
        numbers.iter().for_each(|number| self.number(*number));
    }

    fn number(&mut self, value: usize) {
        number(value, &mut self.names);
    }

    /// All of it, as a constant.
    pub(super) fn constant(&self, name: &impl ToTokens, z: &impl ToTokens) -> TokenStream {
        /// Bytes of an offset.
        const OFFSET: usize = 4;
        let records: usize = self.records.iter().map(Vec::len).sum();
        let mut at = OFFSET * (self.records.len() + 1);
        let mut data = ((at + records) as u32).to_le_bytes().to_vec();
        for record in &self.records {
            data.extend((at as u32).to_le_bytes());
            at += record.len();
        }
        data.extend(self.records.iter().flatten());
        [self.slots, self.held, self.numbers].into_iter().for_each(|count| number(count, &mut data));
        data.extend(&self.names);
        let (data, words) = (Literal::byte_string(&data), &self.words);
        quote!(const SAID: #z::Said = #z::said(#name, ::core::file!(), #words, #data);)
    }
}

/// As LEB128 has it: seven bits in a byte, the lowest first.
fn number(mut value: usize, bytes: &mut Vec<u8>) {
    while value >= 0x80 {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}
