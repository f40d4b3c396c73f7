//! By value or by reference? What a method does with its receiver, asked of the compiler.
//!
//! `x.finish()` may consume `x` or borrow it, and only the type says which. The expansion asks in code that is type-checked
//! and never run. It declares a trait `Ask` with a method of the same name and number of arguments, and calls the method thrice:
//!
//! 1. On a `&T`. Method lookup first tries the methods whose receiver is a `&T`, thus those of `T` that take `&self`, and
//!    then those whose receiver is a `&&T`: there the asking trait waits, implemented for every `&T`. If it is found, `T` has no
//!    such `&self` method.
//! 2. On a `&mut T`, likewise.
//! 3. If both found the asking trait: on a `T`, with the asking trait implemented for every type, so that it is found at the
//!    autoreferenced step. If it is found, no method takes `T` by value, and what is meant lies behind a `Deref`.
//!
//! The types of the three results select a [`Gate`] by autoref specialisation (David Tolnay's technique). A method that is found
//! returns its own type, the asking trait's returns [`Taken`].

use std::fmt;
use std::marker::{PhantomData, PhantomPinned};

use super::{Guard, Hold, Nothing, Slot};

/// What the method of an asking trait returns. No other type is it, and it is not `Unpin`.
#[derive(Debug)]
pub struct Taken(PhantomPinned);

/// What a call that is never made returns.
pub struct Question<R>(PhantomData<fn(R) -> R>);

impl<R> Clone for Question<R> {
    #[inline(always)]
    fn clone(&self) -> Self {
        *self
    }
}

impl<R> Copy for Question<R> {}

impl<R> fmt::Debug for Question<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Question")
    }
}

/// A question that is not asked yet.
#[inline(always)]
pub const fn question<R>() -> Question<R> {
    Question(PhantomData)
}

impl<R> Question<R> {
    /// The call's result says what the type is.
    pub fn is(self, _: R) {}

    /// A value of the type, for a call that is never made.
    pub fn any(self) -> R {
        any()
    }
}

/// An argument: of the type that the question has found for it.
#[inline(always)]
pub fn tie<R>(_question: Question<R>, argument: R) -> R {
    argument
}

/// A `&T`, for a call that is never made.
pub fn shared<'a, T: ?Sized>(_place: *mut T) -> &'a T {
    unreachable!("only for the compiler")
}

/// A `&mut T`, for a call that is never made.
pub fn mutable<'a, T: ?Sized>(_place: *mut T) -> &'a mut T {
    unreachable!("only for the compiler")
}

/// A thing of any type, for a call that is never made.
pub fn any<T>() -> T {
    unreachable!("only for the compiler")
}

/// A type whose only method is the asking trait's.
#[derive(Debug)]
pub struct Nobody;

/// `&self` was found.
pub struct Shared<R>(Question<R>);
/// `&mut self` was found.
pub struct Mutable<R>(Question<R>);
/// Neither was found.
#[derive(Debug, Clone, Copy)]
pub struct Neither;
/// `self` was found.
pub struct Owned<R>(Question<R>);
/// The method lies behind a `Deref`.
#[derive(Debug, Clone, Copy)]
pub struct Behind;

macro_rules! plain {
    ($($name:ident)*) => { $(
        impl<R> Clone for $name<R> {
            #[inline(always)]
            fn clone(&self) -> Self {
                *self
            }
        }
        impl<R> Copy for $name<R> {}
        impl<R> fmt::Debug for $name<R> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(stringify!($name))
            }
        }
    )* };
}

plain!(Shared Mutable Owned);

/// The first two answers.
#[derive(Debug)]
pub struct References<A, B>(Question<A>, Question<B>);

/// Puts the first two answers together.
#[inline(always)]
pub const fn references<A, B>(shared: Question<A>, mutable: Question<B>) -> References<A, B> {
    References(shared, mutable)
}

/// The five cases, by the number of references before [`References`]: the first that fits is taken. What is not inferred yet
/// is a method's own result that depends on where it goes, so it fits the first.
pub mod case {
    use super::{Behind, Mutable, Neither, Nobody, Owned, References, Shared, Taken, Third, ThirdAnswer, any};

    /// A case: see [`case`](self).
    pub trait One<G> {
        /// The gate.
        fn gate(&self) -> G;
    }
    /// A case: see [`case`](self).
    pub trait Two<G> {
        /// The gate.
        fn gate(&self) -> G;
    }
    /// A case: see [`case`](self).
    pub trait Three<G> {
        /// The gate.
        fn gate(&self) -> G;
    }
    /// A case: see [`case`](self).
    pub trait Four<G> {
        /// The gate.
        fn gate(&self) -> G;
    }
    /// A case: see [`case`](self).
    pub trait Five<G> {
        /// The gate.
        fn gate(&self) -> G;
    }

