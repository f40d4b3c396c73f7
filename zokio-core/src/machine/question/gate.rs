//! Gates: how a receiver gets to its method.

use std::convert::Infallible;

use super::{Behind, Copied, Mutable, Nowhere, Owned, Question, Shared, question};
use crate::machine::refused::refused;
use crate::machine::{Guard, Hold, Nothing, Slot, place};

/// Says that question and call return the same type: so what the call's context knows of it, the question knows too.
pub trait Answer<R>: Copy {}

impl<R> Answer<R> for Owned<R> {}
impl<R> Answer<R> for Shared<R> {}
impl<R> Answer<R> for Mutable<R> {}
impl<R> Answer<R> for Copied {}
impl<R> Answer<R> for Behind {}
impl<R, N> Answer<R> for Nowhere<N> {}

/// A gate, and what the call has returned.
#[derive(Debug)]
pub struct Answered<G, R>(pub G, pub *const R);

/// The call returns what the questions do.
pub trait Tie {
    /// Says so.
    fn __zokio_tie(&self) {}
}

/// It returns something else, as far as the compiler knows: closures have types of their own.
pub trait NoTie {
    /// Nothing is said.
    fn __zokio_tie(&self) {}
}

impl<R, G: Answer<R>> Tie for &Answered<G, R> {}
impl<R, G> NoTie for Answered<G, R> {}

/// The call's result: a part of this, so that no type is expected of it in front of the answer's.
#[inline(always)]
pub fn answer<R, G: Answer<R>>(_gate: G, result: R) -> (R,) {
    (result,)
}

/// Whether a gate consumes, as a type: with [`Infallible`], code behind it cannot be reached, as the compiler knows, so that it is
/// not borrow-checked.
pub trait Consumes: Sized {
    /// One or the other.
    type Or<M: Consumes>: Consumes;

    /// The way on.
    fn go() -> Self;
}

impl Consumes for () {
    type Or<M: Consumes> = ();

    #[inline(always)]
    fn go() {}
}

impl Consumes for Infallible {
    type Or<M: Consumes> = M;

    fn go() -> Self {
        unreachable!("nothing was consumed")
    }
}

/// What consumes, or not.
pub trait Moves {
    /// Which.
    type Consumes: Consumes;
}

impl<R> Moves for Owned<R> {
    type Consumes = ();
}
impl<R> Moves for Shared<R> {
    type Consumes = Infallible;
}
impl<R> Moves for Mutable<R> {
    type Consumes = Infallible;
}
impl Moves for Copied {
    type Consumes = Infallible;
}
impl Moves for Behind {
    type Consumes = Infallible;
}
impl<N> Moves for Nowhere<N> {
    type Consumes = Infallible;
}
impl<A: Moves, B: Moves> Moves for (A, B) {
    type Consumes = <A::Consumes as Consumes>::Or<B::Consumes>;
}

/// Both gates.
#[inline(always)]
pub const fn either<A, B>(_one: Question<A>, _other: Question<B>) -> Question<(A, B)> {
    question()
}

/// Returns, where a gate consumes.
#[inline(always)]
pub fn consumed<G: Moves>(_gate: Question<G>) -> G::Consumes {
    G::Consumes::go()
}

/// What is known in the end: how a receiver gets to its method.
pub trait Gate<T>: Copy {
    /// What the method is called on.
    type Receiver<'u>
    where
        T: 'u;
    /// Where a temporary receiver lives.
    type Home: Hold<Value = T>;

    /// The receiver that is a local: full, and used here for the last time.
    ///
    /// # Safety
    /// `place` is that of the guard's slot, which holds a value.
    unsafe fn receive<'u>(self, guard: &mut Guard<T>, place: *mut T) -> Self::Receiver<'u>
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
    unsafe fn hold<'u>(self, guard: &mut Guard<T>, home: *mut Self::Home, value: T) -> Self::Receiver<'u>
    where
        T: 'u;
}

/// [`Gate::receive`].
///
/// # Safety
/// As there.
#[inline(always)]
pub unsafe fn receive<'u, T: 'u, G: Gate<T>>(gate: G, guard: &mut Guard<T>, place: *mut T) -> G::Receiver<'u> {
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
    guard: &mut Guard<T>,
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
    unsafe fn receive<'u>(self, guard: &mut Guard<T>, place: *mut T) -> T
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
    unsafe fn hold<'u>(self, _: &mut Guard<T>, _: *mut Nothing<T>, value: T) -> T
    where
        T: 'u,
    {
        value
    }
}

impl<T: Copy> Gate<T> for Copied {
    type Receiver<'u>
        = T
    where
        T: 'u;
    type Home = Nothing<T>;

    #[inline(always)]
    unsafe fn receive<'u>(self, _: &mut Guard<T>, place: *mut T) -> T
    where
        T: 'u,
    {
        // SAFETY: the caller's promise.
        unsafe { *place }
    }

    #[inline(always)]
    unsafe fn receive_part<'u>(self, place: *mut T, _: impl FnOnce(*mut T) -> T) -> T
    where
        T: 'u,
    {
        // SAFETY: the caller's promise.
        unsafe { *place }
    }

    #[inline(always)]
    unsafe fn hold<'u>(self, _: &mut Guard<T>, _: *mut Nothing<T>, value: T) -> T
    where
        T: 'u,
    {
        value
    }
}

impl<T, N> Gate<T> for Nowhere<N> {
    type Receiver<'u>
        = N
    where
        T: 'u;
    type Home = Slot<T>;

    unsafe fn receive<'u>(self, _: &mut Guard<T>, _: *mut T) -> N
    where
        T: 'u,
    {
        refused()
    }

    unsafe fn receive_part<'u>(self, _: *mut T, _: impl FnOnce(*mut T) -> T) -> N
    where
        T: 'u,
    {
        refused()
    }

    unsafe fn hold<'u>(self, _: &mut Guard<T>, _: *mut Slot<T>, _: T) -> N
    where
        T: 'u,
    {
        refused()
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
            unsafe fn receive<$lifetime>(self, _: &mut Guard<T>, place: *mut T) -> $reference
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
            unsafe fn hold<$lifetime>(self, guard: &mut Guard<T>, home: *mut Slot<T>, value: T) -> $reference
            where
                T: $lifetime,
            {
                let place = place(home);
                // SAFETY: the caller's promise; and as above.
                unsafe {
                    $($borrow)+ *guard.hold(place, value)
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
