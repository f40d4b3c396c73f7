//! What closures and `async` blocks within a closure have of a local that they borrow: what the closure around them has ([`captured`](super::captured)), behind a
//! reference.
//!
//! They borrow that anew, as they do natively with what the closure around them has borrowed, and so may leave it. The reference is made of the address itself, and has no bytes of
//! the slot: it says nothing of who else uses that. What it refers to is no bytes that may change (`UnsafeCell`), so whoever is given it may go on from there to the slot: under Tree Borrows, as
//! what matches again; Stacked Borrows would have the address end with those bytes.

use std::cell::UnsafeCell;
use std::fmt;
use std::marker::PhantomData;
use std::panic::RefUnwindSafe;
use std::ptr;

use super::captured::{Held, Place, held, held_wide};

/// Two words.
type Wide = [*mut (); 2];

/// What may be said of such a type, which says nothing of its own.
macro_rules! behind_references {
    ($($name:ident)*) => { $(
        impl<T> fmt::Debug for $name<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(stringify!($name))
            }
        }

        // SAFETY: so references to this are `Send` where a `Place` is, and for the same reason. They are `Sync` too where a `Place` may not be: what asks for that of a
        // closure asks it of the witness's as well, which has the local itself.
        unsafe impl<T: Send> Sync for $name<T> {}

        impl<T: RefUnwindSafe> RefUnwindSafe for $name<T> {}
    )* };
}

behind_references! { Spot Word Words }

/// A [`Place`]: references to this are the address.
pub struct Spot<T>(PhantomData<T>, UnsafeCell<()>);

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
    // SAFETY: the first word of a reference is the address of something (that it is the first, rustc's layout has it so, and a test says it), as a
    // place is; so many of nothing are no bytes.
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

#[cfg(test)]
mod tests {
    use std::any::Any;

    use super::*;

    /// What a closure within another finds of a local.
    fn of_words<T>(mut local: T, look: impl Fn(&T)) {
        // SAFETY: it has a value, of which nobody else has anything meanwhile.
        let words: &Words<T> = unsafe { words(Place::new(&raw mut local)) };
        // As in what is expanded: what is held is a local of the closure, which has the reference if that is held.
        let within = || {
            let held = words.held();
            // SAFETY: the local, or a copy of the reference that it is.
            look(unsafe { &*held.address() });
        };
        within();
    }

    fn of_word<T>(mut local: T, look: impl Fn(&T)) {
        // SAFETY: as above.
        let word: &Word<T> = unsafe { word(Place::new(&raw mut local)) };
        let within = || {
            let held = word.held();
            // SAFETY: as above.
            look(unsafe { &*held.address() });
        };
        within();
    }

    #[test]
    fn references_of_two_words_are_held() {
        of_words("text", |text| assert_eq!(*text, "text"));
        of_words("", |text| assert_eq!(*text, ""));
        of_words(&[1_u8, 2][..], |bytes| assert_eq!(*bytes, [1, 2]));
        of_words(&mut [7_u32; 3][..], |numbers| assert_eq!(**numbers, [7; 3]));
        of_words(&5_u8 as &dyn Any, |any| assert_eq!(any.downcast_ref::<u8>(), Some(&5)));
    }

    #[test]
    fn a_reference_that_is_held_may_leave_its_local() {
        let number = 5_u64;
        let held = {
            let mut local = &number;
            // SAFETY: it has a value.
            unsafe { word(Place::new(&raw mut local)) }
        };
        let held = held.held();
        // SAFETY: what is held is the reference.
        assert_eq!(unsafe { **held.address() }, 5);
    }

    #[test]
    fn anything_else_is_where_it_is() {
        of_words(String::from("text"), |text| assert_eq!(text, "text"));
        of_words((1_u64, 2_u64), |pair| assert_eq!(*pair, (1, 2)));
        of_word(&3_u8, |number| assert_eq!(**number, 3));
        of_word(vec![1, 2], |numbers| assert_eq!(*numbers, [1, 2]));
        let mut number = 1;
        // SAFETY: nobody else has anything of it.
        let spot = unsafe { spot(Place::new(&raw mut number)) };
        let add = || {
            // SAFETY: as above.
            unsafe { *spot.address() += 1 };
        };
        add();
        add();
        assert_eq!(number, 3);
    }
}
