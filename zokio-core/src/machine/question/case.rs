//! The cases of each step, by the number of references before what is asked: the first that fits is taken. What is not inferred
//! yet is a method's own result that depends on where it goes, so it fits the first: which says of it what is true of all but
//! [`Taken`]. That it is `Unpin` is not true of all, so of what is awaited it is said that it can be, and where there are type parameters, that it is
//! [`Found`].

use std::future::IntoFuture;
use std::ops::Deref;

use super::{
    Asked, Await, Behind, Boxed, Copied, Found, Generic, Lookup, Mutable, Neither, Nowhere, Of, Owned, Reach, Shared,
    Start, Taken, Twice, TwiceGiven, Unknown, Whom, Within, any, question,
};

/// Whom to ask at a step.
macro_rules! whom {
    ($method:ident: $($name:ident [$($parameters:tt)*] $case:ty => $whom:ty;)*) => { $(
        /// A case of whom to ask.
        pub trait $name<W> {
            /// Whom to ask.
            fn $method(&self) -> W;
        }
        impl<$($parameters)*> $name<$whom> for $case {
            fn $method(&self) -> $whom {
                any()
            }
        }
    )* };
}

whom! { __zokio_shared:
    SharedWhom ['a, T: 'a, N] &Whom<Unknown, T, N> => &'a T;
    SharedKnown [G, T, N] Whom<G, T, N> => N;
}
whom! { __zokio_owned:
    OwnedWhom [T, N] &Whom<Neither, T, N> => T;
    OwnedKnown [G, T, N] Whom<G, T, N> => N;
}
whom! { __zokio_mutable:
    MutableWhom ['a, T: 'a, N] &Whom<Neither, T, N> => &'a mut T;
    MutableKnown [G, T, N] Whom<G, T, N> => N;
}
whom! { __zokio_within:
    WithinWhom ['a, T: 'a, N] &Whom<Boxed, Box<T>, N> => &'a T;
    WithinKnown [G, T, N] Whom<G, T, N> => N;
}
whom! { __zokio_unboxed:
    UnboxedWhom [T, N] &Whom<Within, Box<T>, N> => T;
    UnboxedKnown [G, T, N] Whom<G, T, N> => N;
}
whom! { __zokio_again:
    AgainWhom [R, T, N] &Whom<Shared<R>, T, N> => T;
    AgainKnown [G, T, N] Whom<G, T, N> => N;
}

/// What an answer says.
macro_rules! known {
    ($method:ident: $($name:ident [$($parameters:tt)*] $case:ty => $gate:ty, |$it:ident| $known:expr;)*) => { $(
        /// A case of what an answer says.
        pub trait $name<G> {
            /// What is known now.
            fn $method(&self) -> G;
        }
        impl<$($parameters)*> $name<$gate> for $case {
            #[inline(always)]
            fn $method(&self) -> $gate {
                let $it = self;
                $known
            }
        }
    )* };
}

