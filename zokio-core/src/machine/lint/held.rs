//! What a slot holds while its machine waits: the guard of a lock, the borrow of a `RefCell`, or something else.

use std::cell::{Ref, RefMut};
use std::fmt;
use std::io::{StderrLock, StdinLock, StdoutLock};
use std::sync::{MutexGuard, RwLockReadGuard, RwLockWriteGuard};

use super::super::question::any;
use super::super::{Body, Machine, Slot};

/// The arguments of a machine and the places of its other slots, to ask for their types.
pub fn machine_slots<P: Body<D>, D>(_machine: &Machine<P, D>) -> P::Types {
    any()
}

/// What a slot holds.
pub struct Held<T>(*mut T);

impl<T> fmt::Debug for Held<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Held").field(&self.0).finish()
    }
}

/// The place says what the type is.
pub const fn held<T>(place: *mut T) -> Held<T> {
    Held(place)
}

/// It is the guard of a lock of std's.
#[derive(Debug)]
pub struct LockGuard;
/// It is a borrow of a `RefCell`.
#[derive(Debug)]
pub struct RefCellRef;
/// It is neither.
#[derive(Debug)]
pub struct Neither;

impl Neither {
    /// Nothing.
    pub fn held_across_await(self) {}
}

/// A type that is a guard, or has one in it, by what it guards.
trait Guards<G> {}

macro_rules! guards {
    ($($guard:ident: $([$($generic:tt)*] $type:ty)*;)*) => { $($(
        impl<$($generic)*> Guards<$guard> for $type {}
    )*)* };
}

guards! {
    LockGuard: [T: ?Sized] MutexGuard<'_, T> [T: ?Sized] RwLockReadGuard<'_, T> [T: ?Sized] RwLockWriteGuard<'_, T>
        [] StdinLock<'_> [] StdoutLock<'_> [] StderrLock<'_>;
    RefCellRef: [T: ?Sized] Ref<'_, T> [T: ?Sized] RefMut<'_, T>;
}

impl<G, T: Guards<G>> Guards<G> for Option<T> {}
impl<G, T: Guards<G>, E> Guards<G> for Result<T, E> {}
// The home of a temporary that is borrowed.
impl<G, T: Guards<G>> Guards<G> for Slot<T> {}

/// The answers, by the number of references before [`Held`]: the first that fits is taken.
pub mod held_cases {
    use super::{Guards, Held, LockGuard, Neither, RefCellRef, any};

    macro_rules! answers {
        ($($trait:ident $answer:ident)*) => { $(
            /// An answer: see [`held_cases`](self).
            pub trait $trait {
                /// What it is.
                fn guard(&self) -> $answer {
                    any()
                }
            }
        )* };
    }
    answers!(Lock LockGuard Borrow RefCellRef Other Neither);

    #[allow(private_bounds)] // Nobody else has guards.
    impl<T: Guards<LockGuard>> Lock for &&Held<T> {}
    #[allow(private_bounds)] // As above.
    impl<T: Guards<RefCellRef>> Borrow for &Held<T> {}
    impl<T> Other for Held<T> {}
}
