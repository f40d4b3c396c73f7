//! `&[&a, &b]` as an operand: a temporary array whose elements are what the function wants them to be.
//!
//! `client.query(text, &[&number, &name])` takes a slice of `&dyn ToSql`, and only what is expected of `&[..]` makes the elements
//! such. In a slot of an inferred type nothing would be expected. So the array is made where it is written, and copied into its slot
//! then: what it consists of is `Copy`.

use super::Guard;

/// What a reference to an array of `COUNT` elements is taken for.
pub trait Lift<const COUNT: usize> {
    /// The array itself.
    type Array;

    /// A copy of the array.
    fn array(&self) -> Self::Array;

    /// The copy, as what the reference was taken for.
    fn of(array: &Self::Array) -> &Self;
}

impl<T: Copy, const COUNT: usize> Lift<COUNT> for [T; COUNT] {
    type Array = Self;

    #[inline(always)]
    fn array(&self) -> Self {
        *self
    }

    #[inline(always)]
    fn of(array: &Self) -> &Self {
        array
    }
}

impl<T: Copy, const COUNT: usize> Lift<COUNT> for [T] {
    type Array = [T; COUNT];

    #[inline(always)]
    fn array(&self) -> [T; COUNT] {
        *self.first_chunk().expect("the expansion counts the elements that it writes")
    }

    #[inline(always)]
    fn of(array: &[T; COUNT]) -> &Self {
        array
    }
}

/// Copies the array into its slot, and borrows it there.
///
/// # Safety
/// The slot at `place` is the guard's, and holds nothing; nobody uses the reference longer than the slot holds the array.
#[inline(always)]
pub unsafe fn lift<'s, T: Lift<COUNT> + ?Sized, const COUNT: usize>(
    guard: &mut Guard<T::Array>,
    place: *mut T::Array,
    value: &T,
) -> &'s T
where
    T::Array: 's,
{
    // SAFETY: the caller's promise.
    T::of(unsafe { &*guard.hold(place, value.array()) })
}
