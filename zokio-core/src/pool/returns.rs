//! The way back for what a pool lent: a lock-free stack that any thread pushes on, and that the owner takes whole.
#![allow(unsafe_code)] // links objects that it does not own by pointers

use std::fmt;
use std::ptr::{self, NonNull};

use crate::primitive::UnsafeCell;
use crate::primitive::atomic::{AtomicPtr, Ordering};

/// The link in an object that can be given back: the object pushed before it.
pub(crate) type Link<T> = UnsafeCell<*mut T>;

/// An object with room for a [`Link`].
pub(crate) trait Linked: Sized {
    fn link(&self) -> &Link<Self>;
}

/// A stack of objects that wait for their owner.
///
/// Pushing is a compare-and-exchange. Objects are not taken off one by one but all at once, so that the classic
/// mistake of such stacks (an object that was taken and pushed again in between, "ABA") cannot happen. When the owner
/// goes, it closes the stack, and whoever comes later learns it.
///
/// ```text
///   empty <--take-- [top] -> [next] -> ..       closed
///     |   --push-->   |                            ^
///     '----- close ---+----------------------------'
/// ```
pub(crate) struct Returns<T> {
    top: AtomicPtr<T>,
}

/// The stack is closed: the owner is gone.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Closed;

impl<T: Linked> Returns<T> {
    pub(crate) fn new() -> Self {
        Self { top: AtomicPtr::new(ptr::null_mut()) }
    }

    /// The pointer that marks a closed stack; no object lies there.
    const fn closed() -> *mut T {
        ptr::without_provenance_mut(usize::MAX)
    }

    /// Gives `object` back, from any thread. The owner may take it, and the stack may be freed with it, before this
    /// returns.
    ///
    /// # Safety
    /// The object is alive, in no stack, and the caller's last use of it was before this. The stack is alive as long as
    /// the object is outstanding.
    pub(crate) unsafe fn push(&self, object: NonNull<T>) -> Result<(), Closed> {
        // Acquire: if the stack is closed, what the owner did before it closed it must be visible.
        let mut top = self.top.load(Ordering::Acquire);
        loop {
            if top == Self::closed() {
                return Err(Closed);
            }
            // SAFETY: the object is alive until it is pushed.
            let link = unsafe { object.as_ref() }.link();
            // SAFETY: nobody else uses the link of an object that is in no stack.
            link.with_mut(|link| unsafe { *link = top });
            // Release: publishes the link, and all uses of the object, to the owner. Acquire on failure: as above.
            match self.top.compare_exchange_weak(top, object.as_ptr(), Ordering::Release, Ordering::Acquire) {
                Ok(_) => return Ok(()),
                Err(actual) => top = actual,
            }
        }
    }

    /// Whether nothing waits; for the owner, which looks again later if this was too early to tell.
    #[inline]
    pub(crate) fn is_empty(&self) -> bool {
        // Relaxed: `take` acquires.
        let top = self.top.load(Ordering::Relaxed);
        top.is_null() || top == Self::closed()
    }

    /// Takes all that was given back. For the owner.
    #[inline]
    pub(crate) fn take(&self) -> Returned<T> {
        if self.is_empty() {
            return Returned(ptr::null_mut());
        }
        // Acquire: pairs with the release of each push (a chain of read-modify-writes carries them all).
        Returned(self.top.swap(ptr::null_mut(), Ordering::Acquire))
    }

    /// Takes all that was given back, for the last time: later pushes fail. For the owner.
    pub(crate) fn close(&self) -> Returned<T> {
        // AcqRel: as in `take`, and what the owner did before is visible to whoever finds the stack closed.
        let top = self.top.swap(Self::closed(), Ordering::AcqRel);
        Returned(if top == Self::closed() { ptr::null_mut() } else { top })
    }
}

impl<T> fmt::Debug for Returns<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Returns").finish_non_exhaustive()
    }
}

/// Objects that were given back, the last one first. Each is the owner's again once the iterator has yielded it.
pub(crate) struct Returned<T>(*mut T);

impl<T: Linked> Iterator for Returned<T> {
    type Item = NonNull<T>;

    fn next(&mut self) -> Option<NonNull<T>> {
        let object = NonNull::new(self.0)?;
        // SAFETY: whoever pushed the object left it to us; it is alive until we have yielded it.
        let link = unsafe { object.as_ref() }.link();
        // SAFETY: nobody else uses the link of an object that was given back.
        self.0 = link.with(|link| unsafe { *link });
        Some(object)
    }
}

#[cfg(all(test, not(loom)))]
mod tests {
    use super::*;

    struct Object(u32, Link<Self>);

    impl Linked for Object {
        fn link(&self) -> &Link<Self> {
            &self.1
        }
    }

    fn object(n: u32) -> NonNull<Object> {
        NonNull::from(Box::leak(Box::new(Object(n, Link::new(ptr::null_mut())))))
    }

    fn numbers(returned: Returned<Object>) -> Vec<u32> {
        // SAFETY: the objects were boxes and are ours again.
        returned.map(|object| unsafe { Box::from_raw(object.as_ptr()) }.0).collect()
    }

    #[test]
    fn what_was_pushed_is_taken_whole() {
        let stack = Returns::new();
        assert!(stack.is_empty());
        for n in 0..3 {
            // SAFETY: the object is alive and in no stack.
            unsafe { stack.push(object(n)) }.unwrap();
        }
        assert!(!stack.is_empty());
        assert_eq!(numbers(stack.take()), [2, 1, 0]);
        assert!(stack.is_empty());
        assert_eq!(numbers(stack.take()), []);
    }

    #[test]
    fn a_closed_stack_takes_nothing() {
        let stack = Returns::new();
        // SAFETY: the object is alive and in no stack.
        unsafe { stack.push(object(0)) }.unwrap();
        assert_eq!(numbers(stack.close()), [0]);
        let late = object(1);
        // SAFETY: as above.
        assert_eq!(unsafe { stack.push(late) }, Err(Closed));
        assert!(stack.is_empty());
        assert_eq!(numbers(stack.close()), []);
        // SAFETY: the object was a box, and the stack did not take it.
        drop(unsafe { Box::from_raw(late.as_ptr()) });
    }
}
