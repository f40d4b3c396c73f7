//! Groups of slots that never live together: they share memory.
//!
//! A union for each number of groups, rather than pairs of pairs: how deep types are nested is what the compiler's limits count.

use std::fmt;
use std::mem::ManuallyDrop;

use super::Laid;
use super::layout::Piece;

/// The address of what shares memory.
#[inline(always)]
pub const fn bare<B>(address: *mut ManuallyDrop<B>) -> *mut B {
    address as *mut B
}

macro_rules! one_of {
    ($($name:ident: $($group:ident $field:ident)*;)*) => { $(
        /// One of so many groups of slots.
        #[repr(C)]
        pub union $name<$($group: Laid),*> {
            $(
                /// One of them.
                pub $field: ManuallyDrop<$group::Bare>,
            )*
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
    OneOf2: A a B b;
    OneOf3: A a B b C c;
    OneOf4: A a B b C c D d;
    OneOf5: A a B b C c D d E e;
    OneOf6: A a B b C c D d E e F f;
    OneOf7: A a B b C c D d E e F f G g;
    OneOf8: A a B b C c D d E e F f G g H h;
}
