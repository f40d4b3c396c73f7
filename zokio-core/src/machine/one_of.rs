//! Groups of slots that never live together: they share memory.
//!
//! A union for each number of groups, rather than pairs of pairs, and of the groups' own types: how deep types are nested is what the compiler's
//! limits count. So a group of several is a tuple of their values. What kinds of slots they are is said beside, by types without size.

use std::fmt;
use std::marker::PhantomData;
use std::mem::{ManuallyDrop, offset_of};

use super::Laid;
use super::layout::Piece;

/// The kind of a group of slots.
pub trait Kind<Group> {
    /// What the group is made of.
    const PIECE: &'static Piece;
}

/// The kind of a group that is a tuple of values: a tuple of theirs.
#[derive(Debug)]
pub struct Beside<Kinds>(PhantomData<Kinds>);

/// The kind of a group whose type says what it is made of.
#[derive(Debug)]
pub enum Itself {}

impl<Group: Laid> Kind<Group> for Itself {
    const PIECE: &'static Piece = Group::PIECE;
}

// A value in a slot of its own.
impl<Group, Slot: Laid> Kind<Group> for Slot {
    const PIECE: &'static Piece = Slot::PIECE;
}

macro_rules! one_of {
    ($($name:ident: $($group:ident $kind:ident $field:ident)*;)*) => { $(
        /// One of so many groups of slots, of such kinds, a tuple.
        #[repr(C)]
        pub union $name<$($group,)* Kinds> {
            $($field: ManuallyDrop<$group>,)*
            _kinds: PhantomData<Kinds>,
        }

        impl<$($group,)* Kinds> fmt::Debug for $name<$($group,)* Kinds> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(stringify!($name))
            }
        }

        impl<$($group,)* $($kind: Kind<$group>),*> Laid for $name<$($group,)* ($($kind,)*)> {
            const PIECE: &'static Piece = &Piece::OneOf(&[$($kind::PIECE),*]);
        }
    )* };
}

one_of! {
    OneOf2: A KA _a B KB _b;
    OneOf3: A KA _a B KB _b C KC _c;
    OneOf4: A KA _a B KB _b C KC _c D KD _d;
    OneOf5: A KA _a B KB _b C KC _c D KD _d E KE _e;
    OneOf6: A KA _a B KB _b C KC _c D KD _d E KE _e F KF _f;
    OneOf7: A KA _a B KB _b C KC _c D KD _d E KE _e F KF _f G KG _g;
    OneOf8: A KA _a B KB _b C KC _c D KD _d E KE _e F KF _f G KG _g H KH _h;
}

/// One implementation for every beginning of the list: all at the same time.
macro_rules! beside {
    ([$($done:ident $kind:ident $index:tt)*]) => { beside!(@ ($($done,)*); $($done $kind $index)*); };
    ([$($done:ident $kind:ident $index:tt)*] $next:ident $next_kind:ident $number:tt $($rest:tt)*) => {
        beside!(@ ($($done,)*); $($done $kind $index)*);
        beside!([$($done $kind $index)* $next $next_kind $number] $($rest)*);
    };
    (@ $group:ty; $($value:ident $kind:ident $index:tt)*) => {
        impl<$($value,)* $($kind: Kind<$value>),*> Kind<$group> for Beside<($($kind,)*)> {
            const PIECE: &'static Piece = &Piece::Beside(&[$((offset_of!($group, $index), $kind::PIECE)),*]);
        }
    };
}

beside! {
    [] V0 K0 0 V1 K1 1 V2 K2 2 V3 K3 3 V4 K4 4 V5 K5 5 V6 K6 6 V7 K7 7 V8 K8 8 V9 K9 9 V10 K10 10 V11 K11 11 V12 K12 12 V13 K13 13 V14 K14 14
    V15 K15 15 V16 K16 16 V17 K17 17 V18 K18 18 V19 K19 19 V20 K20 20 V21 K21 21 V22 K22 22 V23 K23 23 V24 K24 24 V25 K25 25 V26 K26 26
    V27 K27 27 V28 K28 28 V29 K29 29 V30 K30 30 V31 K31 31
}
