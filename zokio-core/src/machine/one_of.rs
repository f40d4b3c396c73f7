//! Groups of slots that never live together: they share memory.
//!
//! A union for each number of groups, rather than pairs of pairs: how deep types are nested is what the compiler's limits count.

use std::fmt;
use std::mem::ManuallyDrop;

use super::Laid;
use super::layout::Piece;

macro_rules! one_of {
    ($($name:ident: $($group:ident $field:ident)*;)*) => { $(
        /// One of so many groups of slots.
        #[repr(C)]
        pub union $name<$($group: Laid),*> {
            $($field: ManuallyDrop<$group::Bare>,)*
        }

        impl<$($group: Laid),*> fmt::Debug for $name<$($group),*> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(stringify!($name))
            }
        }

        impl<$($group: Laid),*> Laid for $name<$($group),*> {
            type Bare = Self;

            const PIECE: &'static Piece = &Piece::OneOf(&[$($group::PIECE),*]);
        }
    )* };
}

one_of! {
    OneOf2: A _a B _b;
    OneOf3: A _a B _b C _c;
    OneOf4: A _a B _b C _c D _d;
    OneOf5: A _a B _b C _c D _d E _e;
    OneOf6: A _a B _b C _c D _d E _e F _f;
    OneOf7: A _a B _b C _c D _d E _e F _f G _g;
    OneOf8: A _a B _b C _c D _d E _e F _f G _g H _h;
}
