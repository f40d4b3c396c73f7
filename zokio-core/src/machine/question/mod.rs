//! By value or by reference? What a method does with its receiver, asked of the compiler.
//!
//! `x.finish()` may consume `x` or borrow it, and only the type says which. The expansion asks in code that cannot be reached: it is
//! type-checked, but neither borrow-checked nor compiled. It declares a trait `Ask` with a method of the same name and number of
//! arguments, and calls the method, each time on what the answers before allow:
//!
//! 1. On a `&T`. Method lookup first tries the methods whose receiver is a `&T`, thus those of `T` that take `&self`, and
//!    then those whose receiver is a `&&T`: there the asking trait waits, implemented for every `&&T`. If it is found, `T` has no
//!    such `&self` method.
//! 2. If it was found: on a `T`, with the asking trait implemented for every `&T`. What is found before it takes `T` by value. This
//!    comes before `&mut T`, because traits like `Iterator` are implemented for `&mut T` as well.
//! 3. If it was found again: on a `&mut T`, as in 1. If it is found here too, what is meant lies behind a `Deref`.
//! 4. If that is a box, and the method's name one of those that consume: on a `&T` of what is in the box, as in 1, then on a `T`, as in 2. If
//!    that is found, it is moved out of the box, and the box is consumed. Nothing lies behind what has no `Deref`: then there is no such method.
//! 5. If it was not found at first: on a `T`, without it. If the result has another type than at first, or a closure is given something
//!    else, a trait's consuming method is implemented for `T` and for `&T`, and `T`'s is meant.
//!
//! A shared reference is not asked: it is `Copy`. The types of the results select a [`Gate`] by autoref specialisation (David Tolnay's
//! technique). A method that is found returns its own type, the asking trait's what no other returns: [`Taken`], or a type of which no more is known than that it is [`Found`].
//!
//! What is called by a local's name is asked in the same way whether it is more than `FnOnce` ([`Callee`]).

mod callee;
mod case;
mod gate;
mod ordered;

use std::fmt;
use std::marker::{PhantomData, PhantomPinned};

pub use self::callee::{Callee, callee};
pub use self::gate::{Answer, Answered, Consumes, Gate, Moves, answer, consumed, either, hold, receive, receive_part};
pub use self::ordered::{Iterable, Iterates, Ordered, iterates, orders};

/// What the method of an asking trait returns. No other type is it, and it is not `Unpin`.
#[derive(Debug)]
pub struct Taken(PhantomPinned);

/// What a question finds. Of all types it is true that it is by [`Lookup`], but of the `impl Found` that an asking trait's method returns where there are type
/// parameters: of such a type the compiler knows its bound, and looks at no `impl` beside that. For this no type has to be inferred, and of parameters it
/// is true as well. It takes the compiler longer than [`Taken`].
pub trait Found {
    /// By what.
    type By: ?Sized;
}

/// By method lookup, in front of the asking trait.
#[derive(Debug)]
pub enum Lookup {}

impl<T: ?Sized> Found for T {
    type By = Lookup;
}

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

/// A closure that makes a future: what that returns is what the question has found.
#[inline(always)]
pub fn makes<R, F: Makes<R>>(_question: Question<R>, closure: F) -> F {
    closure
}

/// What can be called to make a future. Not said as a bound of `makes`: a closure would be no more than `FnOnce` then.
pub trait Makes<R> {}

impl<R, F: FnOnce() -> T, T: Future<Output = R>> Makes<R> for F {}

/// A receiver that a machine moves.
pub fn moved<T>(receiver: T) -> T {
    receiver
}

/// A thing of any type, for a call that is never made.
pub fn any<T>() -> T {
    unreachable!("only for the compiler")
}

/// Nothing is known yet.
#[derive(Debug, Clone, Copy)]
pub struct Unknown;

/// `&self` was found.
pub struct Shared<R>(Question<R>);
/// `&mut self` was found.
pub struct Mutable<R>(Question<R>);
/// Neither was found.
#[derive(Debug, Clone, Copy)]
pub struct Neither;
/// `self` was found.
pub struct Owned<R>(Question<R>);
/// The receiver is a shared reference, which is copied.
#[derive(Debug, Clone, Copy)]
pub struct Copied;
/// The method lies behind a `Deref`.
#[derive(Debug, Clone, Copy)]
pub struct Behind;
/// Nor does it lie there: there is none of that name, as the compiler says of the witness. `N` has one, which returns anything.
pub struct Nowhere<N>(Question<N>);

