//! What a closure or an `async` block has of a local that it borrows: the address of the local's slot, or, of a local that is a
//! reference of one word, or of two where all of it is used, what it refers to, as natively. So a closure may leave the scope of the reference, and the slot be another's.
//! Of anything else it may not: to that the witness ties it, by [`scope`](super::scope).
//!
//! Which of both is decided when the machine is compiled for its types, not by inference: where the closure stands, a local may not have its
//! type yet.

use std::fmt;
use std::marker::PhantomData;
use std::rc::Rc;

use super::asked::{IsEqual, is_eq, is_equal};

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

    /// The address.
    #[inline(always)]
    pub const fn address(self) -> *mut T {
        self.0
    }
}

// SAFETY: it stands for a borrow of a slot of the machine that it is part of, and goes to another thread together with that
// slot; what the borrow alone may do was checked on the witness, whose closures hold real references.
unsafe impl<T: ?Sized + Send> Send for Place<T> {}
// SAFETY: as above.
unsafe impl<T: ?Sized + Sync> Sync for Place<T> {}

/// What a closure has of a local that it does not change, if that is a reference: with memory `R` for it, of one word or two, as natively.
#[repr(C)]
pub union Held<T, R: Copy> {
    /// Where the local is.
    pub(super) place: *mut T,
    /// The local, if it is a reference for which there is room: the closure borrows nothing of it but what it refers to.
    pub(super) reference: R,
}

impl<T, R: Copy> Clone for Held<T, R> {
    #[inline(always)]
    fn clone(&self) -> Self {
        *self
    }
}

impl<T, R: Copy> Copy for Held<T, R> {}

impl<T, R: Copy> fmt::Debug for Held<T, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Held")
    }
}

// SAFETY: as for `Place`; the memory says nothing of its own.
unsafe impl<T: Send, R: Copy> Send for Held<T, R> {}
// SAFETY: as above.
unsafe impl<T: Sync, R: Copy> Sync for Held<T, R> {}

impl<T, R: Copy> Held<T, R> {
    /// Whether it may be a reference for which there is room, by its size: most types have another, and are not asked.
    const FITS: bool = size_of::<T>() == size_of::<&()>() || size_of::<T>() == size_of::<R>();

    /// Whether such a local is copied.
    #[inline(always)]
    pub(super) fn is_copied() -> bool {
        Self::FITS && is_reference::<T>()
    }

    /// Of the local there.
    ///
    /// # Safety
    /// As for [`held`].
    #[inline(always)]
    unsafe fn new(place: *mut T) -> Self {
        if !Self::is_copied() {
            Self { place }
        } else if size_of::<T>() == size_of::<R>() {
            // SAFETY: the caller's promise; it is a reference of that size.
            Self { reference: unsafe { place.cast::<R>().read() } }
        } else {
            // SAFETY: as above, of one word.
            Self { place: unsafe { place.cast::<*mut T>().read() } }
        }
    }

    /// The local, or the copy of it: to be used before this is moved.
    #[inline(always)]
    pub fn address(&self) -> *mut T {
        if Self::is_copied() {
            (&raw const *self).cast_mut().cast()
        } else {
            // SAFETY: as `new` has written it.
            unsafe { self.place }
        }
    }
}

/// Of a local that is used where a reference of two words would be tied to its scope: with room for one of one word.
///
/// # Safety
/// The place holds a value. If that is a reference, the closure uses what it refers to while nobody else does, if it is unique: as the
/// witness has shown.
#[inline(always)]
pub unsafe fn held<T>(place: Place<T>) -> Held<T, *mut ()> {
    // SAFETY: the caller's promise.
    unsafe { Held::new(place.address()) }
}

/// Of a local that is a reference of one word, as its type is written.
///
/// # Safety
/// As for [`held`].
#[inline(always)]
pub unsafe fn held_thin<T>(place: Place<T>) -> Held<T, *mut ()> {
    const { assert!(size_of::<T>() == size_of::<&()>(), "a closure uses a reference to what has no size: give it `move`") };
    // SAFETY: the caller's promise.
    unsafe { Held::new(place.address()) }
}

/// Of a local that is used as a whole: with room for a reference of two words.
///
/// # Safety
/// As for [`held`].
#[inline(always)]
pub unsafe fn held_wide<T>(place: Place<T>) -> Held<T, [*mut (); 2]> {
    // SAFETY: the caller's promise.
    unsafe { Held::new(place.address()) }
}

/// Is `Eq` for references alone.
struct Referring<T>(PhantomData<fn() -> T>);

impl<T> PartialEq for Referring<T> {
    fn eq(&self, _: &Self) -> bool {
        false
    }
}

impl<T: ?Sized> Eq for Referring<&T> {}
impl<T: ?Sized> Eq for Referring<&mut T> {}

/// Whether the type is that of a reference. Should a std not look whether a type is `Eq`, none is.
#[inline(always)]
fn is_reference<T>() -> bool {
    is_eq_here(const { is_equal::<Referring<T>>() })
}

/// As [`is_eq`], of an `Rc` that this thread has.
#[inline(always)]
fn is_eq_here(is_equal: IsEqual) -> bool {
    thread_local! {
        static UNIT: Rc<()> = Rc::new(());
    }
    UNIT.try_with(|unit| is_eq(is_equal, unit)).unwrap_or_else(|_| is_eq(is_equal, &Rc::new(())))
}
