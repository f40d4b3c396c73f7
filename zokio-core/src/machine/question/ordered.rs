//! What `max`, `min` and `clamp` do with a local: those of `Ord` take what is ordered. Anything else is used where it is, or what it refers to
//! is copied.

use std::fmt;

use super::{Owned, Shared, question};

/// The local at this address.
pub struct Ordered<T>(pub *mut T);

impl<T> fmt::Debug for Ordered<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Ordered")
    }
}

/// The traits that have to be in scope where that is found out.
pub mod orders {
    use super::{Ordered, Owned, Shared, question};

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

    /// It is not.
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
