//! What a `for` goes through.

use super::refused::refused;

/// It, before it is an iterator.
#[derive(Debug)]
pub struct Iterated<I>(pub I);

/// It becomes one.
pub trait Iterates<I: IntoIterator> {
    /// Which.
    fn __zokio_iterate(self) -> I::IntoIter;
}

impl<I: IntoIterator> Iterates<I> for Iterated<I> {
    #[inline(always)]
    fn __zokio_iterate(self) -> I::IntoIter {
        self.0.into_iter()
    }
}

/// It becomes none.
pub trait NeverIterates {
    /// Anything.
    fn __zokio_iterate<V>(self) -> V;
}

impl<I> NeverIterates for &Iterated<I> {
    fn __zokio_iterate<V>(self) -> V {
        refused()
    }
}
