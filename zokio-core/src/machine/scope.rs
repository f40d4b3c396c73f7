//! What ties a closure to the scope of a local that it uses, in the witness: unless it may leave it in the machine too.
//!
//! Natively a closure that uses `r.len()`, where `r` is a reference, holds what that refers to, and may go where `r` is not. In a
//! machine it does where the reference is one word, as [`captured`](super::captured) says; else it holds the address of `r`, whose
//! memory is another's there. So beside `r` there is its scope, and the closure looks at that:
//!
//! ```text
//! let r = slice();
//! let scope = scope(&r);
//! let f = || { scope.tie(); r.len() };
//! ```
//!
//! Which `tie` is meant depends on the type of `r`, as in [`question`](super::question). For references of one word it is found by
//! value: as of any method of `&self` on a reference, the closure has what `scope` refers to, which is nowhere. For other types it is
//! found by reference, of `scope` itself, which the closure cannot outlive.

use std::marker::PhantomData;

/// The scope of a local of this type.
#[derive(Debug)]
pub struct Scope<T>(PhantomData<fn() -> T>);

/// Of a local.
pub const fn scope<'s, T: 's>(_: &T) -> &'s Scope<T> {
    &Scope(PhantomData)
}

/// What such a closure asks.
pub mod ties {
    use super::Scope;

    /// It may leave the scope.
    pub trait Leaves {
        /// Says so.
        fn tie(&self) {}
    }

    impl<T> Leaves for Scope<&T> {}
    impl<T> Leaves for Scope<&mut T> {}

    /// So may closures within it, of any reference: they have room for all of it ([`within`](super::super::within)).
    pub trait LeavesAll {
        /// Says so.
        fn tie(&self) {}
    }

    impl<T: ?Sized> LeavesAll for Scope<&T> {}
    impl<T: ?Sized> LeavesAll for Scope<&mut T> {}

    /// It may not.
    pub trait Stays {
        /// Borrows the scope.
        fn tie(&self) {}
    }

    impl<T> Stays for &Scope<T> {}

    /// What is borrowed itself by a closure that asks, unless it is a shared reference: as of any method of `&self`, the closure has what that
    /// refers to.
    pub trait Itself {
        /// Borrows it.
        fn __zokio_itself(&self) {}
    }

    impl<T: ?Sized> Itself for T {}

    /// What is borrowed by a closure that is used as a whole: of a `&T` what that refers to, and anything but a `&mut T` itself.
    pub trait Looks {
        /// Borrows it.
        fn __zokio_coerced(&self) {}
    }

    impl<T: ?Sized> Looks for T {}

    /// The same, of a `&mut T`: what that refers to.
    pub trait Reborrows {
        /// Borrows it.
        fn __zokio_coerced(&mut self) {}
    }

    impl<T: ?Sized> Reborrows for T {}
}
