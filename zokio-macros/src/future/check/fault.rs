//! What the checker finds.

use crate::future::local::{LocalId, Locals};

/// Something that must not be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) what: What,
    pub(crate) local: LocalId,
    /// The point of the flow where it shows; none, if the frame itself is wrong.
    pub(crate) point: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum What {
    /// Nothing was decided of a use that is reached, or something that its kind does not allow.
    Undecided,
    /// Read, or dropped, where it may hold nothing.
    Empty,
    /// Used as a whole, or one of its fields, where that may have been moved out.
    PartGone,
    /// Moved out of by field, and its guard has no flag for it.
    PartUnknown,
    /// Used by value for the last time, and left where it is: it would be dropped again.
    Left,
    /// Moved out of by a pattern, which leaves something that nobody drops.
    Forgotten,
    /// Gets a value over one that nobody drops.
    Overwritten,
    /// Gets a value in memory where another's may be.
    Overlaps(LocalId),
    /// May hold a value at an await that does not hold it: nobody drops it.
    Lost,
    /// Looked at after an await, in memory that ends there.
    Gone,
    /// An await says for certain that it holds a value, which may not be so: it would be dropped twice.
    Claimed,
    /// Held by an await, but dropping the machine there does not drop it.
    Unguarded,
    /// Dropped by two guards.
    Twice,
    /// Ended in front of an await that has its guard.
    Ended,
    /// In the frame, but without memory of its own there.
    NoSlot,
    /// Has memory in the frame more than once, or without living there.
    Slots,
}

impl Fault {
    pub(crate) fn at(what: What, local: LocalId, point: usize) -> Self {
        Self { what, local, point: Some(point) }
    }

    pub(crate) fn of_frame(what: What, local: LocalId) -> Self {
        Self { what, local, point: None }
    }

    /// In words.
    pub(crate) fn describe(self, locals: &Locals) -> String {
        let name = |local: LocalId| format!("`{}` ({local})", locals[local].name);
        let local = name(self.local);
        let what = match self.what {
            What::Undecided => format!("a use of {local} is not decided as its kind allows"),
            What::Empty => format!("{local} is read where it may hold nothing"),
            What::PartGone => format!("{local} is used where a part of it may be gone"),
            What::PartUnknown => format!("a part of {local} is moved out, and nothing remembers it"),
            What::Left => format!("{local} is moved, and left where it was"),
            What::Forgotten => format!("what a pattern leaves of {local} is never dropped"),
            What::Overwritten => format!("{local} gets a value over one that is never dropped"),
            What::Overlaps(other) => format!("{local} gets a value in the memory of {}", name(other)),
            What::Lost => format!("{local} may hold a value at an await that does not hold it"),
            What::Gone => format!("{local} is borrowed over an await and has no memory there"),
            What::Claimed => format!("{local} is held for certain by an await where it may hold nothing"),
            What::Unguarded => format!("{local} is not dropped with the machine"),
            What::Twice => format!("{local} is dropped with the machine twice"),
            What::Ended => format!("{local} has ended where its guard may still drop it"),
            What::NoSlot => format!("{local} has no slot in the frame"),
            What::Slots => format!("{local} has a slot too many in the frame"),
        };
        match self.point {
            Some(point) => format!("{what}, at point {point} of the flow"),
            None => what,
        }
    }
}