    impl<A: Unpin, B> One<Shared<A>> for &&&&References<A, B> {
        #[inline(always)]
        fn gate(&self) -> Shared<A> {
            Shared(self.0)
        }
    }
    impl<B: Unpin> Two<Mutable<B>> for &&&References<Taken, B> {
        #[inline(always)]
        fn gate(&self) -> Mutable<B> {
            Mutable(self.1)
        }
    }
    impl Three<Neither> for &&References<Taken, Taken> {
        #[inline(always)]
        fn gate(&self) -> Neither {
            Neither
        }
    }
    impl<B> Four<Mutable<B>> for &References<Taken, B> {
        #[inline(always)]
        fn gate(&self) -> Mutable<B> {
            Mutable(self.1)
        }
    }
    impl<A, B> Five<Shared<A>> for References<A, B> {
        #[inline(always)]
        fn gate(&self) -> Shared<A> {
            Shared(self.0)
        }
    }

    /// A case: see [`case`](self).
    pub trait AskNobody {
        /// Whom to ask.
        fn receiver(&self) -> Nobody {
            any()
        }
    }
    /// A case: see [`case`](self).
    pub trait AskOwner<T> {
        /// Whom to ask.
        fn receiver(&self) -> T;
    }
    /// A case: see [`case`](self).
    pub trait AskNobodyElse {
        /// Whom to ask.
        fn receiver(&self) -> Nobody {
            any()
        }
    }

    // A reference is `Copy`, or may be reborrowed: by value or not makes no difference.
    impl<T: ?Sized> AskNobody for &&Third<Neither, &T> {}
    impl<T> AskOwner<T> for &Third<Neither, T> {
        fn receiver(&self) -> T {
            any()
        }
    }
    impl<G, T> AskNobodyElse for Third<G, T> {}

    /// A case: see [`case`](self).
    pub trait Last1<G> {
        /// The gate.
        fn last(&self) -> G;
    }
    /// A case: see [`case`](self).
    pub trait Last2<G> {
        /// The gate.
        fn last(&self) -> G;
    }
    /// A case: see [`case`](self).
    pub trait Last3<G> {
        /// The gate.
        fn last(&self) -> G;
    }
    /// A case: see [`case`](self).
    pub trait Last4<G> {
        /// The gate.
        fn last(&self) -> G;
    }

    impl<R: Unpin> Last1<Owned<R>> for &&&ThirdAnswer<Neither, R> {
        #[inline(always)]
        fn last(&self) -> Owned<R> {
            Owned(self.1)
        }
    }
    impl Last2<Behind> for &&ThirdAnswer<Neither, Taken> {
        #[inline(always)]
        fn last(&self) -> Behind {
            Behind
        }
    }
    impl<R> Last3<Owned<R>> for &ThirdAnswer<Neither, R> {
        #[inline(always)]
        fn last(&self) -> Owned<R> {
            Owned(self.1)
        }
    }
    impl<G: Copy, R> Last4<G> for ThirdAnswer<G, R> {
        #[inline(always)]
        fn last(&self) -> G {
            self.0
        }
    }
}

/// Whom to ask the third time.
#[derive(Debug)]
pub struct Third<G, T>(PhantomData<fn() -> (G, T)>);

/// Makes a [`Third`]: `place` says what the receiver's type is.
#[inline(always)]
pub const fn third<G, T>(_gate: &G, _place: *mut T) -> Third<G, T> {
    Third(PhantomData)
}

/// The gate so far, and the third answer.
#[derive(Debug)]
pub struct ThirdAnswer<G, R>(G, Question<R>);

/// Makes a [`ThirdAnswer`].
#[inline(always)]
pub const fn third_answer<G, R>(gate: G, answer: Question<R>) -> ThirdAnswer<G, R> {
    ThirdAnswer(gate, answer)
}

/// Says that question and call return the same type: so what the call's context knows of it, the question knows too.
pub trait Answer<R>: Copy {}

impl<R> Answer<R> for Owned<R> {}
impl<R> Answer<R> for Shared<R> {}
impl<R> Answer<R> for Mutable<R> {}
impl<R> Answer<R> for Behind {}

/// The call's result.
#[inline(always)]
pub fn answer<R, G: Answer<R>>(_gate: G, result: R) -> R {
    result
}

/// What is known in the end: how a receiver gets to its method.
pub trait Gate<T>: Copy {
    /// What the method is called on.
    type Receiver<'u>
    where
        T: 'u;
    /// Where a temporary receiver lives.
    type Home: Hold<T>;

