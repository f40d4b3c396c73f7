//! The arguments of a machine: what it is made of, in the slots where it starts.

use std::ptr;

use super::record::arguments;
use super::{Described, Frame};

/// A tuple of arguments, or of captures.
pub trait Arguments {
    /// Moves them into their slots.
    ///
    /// # Safety
    /// `frame` points to memory for a frame, whose slots hold nothing; the first record of `D` begins with the slots of arguments of these
    /// types.
    unsafe fn fill<D: Described, F: Frame>(self, frame: *mut F);
}

/// One implementation for every beginning of the list.
macro_rules! tuples {
    ([$($done:ident $value:ident $offset:ident)*]) => { tuples!(@ $($done $value $offset)*); };
    ([$($done:tt)*] $next:ident $value:ident $offset:ident $($rest:ident)*) => {
        tuples!(@ $($done)*);
        tuples!([$($done)* $next $value $offset] $($rest)*);
    };
    (@ $($argument:ident $value:ident $offset:ident)*) => {
        impl<$($argument),*> Arguments for ($($argument,)*) {
            #[inline(always)]
            #[allow(clippy::unused_unit, unused_variables)] // Of the empty one.
            unsafe fn fill<D: Described, F: Frame>(self, frame: *mut F) {
                let ($($value,)*) = self;
                let [$($offset),*] = const { arguments::<D, F, { 0 $(+ one(stringify!($argument)))* }>() };
                // SAFETY: the caller's promise: each is within the frame, where its slot is.
                $(unsafe { ptr::write((frame as *mut u8).wrapping_add($offset) as *mut $argument, $value) };)*
            }
        }
    };
}

/// Counts.
const fn one(_name: &str) -> usize {
    1
}

tuples! {
    [] A0 a0 o0 A1 a1 o1 A2 a2 o2 A3 a3 o3 A4 a4 o4 A5 a5 o5 A6 a6 o6 A7 a7 o7 A8 a8 o8 A9 a9 o9 A10 a10 o10 A11 a11 o11 A12 a12 o12
    A13 a13 o13 A14 a14 o14 A15 a15 o15 A16 a16 o16 A17 a17 o17 A18 a18 o18 A19 a19 o19 A20 a20 o20 A21 a21 o21 A22 a22 o22 A23 a23 o23
    A24 a24 o24 A25 a25 o25 A26 a26 o26 A27 a27 o27 A28 a28 o28 A29 a29 o29 A30 a30 o30 A31 a31 o31 A32 a32 o32 A33 a33 o33 A34 a34 o34
    A35 a35 o35 A36 a36 o36 A37 a37 o37 A38 a38 o38 A39 a39 o39 A40 a40 o40 A41 a41 o41 A42 a42 o42 A43 a43 o43 A44 a44 o44 A45 a45 o45
    A46 a46 o46 A47 a47 o47
}
