//! What closures and `async` blocks within a closure have of a local that they borrow: what the closure around them has ([`captured`](super::captured)), behind a
//! reference.
//!
//! They borrow that anew, as they do natively with what the closure around them has borrowed, and so may leave it. The reference is made of the address itself, and has no bytes of
//! the slot: it says nothing of who else uses that.

use std::cell::UnsafeCell;
use std::fmt;
use std::marker::PhantomData;
use std::ptr;

use super::captured::{Held, Place, held, held_wide};

/// Two words.
type Wide = [*mut (); 2];

/// A [`Place`]: references to this are the address.
pub struct Spot<T>(PhantomData<T>, UnsafeCell<()>);

impl<T> fmt::Debug for Spot<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Spot")
    }
}

// SAFETY: as for `Place`, whose `Send` is that of a reference to this.
unsafe impl<T: Send> Sync for Spot<T> {}

impl<T> Spot<T> {
    /// The address.
    #[inline(always)]
    pub fn address(&self) -> *mut T {
        (&raw const *self).cast_mut().cast()
    }
}

/// Of a slot.
///
/// # Safety
/// The place is that of a slot.
#[inline(always)]
pub unsafe fn spot<'u, T>(place: Place<T>) -> &'u Spot<T> {
    // SAFETY: the address is none of nothing; a reference to no bytes asks for no more.
    unsafe { &*place.address().cast() }
}

/// What is [`Held`] in one word: references to this are.
pub struct Word<T>(PhantomData<T>, UnsafeCell<()>);

impl<T> fmt::Debug for Word<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Word")
    }
}

// SAFETY: as for `Spot`.
unsafe impl<T: Send> Sync for Word<T> {}

impl<T> Word<T> {
    /// What is held.
    #[inline(always)]
    pub fn held(&self) -> Held<T, *mut ()> {
        Held { place: (&raw const *self).cast_mut().cast() }
    }
}

/// Of a local, with room for a reference of one word.
///
/// # Safety
/// As for [`held`].
#[inline(always)]
pub unsafe fn word<'u, T>(place: Place<T>) -> &'u Word<T> {
    // SAFETY: the caller's promise.
    let held = unsafe { held(place) };
    // SAFETY: one word, written as either; a reference is the address of something, as a place is. To no bytes it asks for no more.
    unsafe { &*held.place.cast() }
}

/// Of a local that is a reference of one word, as its type is written.
///
/// # Safety
/// As for [`held`].
#[inline(always)]
pub unsafe fn word_thin<'u, T>(place: Place<T>) -> &'u Word<T> {
    const { assert!(size_of::<T>() == size_of::<&()>(), "a closure uses a reference to what has no size: give it `move`") };
    // SAFETY: the caller's promise.
    unsafe { word(place) }
}

/// What is [`Held`]: the two words of references to this are.
pub struct Words<T> {
    _of: PhantomData<T>,
    _cell: UnsafeCell<()>,
    _second: [()],
}

impl<T> fmt::Debug for Words<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Words")
    }
}

// SAFETY: as for `Spot`.
unsafe impl<T: Send> Sync for Words<T> {}

impl<T> Words<T> {
    /// What is held.
    #[inline(always)]
    pub fn held(&self) -> Held<T, Wide> {
        let words: *const [()] = (&raw const *self) as _;
        let first: *mut () = words.cast_mut().cast();
        if is_wide::<T>() {
            Held { reference: [first, ptr::with_exposed_provenance_mut(words.len())] }
        } else {
            Held { place: first.cast() }
        }
    }
}

/// Of a local, with room for a reference of two words.
///
/// # Safety
/// As for [`held`].
#[inline(always)]
pub unsafe fn words<'u, T>(place: Place<T>) -> &'u Words<T> {
    // SAFETY: the caller's promise.
    let held = unsafe { held_wide(place) };
    let (first, second) = if is_wide::<T>() {
        // SAFETY: of this size a reference is held.
        let [first, second] = unsafe { held.reference };
        (first, second.expose_provenance())
    } else {
        // SAFETY: as `Held::new` has written it.
        (unsafe { held.place }.cast(), 0)
    };
    let words = ptr::slice_from_raw_parts(first, second) as *const Words<T>;
    // SAFETY: the first word of a reference is the address of something, as a place is; so many of nothing are no bytes.
    unsafe { &*words }
}

/// Whether the local is a reference of two words.
#[inline(always)]
fn is_wide<T>() -> bool {
    size_of::<T>() == size_of::<Wide>() && Held::<T, Wide>::is_copied()
}

/// A value that an `async` block takes along, though it is not `move`: not `Copy`, so that it is moved and not borrowed.
#[derive(Debug)]
pub struct Carried<T>(pub T);

impl<T> Carried<T> {
    /// What it was.
    #[inline(always)]
    pub fn back(self) -> T {
        self.0
    }
}
