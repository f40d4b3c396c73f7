//! The types that frames consist of: slots, and groups of slots.

use std::fmt;
use std::mem::{ManuallyDrop, needs_drop};

use super::layout::{Content, Dropped, Piece};
use super::{Flag, Follow, Hold, Nothing, Partial, Perhaps, Question, Slot, question};

/// A type that frames consist of.
pub trait Laid {
    /// What it is made of.
    const PIECE: &'static Piece;
}

impl<T> Laid for Slot<T> {
    const PIECE: &'static Piece =
        &Piece::Slot(Content { size: size_of::<T>(), drop: Dropped::whole::<T>(), follow: None });
}

impl<T> Laid for Nothing<T> {
    const PIECE: &'static Piece = &Piece::Slot(Content { size: 0, drop: None, follow: None });
}

/// The home of a temporary, which says itself whether it has memory for one: its address is the home's.
#[repr(C)]
pub union Home<H> {
    _home: ManuallyDrop<H>,
}

impl<H: Hold + Laid> Laid for Home<H> {
    const PIECE: &'static Piece = H::PIECE;
}

/// A slot for a future that is awaited.
#[repr(C)]
pub union AwaitedSlot<F> {
    _full: ManuallyDrop<F>,
}

impl<F> Laid for AwaitedSlot<F> {
    const PIECE: &'static Piece = &Piece::Slot(Content {
        size: size_of::<F>(),
        drop: Dropped::whole::<F>(),
        follow: Some(<Perhaps as Follow<F>>::ONWARD),
    });
}

/// As [`AwaitedSlot`], for what may be a pointer to a machine, or somebody's own: `K` says how a chain goes on there.
#[repr(C)]
pub union FollowedSlot<F, K> {
    _full: ManuallyDrop<F>,
    _kind: Question<K>,
}

impl<F, K: Follow<F>> Laid for FollowedSlot<F, K> {
    const PIECE: &'static Piece =
        &Piece::Slot(Content { size: size_of::<F>(), drop: Dropped::whole::<F>(), follow: Some(K::ONWARD) });
}

/// A slot for a value of which `PARTS` may be moved out one by one. `R` drops what is left.
#[repr(C)]
pub union PartialSlot<T, A, R, const PARTS: usize> {
    _full: ManuallyDrop<T>,
    _rest: Question<(A, R)>,
}

impl<T, A, R: Fn(T, [bool; PARTS], A), const PARTS: usize> Laid for PartialSlot<T, A, R, PARTS> {
    const PIECE: &'static Piece = &Piece::Slot(Content {
        size: size_of::<T>(),
        drop: if needs_drop::<T>() { Some(Dropped::Parts(drop_rest::<T, A, R, PARTS>)) } else { None },
        follow: None,
    });
}

/// Drops what is left of a value.
unsafe fn drop_rest<T, A, R: Fn(T, [bool; PARTS], A), const PARTS: usize>(place: *mut (), moved: *mut Flag) {
    // SAFETY: the caller's promise: a value of this type is there, and nobody else's; the flags of its parts are written.
    drop(unsafe { Partial::<T, A, R, PARTS>::new(place.cast(), true, moved.cast(), question()) });
}

macro_rules! opaque {
    ($($name:ident<$($parameter:ident),*> $(, $count:ident)?;)*) => { $(
        impl<$($parameter,)* $(const $count: usize)?> fmt::Debug for $name<$($parameter,)* $($count)?> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(stringify!($name))
            }
        }
    )* };
}

opaque! {
    Home<H>;
    AwaitedSlot<F>;
    FollowedSlot<F, K>;
    PartialSlot<T, A, R>, PARTS;
}

/// One implementation for every beginning of the list: all at the same time.
macro_rules! tuples {
    ([$($done:ident $index:tt)*]) => { tuples!(@ $($done $index)*); };
    ([$($done:ident $index:tt)*] $next:ident $number:tt $($rest:tt)*) => {
        tuples!(@ $($done $index)*);
        tuples!([$($done $index)* $next $number] $($rest)*);
    };
    (@ $($part:ident $index:tt)*) => {
        impl<$($part: Laid),*> Laid for ($($part,)*) {
            const PIECE: &'static Piece = &Piece::Beside(&[$((std::mem::offset_of!(Self, $index), $part::PIECE)),*]);
        }
    };
}

tuples! {
    [] P0 0 P1 1 P2 2 P3 3 P4 4 P5 5 P6 6 P7 7 P8 8 P9 9 P10 10 P11 11 P12 12 P13 13 P14 14 P15 15 P16 16 P17 17 P18 18 P19 19 P20 20
    P21 21 P22 22 P23 23 P24 24 P25 25 P26 26 P27 27 P28 28 P29 29 P30 30 P31 31
}
