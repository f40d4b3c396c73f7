//! The frame: a tuple whose first field is the tag.

use super::layout::{Laid, Piece};
use super::slots::{at, at_mut};

/// The tag of a frame: which state it is in. Eight bits where 250 states are enough, sixteen otherwise.
pub trait Tag: Copy {
    /// From the number of a state.
    fn new(state: usize) -> Self;

    /// The number of the state.
    fn number(self) -> usize;
}

impl Tag for u8 {
    #[inline(always)]
    fn new(state: usize) -> Self {
        state as Self
    }

    #[inline(always)]
    fn number(self) -> usize {
        self as usize
    }
}

impl Tag for u16 {
    #[inline(always)]
    fn new(state: usize) -> Self {
        state as Self
    }

    #[inline(always)]
    fn number(self) -> usize {
        self as usize
    }
}

/// A drop flag: whether a slot is full.
///
/// Not a `bool`, so that a frame is valid whatever its bytes are: [`super::asked`] counts on it.
#[derive(Debug, Clone, Copy)]
#[repr(transparent)]
pub struct Flag(u8);

impl Flag {
    /// From what it says.
    #[inline(always)]
    #[must_use]
    pub const fn new(set: bool) -> Self {
        Self(set as u8)
    }

    /// What it says.
    #[inline(always)]
    #[must_use]
    pub const fn is_set(self) -> bool {
        self.0 != 0
    }
}

/// A frame: something that begins with a tag. Expansions use tuples: tag, drop flags, slots.
pub trait Frame {
    /// The state before the first poll.
    const UNRESUMED: usize = 0;

    /// Its slots.
    const SLOTS: &'static Piece;

    /// The state that it is in.
    ///
    /// # Safety
    /// `frame` points to a frame whose tag is written.
    unsafe fn get(frame: *const Self) -> usize;

    /// Puts it into a state.
    ///
    /// # Safety
    /// `frame` points to memory for a frame.
    unsafe fn set(frame: *mut Self, state: usize);

    /// Writes what a frame has besides slots: the state before the first poll, and flags that say nothing.
    ///
    /// # Safety
    /// `frame` points to memory for a frame.
    unsafe fn begin(frame: *mut Self);
}

/// A tuple of slots is flat, so that the compiler can order its fields: each arity is an implementation.
macro_rules! frame {
    ($($slot:ident)*) => {
        impl<T: Tag, const FLAGS: usize, $($slot: Laid),*> Frame for (T, [Flag; FLAGS], $($slot,)*) {
            const SLOTS: &'static Piece = &Piece::Beside(&[$($slot::PIECE),*]);

            #[inline(always)]
            unsafe fn get(frame: *const Self) -> usize {
                // SAFETY: the caller's promise.
                unsafe { at(&raw const (*frame).0).number() }
            }

            #[inline(always)]
            unsafe fn set(frame: *mut Self, state: usize) {
                // SAFETY: the caller's promise; a tag has no destructor.
                unsafe { *at_mut(&raw mut (*frame).0) = T::new(state) }
            }

            #[inline(always)]
            unsafe fn begin(frame: *mut Self) {
                // SAFETY: the caller's promise; neither has a destructor.
                unsafe {
                    (&raw mut (*frame).0).write(T::new(Self::UNRESUMED));
                    if FLAGS > 0 {
                        (&raw mut (*frame).1).write([Flag::new(false); FLAGS]);
                    }
                }
            }
        }
    };
}

/// One implementation for every beginning of the list.
macro_rules! frames {
    ([$($done:ident)*]) => { frame!($($done)*); };
    ([$($done:ident)*] $next:ident $($rest:ident)*) => {
        frame!($($done)*);
        frames!([$($done)* $next] $($rest)*);
    };
}

frames!([] S0 S1 S2 S3 S4 S5 S6 S7 S8 S9 S10 S11 S12 S13 S14 S15 S16 S17 S18 S19 S20 S21 S22 S23 S24 S25 S26 S27 S28 S29 S30);
