//! The frame: a tuple whose first field is the tag.

use std::mem::{offset_of, transmute};
use std::ptr;

use super::Laid;
use super::layout::Piece;
use super::slots::Plain;

/// The tag of a frame: which state it is in. Eight bits where 256 states are enough, sixteen otherwise.
pub trait Tag: Copy + 'static {}

impl Tag for u8 {}

impl Tag for u16 {}

/// The state that the tag at this address says. By address: a function of every frame would be compiled for every frame. Not by a reference that is made
/// of the address: see [`Written`](super::Written).
///
/// # Safety
/// `tag` is the address of a tag that is written, of two bytes if it is `wide`, and aligned for it.
#[inline(always)]
#[expect(clippy::cast_ptr_alignment, reason = "it is aligned, says who calls")]
pub(super) unsafe fn state(tag: *const u8, wide: bool) -> usize {
    // SAFETY: the caller's promise.
    unsafe { if wide { *(tag as *const u16) as usize } else { *tag as usize } }
}

/// Puts the tag at this address into a state.
///
/// # Safety
/// `tag` is the address of memory for a tag, of two bytes if it is `wide`, and aligned for it.
#[inline(always)]
#[expect(clippy::transmute_ptr_to_ref, reason = "debug builds check what is written to by its address")]
pub(super) unsafe fn set_state(tag: *mut u8, wide: bool, state: usize) {
    // SAFETY: the caller's promise.
    unsafe {
        if wide {
            transmute::<*mut u8, &mut Plain<u16>>(tag).full = state as u16;
        } else {
            transmute::<*mut u8, &mut Plain<u8>>(tag).full = state as u8;
        }
    }
}

/// A drop flag: whether a slot is full.
///
/// Not a `bool`, so that a frame is valid whatever its bytes are: [`super::asked`] counts on it.
#[derive(Debug, Clone, Copy)]
#[repr(transparent)]
pub struct Flag(
    /// Anything but zero says that it is.
    pub u8,
);

/// The drop flags of a frame: an array of them, or nothing. Zeros are flags that say nothing.
pub trait Flags: 'static {}

impl Flags for () {}

impl<const FLAGS: usize> Flags for [Flag; FLAGS] {}

/// A frame: something that has a tag. Expansions use tuples: tag, drop flags, slots.
pub trait Frame {
    /// Its slots.
    const SLOTS: &'static Piece;

    /// How many bytes behind its beginning the tag is.
    const TAG: usize;

    /// Whether the tag has two bytes.
    const WIDE: bool;

    /// How many bytes there are from the tag to whatever is behind it.
    const TAG_AND_PADDING: usize;

    /// How many bytes behind its beginning the drop flags are.
    const FLAGS: usize;

    /// The address of the tag, by its place: to add to an address is a call in debug builds, or much of what one does.
    ///
    /// # Safety
    /// `frame` points to memory for a frame.
    unsafe fn tag(frame: *mut Self) -> *mut u8;

    /// The address of the drop flags.
    ///
    /// # Safety
    /// As for [`tag`](Self::tag).
    unsafe fn flags(frame: *mut Self) -> *mut u8;

    /// How many drop flags there are.
    const FLAG_COUNT: usize;

    /// How many bytes there are from the flags to whatever is behind them.
    const FLAGS_AND_PADDING: usize;
}

/// The state before the first poll.
const UNRESUMED: usize = 0;

/// Writes what the frame at `frame` has besides slots: the state before the first poll, and flags that say nothing. With the padding behind
/// them, as far as that is little: LLVM takes bytes that nobody writes and an argument behind them for one value, and copies it twice.
///
/// Which of the ways it is done in is a constant's choice: for the usual ones no other is compiled, in debug builds either.
///
/// # Safety
/// `frame` points to memory for a frame of this kind.
#[inline(always)]
pub(super) unsafe fn begin<F: Frame>(frame: *mut F) {
    // SAFETY: the caller's promise; the state is 0.
    unsafe {
        let tag = F::tag(frame);
        match const { F::TAG_AND_PADDING } {
            8 => zero::<8>(tag),
            4 => zero::<4>(tag),
            3..=16 => ptr::write_bytes(tag, 0, F::TAG_AND_PADDING),
            _ => set_state(tag, F::WIDE, UNRESUMED),
        }
    }
    if const { F::FLAG_COUNT > 0 } {
        // SAFETY: as above; flags are numbers.
        unsafe {
            let flags = F::flags(frame);
            match const { if F::FLAGS_AND_PADDING <= 16 { F::FLAGS_AND_PADDING } else { F::FLAG_COUNT } } {
                1 => zero::<1>(flags),
                2 => zero::<2>(flags),
                3 => zero::<3>(flags),
                4 => zero::<4>(flags),
                count => ptr::write_bytes(flags, 0, count),
            }
        }
    }
}

/// Writes so many zeros: in debug builds a function would be called, and would look at the address, for less than it takes.
///
/// # Safety
/// `place` is the address of memory for them.
#[inline(always)]
#[expect(clippy::transmute_ptr_to_ref, reason = "debug builds check what is written to by its address")]
unsafe fn zero<const COUNT: usize>(place: *mut u8) {
    // SAFETY: the caller's promise.
    unsafe { transmute::<*mut u8, &mut Plain<[u8; COUNT]>>(place).full = [0; COUNT] };
}

/// How many bytes there are from one offset to the next of these that has a size, or to the end.
const fn behind(offset: usize, fields: &[(usize, usize)], end: usize) -> usize {
    let (mut next, mut index) = (end, 0);
    while index < fields.len() {
        let (field, size) = fields[index];
        if field > offset && field < next && size > 0 {
            next = field;
        }
        index += 1;
    }
    next - offset
}

/// A tuple of slots is flat, so that the compiler can order its fields: each arity is an implementation.
macro_rules! frame {
    ($($slot:ident $index:tt)*) => {
        impl<T: Tag, F: Flags, $($slot: Laid),*> Frame for (T, F, $($slot,)*) {
            const SLOTS: &'static Piece = &Piece::Beside(&[$((offset_of!(Self, $index), $slot::PIECE)),*]);
            const TAG: usize = offset_of!(Self, 0);
            const WIDE: bool = size_of::<T>() == 2;
            const TAG_AND_PADDING: usize = behind(
                Self::TAG,
                &[(Self::FLAGS, size_of::<F>()), $((offset_of!(Self, $index), size_of::<$slot>())),*],
                size_of::<Self>(),
            );
            const FLAGS: usize = offset_of!(Self, 1);
            const FLAG_COUNT: usize = size_of::<F>();

            #[inline(always)]
            unsafe fn tag(frame: *mut Self) -> *mut u8 {
                // SAFETY: the caller's promise.
                unsafe { &raw mut (*frame).0 as *mut u8 }
            }

            #[inline(always)]
            unsafe fn flags(frame: *mut Self) -> *mut u8 {
                // SAFETY: the caller's promise.
                unsafe { &raw mut (*frame).1 as *mut u8 }
            }

            const FLAGS_AND_PADDING: usize = behind(
                Self::FLAGS,
                &[(Self::TAG, size_of::<T>()), $((offset_of!(Self, $index), size_of::<$slot>())),*],
                size_of::<Self>(),
            );
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
