//! Guards: while the poll function runs, every full slot belongs to one. Where it waits, they are forgotten.

use std::fmt;
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};
use std::ptr;

use super::Hold;

/// The owner of a slot's value in the scope of the local that lives there: drops it when the scope is left.
pub struct Guard<T> {
    /// The slot, if it holds a value; null otherwise: one word, where it has to be in memory. Whoever writes it promises that nobody else drops
    /// the value. Expansions do, in their `unsafe` blocks: a function would be compiled for each type, and be called in debug builds.
    pub full: *mut T,
}

impl<T> Guard<T> {
    /// Of a slot that holds nothing.
    pub const EMPTY: Self = Self { full: Self::NOTHING };

    /// A constant, so that debug builds do not ask each time.
    const DROPS: bool = std::mem::needs_drop::<T>();

    /// As above.
    const NOTHING: *mut T = ptr::null_mut();

    /// Of the home of a temporary, which holds a value where `full`, unless its type has no memory for one.
    ///
    /// # Safety
    /// Where `full`, that is true, and nobody else drops the value.
    #[inline(always)]
    pub unsafe fn of_home<H: Hold<Value = T>>(home: *mut H, full: bool) -> Self {
        // A home without memory holds nothing.
        let place = H::address(home);
        Self { full: if full && H::HOLDS { place } else { Self::NOTHING } }
    }

    /// Whether the slot holds a value.
    #[inline(always)]
    pub fn is_full(&self) -> bool {
        // Without a call, in debug builds too.
        self.full as usize != 0
    }

    /// Fills the empty slot at `place`, and borrows it.
    ///
    /// # Safety
    /// The slot is this guard's, and holds nothing.
    #[inline(always)]
    pub unsafe fn hold(&mut self, place: *mut T, value: T) -> *mut T {
        // SAFETY: the caller's promise.
        unsafe { ptr::write(place, value) };
        self.full = place;
        place
    }

    /// Assigns: drops what the slot holds, if it holds something, then fills it.
    ///
    /// # Safety
    /// The slot at `place` is this guard's.
    #[inline(always)]
    pub unsafe fn assign(&mut self, place: *mut T, value: T) {
        if self.is_full() {
            // SAFETY: the slot holds a value, so this is an ordinary assignment: also when the destructor panics, the new one is there.
            unsafe { *place = value };
        } else {
            // SAFETY: the slot holds nothing.
            unsafe { ptr::write(place, value) };
            self.full = place;
        }
    }

    /// Moves the value out.
    ///
    /// # Safety
    /// The slot at `place` is this guard's, and holds a value.
    #[inline(always)]
    pub unsafe fn take(&mut self, place: *mut T) -> T {
        self.full = Self::NOTHING;
        // SAFETY: the caller's promise; from here on the slot is empty.
        unsafe { ptr::read(place) }
    }

    /// Copies the value: it is used again later, so the witness has shown that its type is `Copy`. Should the expansion be wrong about
    /// that, no destructor runs twice.
    ///
    /// # Safety
    /// The slot at `place` is this guard's, and holds a value.
    #[inline(always)]
    pub unsafe fn copy(&self, place: *mut T) -> T {
        const {
            assert!(
                !std::mem::needs_drop::<T>(),
                "internal: a value is moved and used again; please report this as a bug of zokio's"
            )
        };
        // SAFETY: the caller's promise.
        unsafe { ptr::read(place) }
    }

    /// The value was moved out by a pattern.
    #[inline(always)]
    pub fn gone(&mut self) {
        self.full = Self::NOTHING;
    }

    /// Drops the value now, before the scope ends.
    #[inline(always)]
    pub fn clear(&mut self) {
        let full = self.full;
        if full as usize != 0 {
            self.full = Self::NOTHING;
            if Self::DROPS {
                // SAFETY: the slot holds a value that is this guard's.
                unsafe { ptr::drop_in_place(full) };
            }
        }
    }
}

impl<T> Drop for Guard<T> {
    #[inline(always)]
    fn drop(&mut self) {
        if Self::DROPS && self.full as usize != 0 {
            // SAFETY: the slot holds a value that is this guard's.
            unsafe { ptr::drop_in_place(self.full) };
        }
    }
}

/// The scope of a local, by its lifetime.
#[derive(Debug)]
pub struct Anchor;

/// A guard that does not leave the scope of its local, where a macro of which nobody knows what it does could move it elsewhere: its
/// slot will be another's there.
#[derive(Debug)]
pub struct Tied<'s, G> {
    guard: G,
    scope: PhantomData<&'s Anchor>,
}

/// Ties a guard to its scope.
#[inline(always)]
pub const fn tied<G>(_scope: &Anchor, guard: G) -> Tied<'_, G> {
    Tied { guard, scope: PhantomData }
}

impl<G> Deref for Tied<'_, G> {
    type Target = G;

    #[inline(always)]
    fn deref(&self) -> &G {
        &self.guard
    }
}

impl<G> DerefMut for Tied<'_, G> {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut G {
        &mut self.guard
    }
}

/// The value of a slot, for as long as the scope of its local.
///
/// # Safety
/// `place` is that of the local's slot, which holds a value; who else borrows it was checked on the witness.
#[inline(always)]
#[expect(clippy::mut_from_ref, reason = "the scope lends its lifetime, the place the value")]
pub unsafe fn lent<T>(_scope: &Anchor, place: *mut T) -> &mut T {
    // SAFETY: the caller's promise.
    unsafe { &mut *place }
}

impl<T> fmt::Debug for Guard<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Guard").field("full", &self.is_full()).finish_non_exhaustive()
    }
}

/// Fills a slot by [`Guard::hold`], and borrows it. A function, so that what is expected of the reference is expected of the value.
///
/// # Safety
/// `hold` returns the address of the value, at which nobody looks longer than the reference lives.
#[inline(always)]
pub unsafe fn lend<'v, T>(value: T, hold: impl FnOnce(T) -> *mut T) -> &'v T {
    // SAFETY: the caller's promise.
    unsafe { &*hold(value) }
}

/// The same, for a unique reference.
///
/// # Safety
/// As for [`lend`]; nobody else looks there meanwhile.
#[inline(always)]
pub unsafe fn lend_mut<'v, T>(value: T, hold: impl FnOnce(T) -> *mut T) -> &'v mut T {
    // SAFETY: the caller's promise.
    unsafe { &mut *hold(value) }
}
