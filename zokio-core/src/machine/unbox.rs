//! `*x` by value: moved out of a box, copied out of whatever else can be dereferenced.

use std::ops::Deref;

use super::Guard;

/// What is dereferenced for the last time.
#[derive(Debug)]
pub struct Unbox<P>(*mut P);

/// Makes an [`Unbox`].
///
/// # Safety
/// `place` is that of a slot which holds a value.
#[inline(always)]
pub const unsafe fn unbox<P>(place: *mut P) -> Unbox<P> {
    Unbox(place)
}

/// Moved out of a box.
pub trait UnboxMoved<P, V> {
    /// The value.
    fn unboxed(&self, guard: &mut Guard<'_, P>) -> V;
}

impl<V> UnboxMoved<Box<V>, V> for &Unbox<Box<V>> {
    #[inline(always)]
    fn unboxed(&self, guard: &mut Guard<'_, Box<V>>) -> V {
        // SAFETY: the promise of `unbox`.
        unsafe { *guard.take(self.0) }
    }
}

/// Copied.
pub trait UnboxCopied<P, V> {
    /// The value.
    fn unboxed(&self, guard: &mut Guard<'_, P>) -> V;
}

impl<P: Deref<Target: Copy>> UnboxCopied<P, P::Target> for Unbox<P> {
    #[inline(always)]
    fn unboxed(&self, _: &mut Guard<'_, P>) -> P::Target {
        // SAFETY: the promise of `unbox`.
        unsafe { **self.0 }
    }
}
