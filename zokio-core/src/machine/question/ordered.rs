//! What `max`, `min` and `clamp` do with a local: those of `Ord` take what is ordered, and of a lock's guard, say, what that refers to; those of
//! `Iterator`, and `into_iter`, take what iterates. References do so as well, and would answer for what they refer to.

use std::fmt;

/// The local at this address, of which it is found whether it is ordered.
pub struct Ordered<T>(pub *mut T);

/// The local at this address, of which it is found whether it iterates.
pub struct Iterates<T>(pub *mut T);

/// The local at this address, of which it is found whether it can be made an iterator.
pub struct Iterable<T>(pub *mut T);

impl<T> fmt::Debug for Ordered<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Ordered")
    }
}

impl<T> fmt::Debug for Iterable<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Iterable")
    }
}

impl<T> fmt::Debug for Iterates<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Iterates")
    }
}

/// The traits that have to be in scope where that is found out of what is given something to be compared with.
pub mod orders {
    use super::super::{Owned, Shared, question};
    use super::Ordered;

    /// It is ordered.
    pub trait Taken {
        /// It is taken.
        fn __zokio_gate(&self) -> Owned<()>;
    }

    impl<T: Ord> Taken for &Ordered<T> {
        #[inline(always)]
        fn __zokio_gate(&self) -> Owned<()> {
            Owned(question())
        }
    }

    /// It is not: what it refers to is, perhaps, or it has a method of its own.
    pub trait Used {
        /// It is used where it is.
        fn __zokio_gate(&self) -> Shared<()>;
    }

    impl<T> Used for Ordered<T> {
        #[inline(always)]
        fn __zokio_gate(&self) -> Shared<()> {
            Shared(question())
        }
    }
}

/// The same, of what is given nothing.
pub mod iterates {
    use super::super::{Owned, question};
    use super::{Iterable, Iterates};

    /// It iterates.
    pub trait Taken {
        /// It is taken.
        fn __zokio_gate<G>(&self, gate: G) -> Owned<()>;
    }

    impl<T: Iterator> Taken for &Iterates<T> {
        #[inline(always)]
        fn __zokio_gate<G>(&self, _gate: G) -> Owned<()> {
            Owned(question())
        }
    }

    impl<T: IntoIterator> Taken for &Iterable<T> {
        #[inline(always)]
        fn __zokio_gate<G>(&self, _gate: G) -> Owned<()> {
            Owned(question())
        }
    }

    impl<T> Asked for Iterable<T> {
        #[inline(always)]
        fn __zokio_gate<G>(&self, gate: G) -> G {
            gate
        }
    }

    /// It does not.
    pub trait Asked {
        /// As was found.
        fn __zokio_gate<G>(&self, gate: G) -> G;
    }

    impl<T> Asked for Iterates<T> {
        #[inline(always)]
        fn __zokio_gate<G>(&self, gate: G) -> G {
            gate
        }
    }
}
