//! Guards of values of which parts were moved out.

use std::fmt;
use std::marker::PhantomData;
use std::mem::needs_drop;
use std::ptr::{self, NonNull};

use super::Question;

/// The owner of a slot's value of which `PARTS` may be moved out one by one. `R` drops what is left: a closure without captures.
pub struct Partial<T, A, R: Fn(T, [bool; PARTS], A), const PARTS: usize> {
    /// Null where there is nothing to drop.
    full: *mut T,
    /// In the frame: which parts are gone.
    moved: *mut bool,
    rest: PhantomData<(A, R)>,
}

impl<T, A, R: Fn(T, [bool; PARTS], A), const PARTS: usize> Partial<T, A, R, PARTS> {
    /// Of the slot at `place`, which holds a value where `full`.
    ///
    /// # Safety
    /// Where `full`, the slot holds a value that nobody else drops; `moved` points to the flags of the parts, which are written where `full`.
    #[inline(always)]
    pub unsafe fn new(place: *mut T, full: bool, moved: *mut bool, _rest: Question<(A, R)>) -> Self {
        Self { full: if full { place } else { ptr::null_mut() }, moved, rest: PhantomData }
    }

    /// Whether the slot holds a value, though perhaps not all of it.
    #[inline(always)]
    pub fn is_full(&self) -> bool {
        !self.full.is_null()
    }

    /// Fills the empty slot at `place`.
    ///
    /// # Safety
    /// The slot is this guard's, and holds nothing.
    #[inline(always)]
    pub unsafe fn put(&mut self, place: *mut T, value: T) {
        // SAFETY: the caller's promise.
        unsafe { place.write(value) };
        for part in 0..PARTS {
            // SAFETY: the flags are in the frame.
            unsafe { self.moved.add(part).write(false) };
        }
        self.full = place;
    }

    /// Fills the empty slot at `place`, and borrows it.
    ///
    /// # Safety
    /// As for [`put`](Self::put).
    #[inline(always)]
    pub unsafe fn hold(&mut self, place: *mut T, value: T) -> *mut T {
        // SAFETY: the caller's promise.
        unsafe { self.put(place, value) };
        place
    }

    /// Assigns: drops what is left of the old value, then fills the slot.
    ///
    /// # Safety
    /// The slot at `place` is this guard's.
    #[inline(always)]
    pub unsafe fn assign(&mut self, place: *mut T, value: T) {
        if self.full.is_null() {
            // SAFETY: the slot holds nothing.
            unsafe { self.put(place, value) };
            return;
        }
        let moved = self.moved();
        // SAFETY: what is left of the old value is this guard's, and dropped below.
        let old = unsafe { place.read() };
        // The new value is there before the old one is dropped, which may panic.
        // SAFETY: the old value was moved out.
        unsafe { self.put(place, value) };
        Self::drop_rest(old, moved);
    }

    /// Moves the whole value out.
    ///
    /// # Safety
    /// The slot at `place` is this guard's, and holds all of a value.
    #[inline(always)]
    pub unsafe fn take(&mut self, place: *mut T) -> T {
        self.full = ptr::null_mut();
        // SAFETY: the caller's promise; from here on the slot is empty.
        unsafe { place.read() }
    }

    /// The whole value was moved out by a pattern.
    #[inline(always)]
    pub fn gone(&mut self) {
        self.full = ptr::null_mut();
    }

    /// What a pattern binds was moved out.
    ///
    /// # Safety
    /// `part` is one of `PARTS`, of a slot that is full.
    #[inline(always)]
    pub unsafe fn part_gone(&mut self, part: usize) {
        // SAFETY: the flags are in the frame, one for each part.
        unsafe { self.moved.add(part).write(true) };
    }

    /// Moves a part out.
    ///
    /// # Safety
    /// `place` is that of the part, which is there.
    #[inline(always)]
    pub unsafe fn take_part<F>(&mut self, part: usize, place: *const F) -> F {
        // SAFETY: the flags are in the frame, one for each part.
        unsafe { self.moved.add(part).write(true) };
        // SAFETY: the caller's promise; from here on the part is gone.
        unsafe { place.read_unaligned() }
    }

    /// Which parts are gone.
    #[inline(always)]
    pub fn moved(&self) -> [bool; PARTS] {
        // SAFETY: the flags of a full slot are written.
        std::array::from_fn(|part| unsafe { self.moved.add(part).read() })
    }

    /// The part is there again.
    ///
    /// # Safety
    /// It is about to be written.
    #[inline(always)]
    pub unsafe fn is_back(&mut self, part: usize) {
        // SAFETY: the flags are in the frame, one for each part.
        unsafe { self.moved.add(part).write(false) };
    }

    /// Drops what is left now, before the scope ends.
    #[inline(always)]
    pub fn clear(&mut self) {
        let full = std::mem::replace(&mut self.full, ptr::null_mut());
        if !full.is_null() {
            // SAFETY: the slot holds what is this guard's, and nobody looks at it again.
            unsafe { self.rest(full) };
        }
    }

    /// # Safety
    /// `full` holds a value that is this guard's, for the last time.
    #[inline(always)]
    unsafe fn rest(&self, full: *mut T) {
        if needs_drop::<T>() {
            let moved = self.moved();
            // SAFETY: the caller's promise; of what was moved out, the closure forgets the copy.
            Self::drop_rest(unsafe { full.read() }, moved);
        }
    }

    #[inline(always)]
    fn drop_rest(value: T, moved: [bool; PARTS]) {
        const { assert!(size_of::<R>() == 0, "what drops the rest captures nothing") };
        const { assert!(size_of::<A>() == 0, "questions are types alone") };
        // SAFETY: a closure without captures has no bytes that could be wrong, so it is wherever one says; nor have questions.
        let (rest, asked) = unsafe { (NonNull::<R>::dangling().as_ref(), NonNull::<A>::dangling().read()) };
        rest(value, moved, asked);
    }
}

impl<T, A, R: Fn(T, [bool; PARTS], A), const PARTS: usize> Drop for Partial<T, A, R, PARTS> {
    #[inline(always)]
    fn drop(&mut self) {
        self.clear();
    }
}

impl<T, A, R: Fn(T, [bool; PARTS], A), const PARTS: usize> fmt::Debug for Partial<T, A, R, PARTS> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Partial").field("full", &self.is_full()).finish_non_exhaustive()
    }
}

/// Says what drops the rest, where the value's type is known; it is given what was asked about the parts.
#[inline(always)]
pub fn routine<T, A, R: Fn(T, [bool; PARTS], A), const PARTS: usize>(
    _guard: &Partial<T, A, R, PARTS>,
    _asked: A,
    _rest: R,
) {
}

/// The value, of the type of what is at the place: which need not hold anything.
#[inline(always)]
pub fn like<T>(_place: *const T, value: T) -> T {
    value
}