    /// The receiver that is a local: full, and used here for the last time.
    ///
    /// # Safety
    /// `place` is that of the guard's slot, which holds a value.
    unsafe fn receive<'u>(self, guard: &mut Guard<'_, T>, place: *mut T) -> Self::Receiver<'u>
    where
        T: 'u;

    /// The receiver that is a part of a local.
    ///
    /// # Safety
    /// `place` is that of the part, which is there.
    unsafe fn receive_part<'u>(self, place: *mut T, take: impl FnOnce(*mut T) -> T) -> Self::Receiver<'u>
    where
        T: 'u;

    /// The receiver that is a temporary.
    ///
    /// # Safety
    /// `home` is that of the guard, and holds nothing.
    unsafe fn hold<'u>(self, guard: &mut Guard<'_, T>, home: *mut Self::Home, value: T) -> Self::Receiver<'u>
    where
        T: 'u;
}

/// [`Gate::receive`].
///
/// # Safety
/// As there.
#[inline(always)]
pub unsafe fn receive<'u, T: 'u, G: Gate<T>>(gate: G, guard: &mut Guard<'_, T>, place: *mut T) -> G::Receiver<'u> {
    // SAFETY: the caller's promise.
    unsafe { gate.receive(guard, place) }
}

/// A receiver that is a part of a local: `take` moves it out where the method consumes it.
///
/// # Safety
/// `place` is that of the part, which is there.
#[inline(always)]
pub unsafe fn receive_part<'u, T: 'u, G: Gate<T>>(
    gate: G,
    place: *mut T,
    take: impl FnOnce(*mut T) -> T,
) -> G::Receiver<'u> {
    // SAFETY: the caller's promise.
    unsafe { gate.receive_part(place, take) }
}

/// [`Gate::hold`].
///
/// # Safety
/// As there.
#[inline(always)]
pub unsafe fn hold<'u, T: 'u, G: Gate<T>>(
    gate: G,
    guard: &mut Guard<'_, T>,
    home: *mut G::Home,
    value: T,
) -> G::Receiver<'u> {
    // SAFETY: the caller's promise.
    unsafe { gate.hold(guard, home, value) }
}

impl<T, R> Gate<T> for Owned<R> {
    type Receiver<'u>
        = T
    where
        T: 'u;
    type Home = Nothing<T>;

    #[inline(always)]
    unsafe fn receive<'u>(self, guard: &mut Guard<'_, T>, place: *mut T) -> T
    where
        T: 'u,
    {
        // SAFETY: the caller's promise.
        unsafe { guard.take(place) }
    }

    #[inline(always)]
    unsafe fn receive_part<'u>(self, place: *mut T, take: impl FnOnce(*mut T) -> T) -> T
    where
        T: 'u,
    {
        take(place)
    }

    #[inline(always)]
    unsafe fn hold<'u>(self, _: &mut Guard<'_, T>, _: *mut Nothing<T>, value: T) -> T
    where
        T: 'u,
    {
        value
    }
}

/// The gates behind which a receiver is borrowed.
macro_rules! borrows {
    ($([$($parameter:ident)?] $name:ty => $lifetime:lifetime $reference:ty, ($($borrow:tt)+);)*) => { $(
        impl<T, $($parameter)?> Gate<T> for $name {
            type Receiver<$lifetime>
                = $reference
            where
                T: $lifetime;
            type Home = Slot<T>;

            #[inline(always)]
            unsafe fn receive<$lifetime>(self, _: &mut Guard<'_, T>, place: *mut T) -> $reference
            where
                T: $lifetime,
            {
                // SAFETY: the caller's promise; the slot outlives what borrows it, as the witness has shown.
                unsafe { $($borrow)+ *place }
            }

            #[inline(always)]
            unsafe fn receive_part<$lifetime>(self, place: *mut T, _: impl FnOnce(*mut T) -> T) -> $reference
            where
                T: $lifetime,
            {
                // SAFETY: the caller's promise; the slot outlives what borrows it, as the witness has shown.
                unsafe { $($borrow)+ *place }
            }

            #[inline(always)]
            unsafe fn hold<$lifetime>(self, guard: &mut Guard<'_, T>, home: *mut Slot<T>, value: T) -> $reference
            where
                T: $lifetime,
            {
                let place = super::place(home);
                // SAFETY: the caller's promise; and as above.
                unsafe {
                    guard.put(place, value);
                    $($borrow)+ *place
                }
            }
        }
    )* };
}

borrows! {
    // Others may look at it too.
    [R] Shared<R> => 'u &'u T, (&);
    [R] Mutable<R> => 'u &'u mut T, (&mut);
    [] Behind => 'u &'u mut T, (&mut);
}
