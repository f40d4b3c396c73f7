//! Homes of temporaries that may be consumed at once, or borrowed until the end of their statement.

use std::fmt;
use std::marker::PhantomData;

use super::Slot;

/// No memory: the home of what is consumed where it is made.
pub struct Nothing<T>(PhantomData<T>);

impl<T> fmt::Debug for Nothing<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Nothing")
    }
}

/// Where a temporary lives, if it lives at all.
pub trait Hold {
    /// The value.
    type Value;

    /// Whether there is memory for a value.
    const HOLDS: bool;

    /// The address; dangling where there is no memory, and nothing to be had.
    fn address(home: *mut Self) -> *mut Self::Value;
}

impl<T> Hold for Slot<T> {
    type Value = T;
    const HOLDS: bool = true;

    #[inline(always)]
    fn address(home: *mut Self) -> *mut T {
        home as *mut T
    }
}

impl<T> Hold for Nothing<T> {
    type Value = T;
    const HOLDS: bool = false;

    #[inline(always)]
    fn address(_: *mut Self) -> *mut T {
        std::ptr::NonNull::dangling().as_ptr()
    }
}
