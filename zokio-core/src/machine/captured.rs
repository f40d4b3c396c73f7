//! What a closure or an `async` block has of a local that it borrows: the address of the local's slot, or, of a local that is a
//! reference, what it refers to, as natively. So a closure may leave the scope of the reference, and the slot be another's.
//!
//! The type decides, by which method of [`captured`] fits first (autoref specialisation). A type that is not inferred at all where the
//! closure stands fits the first.

use std::fmt;
use std::ops::{Deref, DerefMut};
use std::ptr;

/// The address of a slot: it goes wherever the value may be used.
pub struct Place<T: ?Sized>(*mut T);

impl<T: ?Sized> Clone for Place<T> {
    #[inline(always)]
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: ?Sized> Copy for Place<T> {}

impl<T: ?Sized> fmt::Debug for Place<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Place")
    }
}

impl<T: ?Sized> Place<T> {
    /// Of a slot.
    #[inline(always)]
    pub const fn new(place: *mut T) -> Self {
        Self(place)
    }

    /// Of a local of the poll function.
    #[inline(always)]
    pub const fn of(place: *const T) -> Self {
        Self(place.cast_mut())
    }
}

impl<T: ?Sized> Deref for Place<T> {
    type Target = *mut T;

    #[inline(always)]
    fn deref(&self) -> &*mut T {
        &self.0
    }
}

// SAFETY: it stands for a borrow of a slot of the machine that it is part of, and goes to another thread together with that
// slot; what the borrow alone may do was checked on the witness, whose closures hold real references.
unsafe impl<T: ?Sized + Send> Send for Place<T> {}
// SAFETY: as above.
unsafe impl<T: ?Sized + Sync> Sync for Place<T> {}

/// A reference that is borrowed anew.
#[derive(Debug, Clone, Copy)]
pub struct Anew<R>(Reference<R>);

/// The reference.
#[derive(Debug, Clone, Copy)]
pub struct Reference<R>(R);

impl<R> Deref for Anew<R> {
    type Target = Reference<R>;

    #[inline(always)]
    fn deref(&self) -> &Reference<R> {
        &self.0
    }
}

impl<R> DerefMut for Anew<R> {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut Reference<R> {
        &mut self.0
    }
}

impl<R> Deref for Reference<R> {
    type Target = R;

    #[inline(always)]
    fn deref(&self) -> &R {
        &self.0
    }
}

impl<R> DerefMut for Reference<R> {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut R {
        &mut self.0
    }
}

/// What is asked for what a closure has of it.
#[derive(Debug)]
pub struct Captured<T>(Place<T>);

/// Asks it of a slot.
///
/// # Safety
/// The slot holds a value, which nobody uses while the closure does: the witness has shown it.
#[inline(always)]
pub const unsafe fn captured<T>(place: Place<T>) -> Captured<T> {
    Captured(place)
}

/// Of a `&`, a copy.
pub trait CapturedShared<R> {
    /// What the closure has.
    fn __zokio_captured(&self) -> Anew<R>;
}

impl<'a, T: ?Sized> CapturedShared<&'a T> for &&Captured<&'a T> {
    #[inline(always)]
    fn __zokio_captured(&self) -> Anew<&'a T> {
        // SAFETY: as `captured` was promised.
        Anew(Reference(unsafe { *self.0.0 }))
    }
}

/// Of a `&mut`, what it refers to.
pub trait CapturedMutable<R> {
    /// What the closure has.
    fn __zokio_captured(&self) -> Anew<R>;
}

impl<'a, T: ?Sized> CapturedMutable<&'a mut T> for &Captured<&'a mut T> {
    #[inline(always)]
    fn __zokio_captured(&self) -> Anew<&'a mut T> {
        // SAFETY: as `captured` was promised: the other one of the two is not used meanwhile.
        Anew(Reference(unsafe { ptr::read(self.0.0) }))
    }
}

/// Of all else, where it is.
pub trait CapturedPlace<T> {
    /// What the closure has.
    fn __zokio_captured(&self) -> Place<T>;
}

impl<T> CapturedPlace<T> for Captured<T> {
    #[inline(always)]
    fn __zokio_captured(&self) -> Place<T> {
        self.0
    }
}
