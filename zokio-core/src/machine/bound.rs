//! What a pattern binds that is matched against a local in its slot.
//!
//! The pattern is matched against `&mut *place`, so it binds references. What it binds natively says a [`Question`]: the value
//! itself, or, where the local is a reference, a reference into what that refers to.

use std::ops::Deref;

use super::{Question, free};

/// A name of type `N` natively, found as `Self`.
pub trait Bind<N> {
    /// What it is natively.
    ///
    /// # Safety
    /// Where that is the value itself, it is moved out, or is `Copy`.
    unsafe fn bind(self) -> N;

    /// What a guard sees of it.
    fn see(&self) -> &N;
}

impl<N> Bind<N> for &mut N {
    #[inline(always)]
    unsafe fn bind(self) -> N {
        // SAFETY: the caller's promise.
        unsafe { std::ptr::from_mut(self).read() }
    }

    #[inline(always)]
    fn see(&self) -> &N {
        self
    }
}

impl<'a, N: ?Sized> Bind<&'a N> for &'a N {
    #[inline(always)]
    unsafe fn bind(self) -> &'a N {
        self
    }

    #[inline(always)]
    fn see(&self) -> &&'a N {
        self
    }
}

impl<'a, N: ?Sized> Bind<&'a mut N> for &'a mut N {
    #[inline(always)]
    unsafe fn bind(self) -> &'a mut N {
        self
    }

    #[inline(always)]
    fn see(&self) -> &&'a mut N {
        self
    }
}

/// [`Bind::bind`], of what is moved.
///
/// # Safety
/// As there.
#[inline(always)]
pub unsafe fn bound<N, B: Bind<N>>(_native: Question<N>, found: B) -> N {
    // SAFETY: the caller's promise.
    unsafe { found.bind() }
}

/// [`Bind::bind`], of what is copied: its local is used again, so the witness has shown that it is `Copy`, or a reference into what the local
/// refers to. Should the expansion be wrong about that, no destructor runs twice.
///
/// # Safety
/// As there.
#[inline(always)]
pub unsafe fn bound_copy<N, B: Bind<N>>(_native: Question<N>, found: B) -> N {
    const {
        assert!(
            !std::mem::needs_drop::<N>(),
            "internal: a value is moved and used again; please report this as a bug of zokio's"
        )
    };
    // SAFETY: the caller's promise.
    unsafe { found.bind() }
}

/// [`Bind::see`].
#[inline(always)]
pub fn seen<N, B: Bind<N>>(_native: Question<N>, found: &B) -> &N {
    found.see()
}

/// What a guard that awaits sees of a name: it may be borrowed until the guard is resumed.
pub trait Look<'s, 'f, N>: Bind<N> {
    /// A reference to it.
    type Seen: Deref<Target = N>;

    /// Where it is in the slot; what is found as a reference is not there, and is seen for as long as the pattern's name.
    ///
    /// # Safety
    /// Nobody uses it longer than the slot's value: the witness has shown it.
    unsafe fn look(&'s self) -> Self::Seen;
}

impl<'s, 'f, N: 'f> Look<'s, 'f, N> for &mut N {
    type Seen = &'f N;

    #[inline(always)]
    unsafe fn look(&'s self) -> &'f N {
        // SAFETY: the caller's promise.
        unsafe { free(self) }
    }
}

impl<'s, 'a: 's, N: ?Sized> Look<'s, '_, &'a N> for &'a N {
    type Seen = &'s &'a N;

    #[inline(always)]
    unsafe fn look(&'s self) -> &'s &'a N {
        self
    }
}

impl<'s, 'a: 's, N: ?Sized> Look<'s, '_, &'a mut N> for &'a mut N {
    type Seen = &'s &'a mut N;

    #[inline(always)]
    unsafe fn look(&'s self) -> &'s &'a mut N {
        self
    }
}

/// [`Look::look`].
///
/// # Safety
/// As there.
#[inline(always)]
pub unsafe fn looked<'s, 'f, N, B: Look<'s, 'f, N>>(_native: Question<N>, found: &'s B) -> B::Seen {
    // SAFETY: the caller's promise.
    unsafe { found.look() }
}

/// A value of the place's type, for a call that is never made.
pub fn any_of<T>(_place: *mut T) -> T {
    super::any()
}
