//! What a closure moves in of a local that is used again, where it uses fields alone: all of the local if that is `Copy`, as a reference is,
//! and otherwise the fields.

use std::fmt;
use std::mem::needs_drop;

/// The local at this address: which of both it is, autoref specialisation finds out.
pub struct Whole<T>(pub *mut T);

impl<T> fmt::Debug for Whole<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Whole")
    }
}

/// The traits that have to be in scope where that is found out.
pub mod wholes {
    use std::ptr;

    use super::Whole;

    /// It is `Copy`.
    pub trait MovesAll<T> {
        /// All of it.
        ///
        /// # Safety
        /// The local has a value.
        unsafe fn __zokio_moved<F>(&self, fields: impl FnOnce() -> F) -> T;
    }

    impl<T: Copy> MovesAll<T> for &Whole<T> {
        #[inline(always)]
        unsafe fn __zokio_moved<F>(&self, _fields: impl FnOnce() -> F) -> T {
            // SAFETY: the caller's promise.
            unsafe { ptr::read(self.0) }
        }
    }

    /// It is not.
    pub trait MovesFields {
        /// What has its fields.
        ///
        /// # Safety
        /// The local has a value.
        unsafe fn __zokio_moved<F>(&self, fields: impl FnOnce() -> F) -> F;
    }

    impl<T> MovesFields for Whole<T> {
        #[inline(always)]
        unsafe fn __zokio_moved<F>(&self, fields: impl FnOnce() -> F) -> F {
            fields()
        }
    }
}

/// Copies a field. Not by `*field`, which the compiler would refuse where all of the local is copied instead.
///
/// # Safety
/// `field` is the address of a value.
#[inline(always)]
pub unsafe fn field<F>(field: *const F) -> F {
    const {
        assert!(
            !needs_drop::<F>(),
            "a closure moves a field that has a destructor, of a local of this machine that is used again: move the field to a local of its own before"
        );
    }
    // SAFETY: the caller's promise; no destructor runs twice. The local may be packed.
    unsafe { field.read_unaligned() }
}
