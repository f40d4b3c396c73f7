//! Explicit poll state machines: what the expansions of `async_block!` and `#[async_fn]` stand on.
//!
//! A machine is a frame and a poll function. The frame holds a tag, the drop flags and the slots: every value that lives
//! across an await. The poll function is the user's own body, entered in the middle: it goes down to the await that the tag
//! names, polls what is awaited there, and goes on as the body says.
//!
//! Values in slots belong to [`Guard`]s while the poll function runs, so that whatever leaves a scope (its end, `break`,
//! `return`, `?`, a panic) drops them where and when Rust drops a local. A machine that waits forgets them. What it holds while it
//! waits is [data](record), by which a machine is dropped, and read from outside.

#![allow(unsafe_code)] // Slots are filled, read and dropped by address: the expansion's flow analysis says when.

mod arguments;
mod asked;
mod attempt;
mod bound;
mod budget;
pub mod by_hand;
mod captured;
mod chain;
mod checked;
mod compiled;
mod described;
mod fields;
mod frame;
mod guard;
mod hold;
mod iterated;
mod laid;
mod layout;
mod lift;
pub mod lint;
mod native;
mod one_of;
mod partial;
mod passage;
mod question;
mod record;
mod refused;
mod returns;
mod said;
mod scope;
mod shape;
mod slots;
mod tries;
mod unbox;
mod wait;
mod within;

use std::future::Future;
use std::pin::Pin;

pub use self::arguments::Arguments;
pub(crate) use self::asked::Type;
pub use self::attempt::{Returned, attempt, passed};
pub use self::bound::{Bind, Look, any_of, bound, bound_copy, looked, seen};
pub(crate) use self::budget::Text;
pub use self::budget::{Budget, within};
pub use self::captured::{Held, Place, held, held_thin, held_wide};
pub(crate) use self::chain::read;
pub use self::chain::{Behind, Chain, Follow, Link, Onward, Own, Perhaps, chains};
pub use self::checked::{Checked, checked, checked_with};
pub(crate) use self::compiled::has_ended;
pub use self::compiled::{Machine, machine};
pub use self::described::Described;
pub use self::fields::{Whole, field, wholes};
pub use self::frame::{Flag, Flags, Frame, Tag};
pub use self::guard::{Anchor, Guard, Tied, lend, lend_mut, lent, tied};
pub use self::hold::{Hold, Nothing};
pub use self::iterated::Iterated;
pub use self::laid::{AwaitedSlot, FollowedSlot, Home, Laid, PartialSlot};
pub use self::layout::{Layout, SlotLayout};
pub use self::lift::{Lift, lift};
pub use self::native::{Native, Never, Teller, native, native_method};
pub use self::one_of::{Beside, Itself, Kind, OneOf2, OneOf3, OneOf4, OneOf5, OneOf6, OneOf7, OneOf8};
pub use self::partial::{Partial, like, routine};
pub use self::passage::{NotReturned, Passage, Passed, Passing, not_returned, passing};
pub use self::question::{
    Answer, Answered, Callee, Consumes, Found, Gate, Iterable, Iterates, Makes, Moves, Ordered, Question, Taken,
    answer, any, asked, asked_of_any, asked_of_future, callee, cases, consumed, either, hold, iterates, makes, moved,
    of, orders, question, reach, receive, receive_part, start, tie, twice, twice_given, whom,
};
pub use self::refused::{Expected, Made, expected, refusals, without_value};
pub use self::returns::Returns;
pub use self::said::{Said, said};
pub use self::scope::{Scope, scope, ties};
pub use self::shape::{Body, IsStep, Shape, Step, Types, body, step};
pub use self::slots::{
    Filled, Placed, Plain, Seen, Shared, Slot, Written, copy, free, free_mut, place, put_apart, put_plain,
};
pub use self::tries::{FromResidual, Left, Tried, Tries, left};
pub use self::unbox::{Unbox, unbox};
pub use self::wait::{put, run};
pub use self::within::{Carried, Spot, Word, Words, spot, word, word_thin, words};

