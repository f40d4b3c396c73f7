//! The frame: a tuple whose first field is the tag.

use std::mem::offset_of;

use super::Laid;
use super::layout::Piece;
use super::slots::{at, at_mut};

/// The tag of a frame: which state it is in. Eight bits where 256 states are enough, sixteen otherwise.
pub trait Tag: Copy + 'static {
    /// From the number of a state.
    fn new(state: usize) -> Self;

    /// The number of the state.
    fn number(self) -> usize;

    /// Whether it has two bytes.
    const WIDE: bool = size_of::<Self>() == 2;
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

/// The drop flags of a frame: an array of them, or nothing.
pub trait Flags: 'static {
    /// What they are before the first poll.
    const UNSET: Self;
}

impl Flags for () {
    const UNSET: Self = ();
}

impl<const FLAGS: usize> Flags for [Flag; FLAGS] {
    const UNSET: Self = [Flag::new(false); FLAGS];
}

/// The tag, or the flags, of a frame that is polled.
///
/// # Safety
/// `header` is the address of one of them. Nobody else has it while the poll function runs, which does not keep it: so the lifetime is any.
#[inline(always)]
pub const unsafe fn header<'f, T>(header: *mut T) -> &'f mut T {
    // SAFETY: the caller's promise: it is written.
    unsafe { at_mut(header) }
}

/// A frame: something that begins with a tag. Expansions use tuples: tag, drop flags, slots.
pub trait Frame {
    /// The state before the first poll.
    const UNRESUMED: usize = 0;

    /// Its slots.
    const SLOTS: &'static Piece;

    /// How many bytes behind its beginning the tag is.
    const TAG: usize;

    /// Whether the tag has two bytes.
    const WIDE: bool;

    /// How many bytes behind its beginning the drop flags are.
    const FLAGS: usize;

    /// The state that it is in.
    ///
    /// # Safety
    /// `frame` points to a frame whose tag is written.
    unsafe fn get(frame: *const Self) -> usize;

    /// The state that it is in, while it is put into `state`.
    ///
    /// # Safety
    /// As for [`get`](Self::get).
    unsafe fn replace(frame: *mut Self, state: usize) -> usize;

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
    ($($slot:ident $index:tt)*) => {
        impl<T: Tag, F: Flags, $($slot: Laid),*> Frame for (T, F, $($slot,)*) {
            const SLOTS: &'static Piece = &Piece::Beside(&[$((offset_of!(Self, $index), $slot::PIECE)),*]);
            const TAG: usize = offset_of!(Self, 0);
            const WIDE: bool = T::WIDE;
            const FLAGS: usize = offset_of!(Self, 1);

            #[inline(always)]
            unsafe fn get(frame: *const Self) -> usize {
                // SAFETY: the caller's promise.
                unsafe { at(&raw const (*frame).0).number() }
            }

            #[inline(always)]
            unsafe fn replace(frame: *mut Self, state: usize) -> usize {
                // SAFETY: the caller's promise; a tag has no destructor.
                let tag = unsafe { at_mut(&raw mut (*frame).0) };
                let at = tag.number();
                *tag = T::new(state);
                at
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
                    *at_mut(&raw mut (*frame).0) = T::new(Self::UNRESUMED);
                    *at_mut(&raw mut (*frame).1) = F::UNSET;
                }
            }
        }
    };
}

/// One implementation for every beginning of the list.
macro_rules! frames {
    ([$($done:ident $index:tt)*]) => { frame!($($done $index)*); };
    ([$($done:ident $index:tt)*] $next:ident $number:tt $($rest:tt)*) => {
        frame!($($done $index)*);
        frames!([$($done $index)* $next $number] $($rest)*);
    };
}

frames! {
    [] S0 2 S1 3 S2 4 S3 5 S4 6 S5 7 S6 8 S7 9 S8 10 S9 11 S10 12 S11 13 S12 14 S13 15 S14 16 S15 17 S16 18 S17 19 S18 20 S19 21 S20 22
    S21 23 S22 24 S23 25 S24 26 S25 27 S26 28 S27 29 S28 30 S29 31 S30 32
}
