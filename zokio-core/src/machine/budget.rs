//! `max_size`: a machine that is larger does not compile.

use std::fmt;
use std::marker::PhantomData;

use super::StateMachine;
use super::layout::Slots;

/// The longest name of a slot in a message: an awaited expression may be of any length.
const LONGEST_NAME: usize = 60;

/// A text that is put together while compiling.
pub(crate) struct Text {
    bytes: [u8; 640],
    len: usize,
}

impl Text {
    pub(crate) const fn new() -> Self {
        Self { bytes: [0; 640], len: 0 }
    }

    /// As much of the text as there is room for.
    pub(crate) const fn text(self, text: &str) -> Self {
        self.beginning(text, text.len())
    }

    /// No more than the beginning of a text.
    const fn beginning(mut self, text: &str, longest: usize) -> Self {
        let room = self.bytes.len() - self.len;
        let mut end = if longest < room { longest } else { room };
        // Not in the middle of a character.
        while end < text.len() && !text.is_char_boundary(end) {
            end -= 1;
        }
        let mut index = 0;
        while index < text.len() && index < end {
            self.bytes[self.len] = text.as_bytes()[index];
            self.len += 1;
            index += 1;
        }
        self
    }

    pub(crate) const fn number(mut self, number: usize) -> Self {
        let mut power = 1;
        while number / power >= 10 {
            power *= 10;
        }
        while power > 0 {
            let digit = [b'0' + (number / power % 10) as u8];
            self = match str::from_utf8(&digit) {
                Ok(digit) => self.text(digit),
                Err(_) => self,
            };
            power /= 10;
        }
        self
    }

    const fn name(self, name: &str) -> Self {
        let text = self.text("`").beginning(name, LONGEST_NAME);
        if name.len() > LONGEST_NAME { text.text("..`") } else { text.text("`") }
    }

    /// The three largest slots of a machine.
    pub(crate) const fn largest(mut self, slots: &Slots) -> Self {
        let largest: [_; 3] = slots.largest();
        let mut rank = 0;
        while rank < largest.len() {
            if let Some(index) = largest[rank] {
                self = self.text(if rank == 0 { "; its largest slots: " } else { ", " });
                self = self.name(slots.name(index)).text(" (").number(slots.size(index)).text(")");
            }
            rank += 1;
        }
        self
    }

    pub(crate) const fn as_str(&self) -> &str {
        let (text, _) = self.bytes.split_at(self.len);
        match str::from_utf8(text) {
            Ok(text) => text,
            Err(_) => "",
        }
    }
}

/// The proof that machines of the type `M` are not larger than `BYTES`.
pub struct Budget<const BYTES: usize, M>(PhantomData<fn(M)>);

impl<const BYTES: usize, M: StateMachine> Budget<BYTES, M> {
    /// There is one if it is true. The expansion names it, so that the compiler points at the attribute. It looks when it generates code:
    /// what a machine holds, and so its size, is no part of a signature, so `cargo check` does not know.
    pub const KEPT: Self = {
        if size_of::<M>() > BYTES {
            let text = Text::new().name(M::NAME).text(" has ").number(size_of::<M>()).text(" bytes, and `max_size = ");
            let text = text.number(BYTES).text("` allows no more").largest(M::LAYOUT.held_slots());
            let text = text.text("; hold less across its awaits, or box what is large");
            panic!("{}", text.as_str());
        }
        Self(PhantomData)
    };
}

impl<const BYTES: usize, M> fmt::Debug for Budget<BYTES, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Budget")
    }
}

/// The machine, which keeps within its budget.
#[inline(always)]
pub fn within<const BYTES: usize, M>(machine: M, _kept: Budget<BYTES, M>) -> M {
    machine
}