/// What is meant may be moved out of a box.
#[derive(Debug, Clone, Copy)]
pub struct Boxed;
/// It does not borrow what is in the box.
#[derive(Debug, Clone, Copy)]
pub struct Within;

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

plain!(Shared Mutable Owned Nowhere);

/// The beginning: the receiver's type.
#[derive(Debug)]
pub struct Start<T>(Question<T>);

/// Makes a [`Start`]: `place` says what the receiver's type is.
#[inline(always)]
pub const fn start<T>(_place: *mut T) -> Start<T> {
    Start(question())
}

/// An answer, beside what was known before it. `A` is [`Await`] where what the call returns is awaited, else [`Generic`] where that may be of any type.
#[derive(Debug)]
pub struct Asked<G, R, A = ()>(G, Question<(R, A)>);

/// What a call returns is awaited.
#[derive(Debug)]
pub struct Await;

/// What a call returns may have type parameters.
#[derive(Debug)]
pub struct Generic;

/// Puts an answer beside what was known before it.
#[inline(always)]
pub const fn asked<G, R>(known: G, _answer: Question<R>) -> Asked<G, R> {
    Asked(known, question())
}

/// The same of a call whose result is awaited.
#[inline(always)]
pub const fn asked_of_future<G, R>(known: G, _answer: Question<R>) -> Asked<G, R, Await> {
    Asked(known, question())
}

/// The same where there are type parameters.
#[inline(always)]
pub const fn asked_of_any<G, R>(known: G, _answer: Question<R>) -> Asked<G, R, Generic> {
    Asked(known, question())
}

impl<G, R, A> Asked<G, R, A> {
    fn answer(&self) -> Question<R> {
        question()
    }
}

/// An answer, and what closures among the arguments are given in the first question and in this one.
#[derive(Debug)]
pub struct Twice<G, R, S, U, A = ()>(Asked<G, R, A>, Question<(S, U)>);

/// Makes a [`Twice`].
#[inline(always)]
pub const fn twice<G, R, S, U, A>(
    asked: Asked<G, R, A>,
    _seen: Question<S>,
    _again: Question<U>,
) -> Twice<G, R, S, U, A> {
    Twice(asked, question())
}

/// The same, where the results are not compared: what a method makes of a closure may have its type, and each question has one of its own.
#[derive(Debug)]
pub struct TwiceGiven<G, R, S, U, A = ()>(Asked<G, R, A>, Question<(S, U)>);

/// Makes a [`TwiceGiven`].
#[inline(always)]
pub const fn twice_given<G, R, S, U, A>(
    asked: Asked<G, R, A>,
    _seen: Question<S>,
    _again: Question<U>,
) -> TwiceGiven<G, R, S, U, A> {
    TwiceGiven(asked, question())
}

/// What is known of a receiver of this type.
#[derive(Debug)]
pub struct Of<G, T>(G, Question<T>);

/// Makes an [`Of`]: `place` says what the receiver's type is.
#[inline(always)]
pub const fn of<G, T>(known: G, _place: *mut T) -> Of<G, T> {
    Of(known, question())
}

/// What is known of a receiver of this type, and who has a method of the name in any case.
#[derive(Debug)]
pub struct Reach<G, T, N>(G, Question<(T, N)>);

/// Makes a [`Reach`]: `place` says what the receiver's type is.
#[inline(always)]
pub const fn reach<G, T, N>(known: G, _place: *mut T, _nowhere: Question<N>) -> Reach<G, T, N> {
    Reach(known, question())
}

/// Whom to ask next: what is known, the receiver's type, and that of nobody, whose own method is as the asking trait's.
#[derive(Debug)]
pub struct Whom<G, T, N>(Question<(G, T, N)>);

/// Makes a [`Whom`]: `place` says what the receiver's type is.
#[inline(always)]
pub const fn whom<G, T, N>(_known: &G, _place: *mut T, _nobody: Question<N>) -> Whom<G, T, N> {
    Whom(question())
}

/// The cases of each step, whose methods the expansion calls.
pub mod cases {
    pub use super::callee::{
        Called, CalledAsync, CalledAsyncMut, CalledAsyncOnce, CalledBehind, CalledBehindMut, CalledMut, CalledOnce,
    };
    pub use super::case::*;
    pub use super::gate::{NoTie, Tie};
    pub use crate::machine::attempt::{Failure, NoFailure};
    pub use crate::machine::unbox::{UnboxCopied, UnboxMoved, UnboxNothing, UnboxRaw, UnboxRefused};
}
