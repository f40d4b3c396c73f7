//! The cases of each step, by the number of references before what is asked: the first that fits is taken. What is not inferred
//! yet is a method's own result that depends on where it goes, so it fits the first.

use super::{Asked, Behind, Copied, Mutable, Neither, Owned, Shared, Start, Taken, Twice, Unknown, Whom, any};

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

whom! { shared:
    SharedWhom ['a, T: 'a, N] &Whom<Unknown, T, N> => &'a T;
    SharedKnown [G, T, N] Whom<G, T, N> => N;
}
whom! { owned:
    OwnedWhom [T, N] &Whom<Neither, T, N> => T;
    OwnedKnown [G, T, N] Whom<G, T, N> => N;
}
whom! { mutable:
    MutableWhom ['a, T: 'a, N] &Whom<Neither, T, N> => &'a mut T;
    MutableKnown [G, T, N] Whom<G, T, N> => N;
}
whom! { again:
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

known! { start:
    Start1 [T: ?Sized] &Start<&T> => Copied, |_it| Copied;
    Start2 [T] Start<T> => Unknown, |_it| Unknown;
}
known! { first:
    First1 [R: Unpin] &&&Asked<Unknown, R> => Shared<R>, |it| Shared(it.1);
    First2 [] &&Asked<Unknown, Taken> => Neither, |_it| Neither;
    First3 [R] &Asked<Unknown, R> => Shared<R>, |it| Shared(it.1);
    First4 [G: Copy, R] Asked<G, R> => G, |it| it.0;
}
known! { second:
    Second1 [R: Unpin] &&&Asked<Neither, R> => Owned<R>, |it| Owned(it.1);
    Second2 [] &&Asked<Neither, Taken> => Neither, |_it| Neither;
    Second3 [R] &Asked<Neither, R> => Owned<R>, |it| Owned(it.1);
    Second4 [G: Copy, R] Asked<G, R> => G, |it| it.0;
}
known! { third:
    Third1 [R: Unpin] &&&Asked<Neither, R> => Mutable<R>, |it| Mutable(it.1);
    Third2 [] &&Asked<Neither, Taken> => Behind, |_it| Behind;
    Third3 [R] &Asked<Neither, R> => Mutable<R>, |it| Mutable(it.1);
    Third4 [G: Copy, R] Asked<G, R> => G, |it| it.0;
}
known! { last:
    Last1 [R, S] &&Twice<Shared<R>, R, S, S> => Shared<R>, |it| it.0.0;
    Last2 [R, O, S, U] &Twice<Shared<R>, O, S, U> => Owned<O>, |it| Owned(it.0.1);
    Last3 [G: Copy, R, S, U] Twice<G, R, S, U> => G, |it| it.0.0;
}
