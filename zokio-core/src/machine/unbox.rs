//! `*x` by value: moved out of a box, copied out of whatever else can be dereferenced.
//!
//! A raw pointer is not a `Deref`, so at most one of the traits applies.

use std::ops::Deref;

use super::Guard;
use super::refused::refused;

/// What is dereferenced for the last time.
#[derive(Debug)]
pub struct Unbox<P>(*mut P);

/// Makes an [`Unbox`].
///
/// # Safety
/// `place` is that of a slot which holds a value, and is asked once, with the slot's own guard. Where the value is a raw pointer, what it
/// points to may be read: whoever wrote `*x` said so with an `unsafe` of their own, which the witness has seen.
#[inline(always)]
pub const unsafe fn unbox<P>(place: *mut P) -> Unbox<P> {
    Unbox(place)
}

/// Moved out of a box.
pub trait UnboxMoved<P, V> {
    /// The value.
    fn unboxed(&self, guard: &mut Guard<P>) -> V;
}

impl<V> UnboxMoved<Box<V>, V> for &&&Unbox<Box<V>> {
    #[inline(always)]
    fn unboxed(&self, guard: &mut Guard<Box<V>>) -> V {
        // SAFETY: the promise of `unbox`.
        unsafe { *guard.take(self.0) }
    }
}

/// Copied.
pub trait UnboxCopied<P, V> {
    /// The value.
    fn unboxed(&self, guard: &mut Guard<P>) -> V;
}

impl<P: Deref<Target: Copy>> UnboxCopied<P, P::Target> for &&Unbox<P> {
    #[inline(always)]
    fn unboxed(&self, _: &mut Guard<P>) -> P::Target {
        // SAFETY: the promise of `unbox`.
        unsafe { **self.0 }
    }
}

/// Copied from behind a raw pointer.
pub trait UnboxRaw<P, V> {
    /// The value.
    fn unboxed(&self, guard: &mut Guard<P>) -> V;
}

impl<V: Copy> UnboxRaw<*const V, V> for &&Unbox<*const V> {
    #[inline(always)]
    fn unboxed(&self, _: &mut Guard<*const V>) -> V {
        // SAFETY: the promise of `unbox`.
        unsafe { **self.0 }
    }
}

impl<V: Copy> UnboxRaw<*mut V, V> for &&Unbox<*mut V> {
    #[inline(always)]
    fn unboxed(&self, _: &mut Guard<*mut V>) -> V {
        // SAFETY: the promise of `unbox`.
        unsafe { **self.0 }
    }
}

/// Moved out of what nothing can be moved out of: the compiler refuses it in the witness, once that has all its types.
pub trait UnboxRefused<P, V> {
    /// Any value.
    fn unboxed(&self, guard: &mut Guard<P>) -> V;
}

impl<P: Deref<Target: Sized>> UnboxRefused<P, P::Target> for &Unbox<P> {
    fn unboxed(&self, _: &mut Guard<P>) -> P::Target {
        refused()
    }
}

/// It cannot be dereferenced, as the compiler says of the witness.
pub trait UnboxNothing<P> {
    /// Any value of any type.
    fn unboxed<V>(&self, guard: &mut Guard<P>) -> V;
}

impl<P> UnboxNothing<P> for Unbox<P> {
    fn unboxed<V>(&self, _: &mut Guard<P>) -> V {
        refused()
    }
}
