//! The types of a machine's memory, for whatever types the slots will have.
//!
//! rustc finds the types of the slots in one closure, the poll function. What a machine's memory is made of is said of any types: in an
//! implementation with a parameter for each slot, of types alone. What else is to be known of slots (which are dropped when, what is
//! awaited) is [data](super::Said). The poll function is given an address without a type, and [`Shape::places`] makes of it the addresses of the
//! slots. What ties the closure to the types is what it returns, a [`Step`]: so they are named once in the closure's own type. Were they
//! named twice, the types of futures within futures would double with every layer.

use std::fmt;
use std::marker::PhantomData;
use std::task::{Context, Poll};

use super::{Arguments, Frame, Said};

/// What a machine is whose slots have the types `T`, a tuple.
///
/// # Safety
/// What is said names slots of `Frame` by their paths, and of each state those that are full in it. The first arguments are those of
/// the slots that it names first, in their types. All of `Frame` but the tag and the flags are slots: it is valid whatever its bytes are.
pub unsafe trait Shape<T>: Sized {
    /// What is said of it.
    const SAID: Said;

    /// Tag, flags, slots.
    type Frame: Frame;

    /// The arguments or captures, a tuple.
    type Arguments: Arguments;

    /// The tag, the flags if there are any, and the addresses of the slots.
    type Places;

    /// Those of a frame. What finds them is checked for any types, rather than in the poll function, where each access to the frame would go
    /// through the types of all slots.
    ///
    /// # Safety
    /// `frame` is that of a machine whose slots have these types, and which is polled; nobody else has the tag and the flags while the poll function
    /// runs.
    unsafe fn places(self, frame: *mut (), types: Types<T>) -> Self::Places;
}

/// The types of a machine's slots.
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

/// A [`Step`], for the compiler to expect it.
#[inline(always)]
pub const fn step<T, R>(types: Types<T>, result: Poll<R>) -> Step<T, R> {
    Step { result, types }
}

/// A [`Step`], and nothing else. A poll function is said to return one by this rather than by its type: so that the compiler finds what it
/// returns in its first `return`, where it finds it in the witness too, and says of wrong values the same of both.
pub trait IsStep<T, R> {}

impl<T, R> IsStep<T, R> for Step<T, R> {}

/// The poll function of a machine that `D` describes. Given the address of the frame and the state in which it is, it goes on with the body.
pub trait Body<D> {
    /// What is said of the machine.
    const SAID: Said;

    /// The types of its slots.
    type Types;

    /// Its frame.
    type Frame: Frame;

    /// Its arguments.
    type Arguments: Arguments;

    /// Where its slots are.
    type Places;

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
    type Frame = D::Frame;
    type Arguments = D::Arguments;
    type Places = D::Places;
    type Output = R;
}
