//! The types of a machine's memory, for whatever types the slots will have.
//!
//! rustc finds the types of the slots in one closure, the poll function. What a machine's memory is made of is said of any types: in an
//! implementation with a parameter for each slot, of types alone. What else is to be known of slots (which are dropped when, what is
//! awaited) is [data](super::Said). The poll function is given an address without a type, and a function beside the implementation makes of it the addresses of the
//! slots. What ties the closure to the types is what it returns, a [`Step`]: so they are named once in the closure's own type. Were they
//! named twice, the types of futures within futures would double with every layer.

use std::fmt;
use std::marker::PhantomData;
use std::task::{Context, Poll};

use super::{Arguments, Frame, Said};

/// What a machine is whose slots have the types that `T` says: a tuple of those of the arguments, and a tuple of the others' places.
///
/// # Safety
/// What is said names slots of `Frame` by their paths, and of each state those that are full in it. The first arguments are those of
/// the slots that it names first, in their types. All of `Frame` but the tag and the flags are slots: it is valid whatever its bytes are.
pub unsafe trait Shape<T> {
    /// What is said of it.
    const SAID: Said;

    /// Tag, flags, slots.
    type Frame: Frame;

    /// The arguments or captures, a tuple.
    type Arguments: Arguments;

    /// The types of all slots.
    type Slots;
}

/// Types, and nothing else.
pub struct Types<T>(#[doc(hidden)] pub PhantomData<fn(T) -> T>);

impl<T> Clone for Types<T> {
    #[inline(always)]
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Types<T> {}

impl<T> fmt::Debug for Types<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Types")
    }
}

/// What a poll function returns: the poll's result, and, as a type alone, those of the slots.
///
/// The expansion writes it as it is: a function would be compiled for each machine.
pub struct Step<T, R> {
    /// What it is.
    pub result: Poll<R>,
    /// Those of the slots.
    pub types: Types<T>,
}

impl<T, R> fmt::Debug for Step<T, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Step").field("is_ready", &self.result.is_ready()).finish()
    }
}

/// A [`Step`], of a machine with arguments of types `A`, and places `L` of other slots: for code that is never run, but says what the types are.
pub fn step<A, L, R>(_arguments: Types<A>, _places: L, result: Poll<R>) -> Step<(A, L), R> {
    Step { result, types: Types(PhantomData) }
}

/// A [`Step`], and nothing else. A poll function is said to return one by this rather than by its type: so that the compiler finds what it
/// returns in its first `return`, where it finds it in the witness too, and says of wrong values the same of both.
pub trait IsStep<A, R> {}

impl<A, L, R> IsStep<A, R> for Step<(A, L), R> {}

/// A poll function, whose machine has these arguments: so the compiler knows their types before it comes to what is done with them. It asks for nothing
/// else: whatever it asks for and cannot answer yet, it goes through again at every expression of the function.
#[inline(always)]
pub fn body<A, P, R, S>(_arguments: &A, body: P) -> P
where
    P: Fn(*mut (), usize, &mut Context<'_>) -> S,
    S: IsStep<A, R>,
{
    body
}

/// The poll function of a machine that `D` describes. Given the address of the frame and the state in which it is, it goes on with the body.
pub trait Body<D> {
    /// What is said of the machine.
    const SAID: Said;

    /// The types of its arguments and the places of its other slots, a pair of tuples.
    type Types;

    /// The types of its slots.
    type Slots;

    /// Its frame.
    type Frame: Frame;

    /// Its arguments.
    type Arguments: Arguments;

    /// What the body returns.
    type Output;
}

impl<D, P, T, R> Body<D> for P
where
    D: Shape<T>,
    P: Fn(*mut (), usize, &mut Context<'_>) -> Step<T, R>,
{
    const SAID: Said = D::SAID;
    type Types = T;
    type Slots = D::Slots;
    type Frame = D::Frame;
    type Arguments = D::Arguments;
    type Output = R;
}