known! { __zokio_start:
    Start1 [T: ?Sized] &Start<&T> => Copied, |_it| Copied;
    Start2 [T] Start<T> => Unknown, |_it| Unknown;
}
known! { __zokio_first:
    First1 [R: Unpin] &&&Asked<Unknown, R> => Shared<R>, |it| Shared(it.answer());
    FirstAwaited [R: IntoFuture] &&&Asked<Unknown, R, Await> => Shared<R>, |it| Shared(it.answer());
    FirstGeneric [R: Found<By = Lookup>] &&&Asked<Unknown, R, Generic> => Shared<R>, |it| Shared(it.answer());
    First2 [A] &&Asked<Unknown, Taken, A> => Neither, |_it| Neither;
    FirstNeither [R] &&Asked<Unknown, R, Generic> => Neither, |_it| Neither;
    First3 [R, A] &Asked<Unknown, R, A> => Shared<R>, |it| Shared(it.answer());
    First4 [G: Copy, R, A] Asked<G, R, A> => G, |it| it.0;
}
known! { __zokio_second:
    Second1 [R: Unpin] &&&Asked<Neither, R> => Owned<R>, |it| Owned(it.answer());
    SecondAwaited [R: IntoFuture] &&&Asked<Neither, R, Await> => Owned<R>, |it| Owned(it.answer());
    SecondGeneric [R: Found<By = Lookup>] &&&Asked<Neither, R, Generic> => Owned<R>, |it| Owned(it.answer());
    Second2 [A] &&Asked<Neither, Taken, A> => Neither, |_it| Neither;
    SecondNeither [R] &&Asked<Neither, R, Generic> => Neither, |_it| Neither;
    Second3 [R, A] &Asked<Neither, R, A> => Owned<R>, |it| Owned(it.answer());
    Second4 [G: Copy, R, A] Asked<G, R, A> => G, |it| it.0;
}
known! { __zokio_third:
    Third1 [R: Unpin] &&&Asked<Neither, R> => Mutable<R>, |it| Mutable(it.answer());
    ThirdAwaited [R: IntoFuture] &&&Asked<Neither, R, Await> => Mutable<R>, |it| Mutable(it.answer());
    ThirdGeneric [R: Found<By = Lookup>] &&&Asked<Neither, R, Generic> => Mutable<R>, |it| Mutable(it.answer());
    Third2 [A] &&Asked<Neither, Taken, A> => Behind, |_it| Behind;
    ThirdNeither [R] &&Asked<Neither, R, Generic> => Behind, |_it| Behind;
    Third3 [R, A] &Asked<Neither, R, A> => Mutable<R>, |it| Mutable(it.answer());
    Third4 [G: Copy, R, A] Asked<G, R, A> => G, |it| it.0;
}
known! { __zokio_boxed:
    Boxed1 [T] &Of<Behind, Box<T>> => Boxed, |_it| Boxed;
    Boxed2 [G: Copy, T] Of<G, T> => G, |it| it.0;
}
known! { __zokio_fourth:
    Fourth1 [R: Unpin] &&&Asked<Boxed, R> => Behind, |_it| Behind;
    FourthAwaited [R: IntoFuture] &&&Asked<Boxed, R, Await> => Behind, |_it| Behind;
    FourthGeneric [R: Found<By = Lookup>] &&&Asked<Boxed, R, Generic> => Behind, |_it| Behind;
    Fourth2 [A] &&Asked<Boxed, Taken, A> => Within, |_it| Within;
    FourthNeither [R] &&Asked<Boxed, R, Generic> => Within, |_it| Within;
    Fourth3 [R, A] &Asked<Boxed, R, A> => Behind, |_it| Behind;
    Fourth4 [G: Copy, R, A] Asked<G, R, A> => G, |it| it.0;
}
known! { __zokio_fifth:
    Fifth1 [R: Unpin] &&&Asked<Within, R> => Owned<R>, |it| Owned(it.answer());
    FifthAwaited [R: IntoFuture] &&&Asked<Within, R, Await> => Owned<R>, |it| Owned(it.answer());
    FifthGeneric [R: Found<By = Lookup>] &&&Asked<Within, R, Generic> => Owned<R>, |it| Owned(it.answer());
    Fifth2 [A] &&Asked<Within, Taken, A> => Behind, |_it| Behind;
    FifthNeither [R] &&Asked<Within, R, Generic> => Behind, |_it| Behind;
    Fifth3 [R, A] &Asked<Within, R, A> => Owned<R>, |it| Owned(it.answer());
    Fifth4 [G: Copy, R, A] Asked<G, R, A> => G, |it| it.0;
}
known! { __zokio_reached:
    ReachedDeref [T: Deref, N] &&&Reach<Behind, T, N> => Behind, |_it| Behind;
    // Of these, methods of slices and of `*const T` are found as well.
    ReachedArray [T, N, const LENGTH: usize] &&Reach<Behind, [T; LENGTH], N> => Behind, |_it| Behind;
    ReachedPointer [T: ?Sized, N] &&Reach<Behind, *mut T, N> => Behind, |_it| Behind;
    ReachedNothing [T, N] &Reach<Behind, T, N> => Nowhere<N>, |_it| Nowhere(question());
    Reached [G: Copy, T, N] Reach<G, T, N> => G, |it| it.0;
}
known! { __zokio_last:
    Last1 [R, S, A] &&Twice<Shared<R>, R, S, S, A> => Shared<R>, |it| it.0.0;
    Last2 [R, O, S, U, A] &Twice<Shared<R>, O, S, U, A> => Owned<O>, |it| Owned(it.0.answer());
    Last3 [G: Copy, R, S, U, A] Twice<G, R, S, U, A> => G, |it| it.0.0;
    Given1 [R, O, S, A] &&TwiceGiven<Shared<R>, O, S, S, A> => Shared<R>, |it| it.0.0;
    Given2 [R, O, S, U, A] &TwiceGiven<Shared<R>, O, S, U, A> => Owned<O>, |it| Owned(it.0.answer());
    Given3 [G: Copy, R, S, U, A] TwiceGiven<G, R, S, U, A> => G, |it| it.0.0;
}
