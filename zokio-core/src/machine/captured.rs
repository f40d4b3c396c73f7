//! What a closure or an `async` block has of a local that it borrows: the address of the local's slot, or, of a local that is a
//! reference of one word, what it refers to, as natively. So a closure may leave the scope of the reference, and the slot be another's.
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

/// What a closure has of a local that it does not change, if that is a reference. One word, as natively.
pub union Held<T> {
    /// Where the local is.
    place: *mut T,
    /// The local, if it is a reference of one word: the closure borrows nothing of it but what it refers to.
    reference: *mut (),
}

impl<T> Clone for Held<T> {
    #[inline(always)]
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Held<T> {}

impl<T> fmt::Debug for Held<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Held")
    }
}

// SAFETY: as for `Place`.
unsafe impl<T: Send> Send for Held<T> {}
// SAFETY: as above.
unsafe impl<T: Sync> Sync for Held<T> {}

impl<T> Held<T> {
    /// The local, or the copy of it: to be used before this is moved.
    #[inline(always)]
    pub fn address(&self) -> *mut T {
        if is_reference::<T>() {
            (&raw const *self).cast_mut().cast()
        } else {
            // SAFETY: as `held` has written it.
            unsafe { self.place }
        }
    }
}

/// Of a local.
///
/// # Safety
/// The place holds a value. If that is a reference, the closure uses what it refers to while nobody else does, if it is unique: as the
/// witness has shown.
#[inline(always)]
pub unsafe fn held<T>(place: Place<T>) -> Held<T> {
    if is_reference::<T>() {
        // SAFETY: the caller's promise; it is a reference of one word.
        Held { reference: unsafe { place.address().cast::<*mut ()>().read() } }
    } else {
        Held { place: place.address() }
    }
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

/// Whether the type is that of a reference of one word. Should a std not look whether a type is `Eq`, none is.
#[inline(always)]
fn is_reference<T>() -> bool {
    // Most types have another size, and are not asked.
    size_of::<T>() == size_of::<&()>() && is_eq_here(const { is_equal::<Referring<T>>() })
}

/// As [`is_eq`], of an `Rc` that this thread has.
#[inline(always)]
fn is_eq_here(is_equal: IsEqual) -> bool {
    thread_local! {
        static UNIT: Rc<()> = Rc::new(());
    }
    UNIT.try_with(|unit| is_eq(is_equal, unit)).unwrap_or_else(|_| is_eq(is_equal, &Rc::new(())))
}
