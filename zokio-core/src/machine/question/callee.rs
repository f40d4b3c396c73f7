//! What is called by the name of a local, as its last use: a function that can be called only once is moved out, any other stays.

use std::ops::DerefMut;

use super::{Mutable, Owned, Question, Shared, question};

/// Something that is called, with the types of its arguments.
#[derive(Debug)]
pub struct Callee<F, A>(Question<(F, A)>);

/// Makes a [`Callee`]: `place` says what its type is.
#[inline(always)]
pub const fn callee<F, A: Copy>(_place: *mut F, _arguments: A) -> Callee<F, A> {
    Callee(question())
}

/// The cases of how something is called: the first that fits is taken, by the number of references before the [`Callee`].
macro_rules! cases {
    ($($name:ident $gate:ident;)*) => { $(
        /// A case of how something is called.
        pub trait $name {
            /// How it gets to the call.
            #[inline(always)]
            fn __zokio_called(&self) -> $gate<()> {
                $gate(question())
            }
        }
    )* };
}

cases! {
    Called Shared;
    CalledMut Mutable;
    CalledAsync Shared;
    CalledAsyncMut Mutable;
    CalledOnce Owned;
    CalledAsyncOnce Owned;
    CalledBehindMut Mutable;
    CalledBehind Shared;
}

// What is called lies behind a `DerefMut`, as behind a lock's guard: it may change.
impl<F: DerefMut, A> CalledBehindMut for &Callee<F, A> {}

// What is called lies behind a `Deref`, or nothing is known of it: it stays.
impl<F, A> CalledBehind for Callee<F, A> {}

/// The others, for each number of arguments.
macro_rules! arguments {
    ($(($($argument:ident)*))*) => { $(
        impl<F: Fn($($argument),*) -> R, R, $($argument),*> Called for &&&&&&&Callee<F, ($(Question<$argument>,)*)> {}
        impl<F: FnMut($($argument),*) -> R, R, $($argument),*> CalledMut for &&&&&&Callee<F, ($(Question<$argument>,)*)> {}
        impl<F: AsyncFn($($argument),*) -> R, R, $($argument),*> CalledAsync for &&&&&Callee<F, ($(Question<$argument>,)*)> {}
        impl<F: AsyncFnMut($($argument),*) -> R, R, $($argument),*> CalledAsyncMut for &&&&Callee<F, ($(Question<$argument>,)*)> {}
        impl<F: FnOnce($($argument),*) -> R, R, $($argument),*> CalledOnce for &&&Callee<F, ($(Question<$argument>,)*)> {}
        impl<F: AsyncFnOnce($($argument),*) -> R, R, $($argument),*> CalledAsyncOnce for &&Callee<F, ($(Question<$argument>,)*)> {}
    )* };
}

arguments!(() (A) (A B) (A B C) (A B C D) (A B C D E) (A B C D E G));
