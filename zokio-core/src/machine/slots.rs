//! Slots: places of a frame that hold a value or nothing. The expansion knows which.

use std::cell::UnsafeCell;
use std::fmt;
use std::mem::{ManuallyDrop, needs_drop};
use std::ptr;

/// A place for a value: full or empty, which only the machine's state says.
///
/// A union of its own rather than `MaybeUninit`: types within types within types are what compiling machines costs.
#[repr(C)]
pub union Slot<T> {
    /// Of an empty one, as an expansion writes it: the home of a local that lives across no await, on the stack of the poll function.
    pub empty: (),
    pub(super) full: ManuallyDrop<T>,
}

// SAFETY: it holds a value of the type, or nothing. Said here, rather than left to be found within, because what is found within is
// found anew for every layer of futures, and the compiler does not go down for ever.
unsafe impl<T: Send> Send for Slot<T> {}
// SAFETY: as above.
unsafe impl<T: Sync> Sync for Slot<T> {}

impl<T> fmt::Debug for Slot<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Slot")
    }
}

/// The address of a slot's value.
#[inline(always)]
pub const fn place<T>(slot: *mut Slot<T>) -> *mut T {
    slot as *mut T
}

/// A slot on the stack, and its place: the same address. Expansions write this, rather than call [`place`]: of a function there would be one for
/// each type, and a call in debug builds.
#[repr(C)]
pub union Placed<T> {
    /// That of the slot.
    pub slot: *mut Slot<T>,
    /// That of its value.
    pub place: *mut T,
}

impl<T> fmt::Debug for Placed<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Placed")
    }
}

/// A local that is used where it is: `*Written { place }.value` is `*place`, without what debug builds check of pointers and, as it is no
/// function, without a call. The slot at `place` holds a value; if something else refers to that and is used again, then this is only looked at.
///
/// Also what is only looked at is used by a unique reference. The compiler takes what a shared one refers to for the same wherever it finds the same
/// reference, and two that are made of one address are the same to it (`GVN`, in release builds), whatever was written between.
#[repr(C)]
pub union Written<'s, T> {
    /// Where it is.
    pub place: *mut T,
    /// A reference to it.
    pub value: &'s mut T,
}

impl<T> fmt::Debug for Written<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Written")
    }
}

/// Fills an empty slot that has no guard, as its type or value is written. A type of one's own may be named as a primitive one is: so the
/// compiler is asked again.
///
/// # Safety
/// `place` is that of a slot that holds nothing.
#[inline(always)]
pub unsafe fn put_plain<T>(place: *mut T, value: T) {
    const {
        assert!(
            !needs_drop::<T>(),
            "a local of this machine has a destructor, though its type has the name of a primitive type: give the type another name"
        );
    }
    // SAFETY: the caller's promise.
    unsafe { ptr::write(place, value) }
}

/// A slot of what is `Copy`, to be assigned to, whether it is full or empty: in debug builds nothing is called for it.
#[repr(C)]
pub union Plain<T: Copy> {
    empty: (),
    /// The value.
    pub full: T,
}

impl<T: Copy> fmt::Debug for Plain<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Plain")
    }
}

/// A value that is copied though others may have references to it: as [`Written`], without being the only one.
#[repr(C)]
pub union Seen<'s, T: Copy> {
    /// Where it is.
    pub place: *mut T,
    /// A reference to it.
    pub slot: &'s Shared<T>,
}

impl<T: Copy> fmt::Debug for Seen<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Seen")
    }
}

/// A value behind a shared reference that says nothing of it: it may change.
#[repr(C)]
pub union Shared<T: Copy> {
    /// The value.
    pub full: T,
    _changes: ManuallyDrop<UnsafeCell<T>>,
}

impl<T: Copy> fmt::Debug for Shared<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Shared")
    }
}

/// As [`Written`], of a slot that holds something or nothing.
#[repr(C)]
pub union Filled<'s, T: Copy> {
    /// Where it is.
    pub place: *mut T,
    /// The slot.
    pub slot: &'s mut Plain<T>,
}

impl<T: Copy> fmt::Debug for Filled<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Filled")
    }
}

/// Reads a value whose type is `Copy`, as the witness has shown: it is used again later.
///
/// # Safety
/// `place` is that of a slot that holds a value.
#[inline(always)]
pub unsafe fn copy<T>(place: *mut T) -> T {
    // SAFETY: the caller's promise.
    unsafe { ptr::read(place) }
}

/// The same reference, of whatever lifetime.
///
/// # Safety
/// Nobody uses it longer than the original's: the witness has shown it.
#[inline(always)]
pub const unsafe fn free<'f, T: ?Sized>(reference: &T) -> &'f T {
    // SAFETY: the caller's promise.
    unsafe { &*ptr::from_ref(reference) }
}

/// The same reference, of whatever lifetime.
///
/// # Safety
/// As for [`free`].
#[inline(always)]
pub const unsafe fn free_mut<'f, T: ?Sized>(reference: &mut T) -> &'f mut T {
    // SAFETY: the caller's promise.
    unsafe { &mut *ptr::from_mut(reference) }
}

/// Puts a value into a slot whose type is its own but for lifetimes, which the compiler says of both where nothing is borrowed.
///
/// # Safety
/// `T` and `U` are one type but for their lifetimes. `place` is the address of memory for a value of it, in which there is nothing that is still to
/// be dropped. Nobody uses the value in the slot longer than `U` allows: the witness has shown it.
#[inline(always)]
pub const unsafe fn put_apart<T, U>(place: *mut T, value: U) {
    // No more can be asked of types that differ in lifetimes; that they are one, the expansion says in code that is not reached.
    const { assert!(size_of::<T>() == size_of::<U>() && align_of::<T>() == align_of::<U>()) };
    // SAFETY: the caller's promise.
    unsafe { ptr::write(place.cast::<U>(), value) };
}
