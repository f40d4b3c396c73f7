//! Groups of slots that never live together: they share memory.
//!
//! A union for each number of groups, rather than pairs of pairs, and of the groups' own types: how deep types are nested is what the compiler's
//! limits count. What kinds of slots they are is said beside, by types without size; of a tuple of slots, its type says it.

use std::fmt;
use std::marker::PhantomData;
use std::mem::ManuallyDrop;

use super::Laid;
use super::layout::Piece;

/// The kind of a group of slots.
pub trait Kind<Group> {
    /// What the group is made of.
    const PIECE: &'static Piece;
}

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