/// One state of a machine: where it can stand between two polls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct State {
    /// `Unresumed`, `Returned`, `Failed`, `Poisoned`, or the name of what is awaited; the variant, where the machine is derived.
    pub name: &'static str,
    /// The file of the await, or of the variant; empty where there is neither.
    pub file: &'static str,
    /// Its line, counted from 1; 0 where there is neither.
    pub line: u32,
    /// Its column, counted from 1; 0 where there is neither.
    pub column: u32,
    /// The awaited expression, as it is written; of a variant, the name of its future, or the type.
    pub awaited: &'static str,
    /// The names of the locals that are held here; of a variant those of its fields, or their types.
    pub held: &'static [&'static str],
    /// The states that may follow, as indices of [`STATES`](StateMachine::STATES): of a derived machine all that are declared, of a body all
    /// that its control flow leads to, but for `Poisoned`, to which every panic leads. None are known of `machine = rustc`.
    pub successors: &'static [u16],
}

impl State {
    /// The body has returned.
    #[doc(hidden)]
    pub const RETURNED: Self = Self::named("Returned");

    /// The body was left through `?` or `return Err(..)`.
    #[doc(hidden)]
    pub const FAILED: Self = Self::named("Failed");

    /// The body has panicked.
    #[doc(hidden)]
    pub const POISONED: Self = Self::named("Poisoned");

    /// The first of a body, or one of those behind its `waiting` ones.
    const fn end(number: usize, waiting: usize) -> Self {
        match number {
            0 => Self::named("Unresumed"),
            number if number == waiting => Self::RETURNED,
            number if number == waiting + 1 => Self::FAILED,
            _ => Self::POISONED,
        }
    }

    const fn named(name: &'static str) -> Self {
        Self { name, file: "", line: 0, column: 0, awaited: "", held: &[], successors: &[] }
    }
}

/// An explicit poll state machine: a future whose states have names and can be looked at.
pub trait StateMachine: Future {
    /// All states: `Unresumed`, one for each await in the order of the source, `Returned`, `Failed`, `Poisoned`. Of a derived machine: the
    /// enum's variants, in the order of the source, and `Poisoned`.
    const STATES: &'static [State];

    /// Its function, with the path of its module: `crate::module::function`. `async_block!` where it has none.
    const NAME: &'static str;

    /// How it lies in memory.
    const LAYOUT: Layout;

    /// What it is made of: the arguments of its function, or the captures of its block, as a tuple.
    type Arguments;

    /// Where the machine stands.
    fn state(&self) -> &'static State;

    /// Drops what the machine holds and starts it again, in the same memory.
    ///
    /// # Panics
    /// When what is dropped panics: the machine is poisoned then.
    fn reset(self: Pin<&mut Self>, arguments: Self::Arguments);

    /// Whether it has returned, in whatever way.
    fn is_completed(&self) -> bool {
        matches!(self.state().name, "Returned" | "Failed")
    }

    /// Whether it was left through `?` or `return Err(..)`.
    fn is_failed(&self) -> bool {
        self.state().name == "Failed"
    }

    /// Adds where the machine stands to a chain, and where what it awaits stands.
    ///
    /// # Safety
    /// `this` points to a pinned machine that nobody polls, moves or drops meanwhile, with everything that was done to it done before.
    #[doc(hidden)]
    unsafe fn chain(this: *const Self, chain: &mut Chain)
    where
        Self: Sized,
    {
        // SAFETY: the caller's promise.
        chain.push(Self::NAME, unsafe { &*this }.state());
    }
}

/// The original body, for the compiler to check: never run. The machine's type is inferred from the other branch.
#[inline(always)]
pub fn witness<T, N: Future<Output = T>, M>(_native: N) -> M {
    unreachable!("the witness of a machine is only for the compiler")
}

/// Which arm of a `match` was chosen: one that is done, or one to go on with.
#[derive(Debug)]
pub enum Arm<T> {
    /// It does not await: its value.
    Done(T),
    /// Its number.
    Go(usize),
}
