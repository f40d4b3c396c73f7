//! What the compiler refuses in the original, and says so there. Of the machine it says nothing more: what has no type otherwise has any,
//! which is found by autoref, after whatever is right.

use std::fmt;
use std::marker::PhantomData;
use std::ptr::{self, NonNull};

/// A thing of any type, where the compiler refuses the witness. Should it not, then this program is not built, rather than run into it.
pub(super) fn refused<T>() -> T {
    const {
        assert!(
            size_of::<T>() > isize::MAX as usize,
            "internal: the machine of a body takes something to be refused that is not; please report this as a bug of zokio's"
        );
    }
    unreachable!("it is not built")
}

/// What a body has for its value that ends without one: nothing, if that is what the type stands for; else its end is not reached, or the witness is
/// refused.
#[inline(always)]
pub fn without_value<T>() -> T {
    if size_of::<T>() == 0 {
        // SAFETY: the compiler has taken the witness, which gets here, so the type is that of a block without a value; it has no bytes.
        return unsafe { ptr::read(NonNull::dangling().as_ptr()) };
    }
    unreachable!("the end of a body that has a value elsewhere")
}

/// The type of what a body returns.
pub struct Expected<T>(PhantomData<fn() -> T>);

/// Makes an [`Expected`].
#[inline(always)]
pub const fn expected<T>() -> Expected<T> {
    Expected(PhantomData)
}

impl<T> fmt::Debug for Expected<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Expected")
    }
}

impl Expected<()> {
    /// What `return;` returns.
    #[inline(always)]
    pub const fn __zokio_nothing(self) {}
}

/// The traits that have to be in scope where something may be refused.
pub mod refusals {
    pub use super::super::iterated::{Iterates as _, NeverIterates as _};
    pub use super::super::tries::{Branches as _, Leaves as _, NoLeaves as _, NotTried as _};
    pub use super::{Makes as _, MakesNothing as _, ReturnsSomething as _};
}

/// `return;` where something else is expected.
pub trait ReturnsSomething<T> {
    /// Any of it.
    fn __zokio_nothing(self) -> T;
}

impl<T> ReturnsSomething<T> for Expected<T> {
    fn __zokio_nothing(self) -> T {
        refused()
    }
}

/// What a call makes where a type is expected that is written, and never is that of a future.
#[derive(Debug)]
pub struct Made<T>(pub T);

/// It may be of that type, which is `Unpin`.
pub trait Makes<T> {
    /// The value.
    fn __zokio_made(self) -> T;
}

impl<T: Unpin> Makes<T> for Made<T> {
    #[inline(always)]
    fn __zokio_made(self) -> T {
        self.0
    }
}

/// It is not: an `.await` is missing, as the compiler says of the witness.
pub trait MakesNothing {
    /// Anything.
    fn __zokio_made<V>(self) -> V;
}

impl<T> MakesNothing for &Made<T> {
    fn __zokio_made<V>(self) -> V {
        refused()
    }
}
