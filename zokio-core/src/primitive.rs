//! Atomics, cells, locks and threads: std's, or loom's when the crate is built with `--cfg loom`.
//!
//! Every lock-free piece of the core takes its primitives from here, so that the same source is what runs and what
//! loom explores.

#[cfg(not(loom))]
pub(crate) use std::sync::{Arc, Condvar, Mutex, MutexGuard};

#[cfg(loom)]
pub(crate) use loom::sync::{Arc, Condvar, Mutex, MutexGuard};

/// Atomic integers and fences.
pub(crate) mod atomic {
    #[cfg(loom)]
    pub(crate) use loom::sync::atomic::*;
    #[cfg(not(loom))]
    pub(crate) use std::sync::atomic::*;
}

/// Threads, as far as spinning needs them.
pub(crate) mod thread {
    #[cfg(loom)]
    pub(crate) use loom::thread::*;
    #[cfg(not(loom))]
    pub(crate) use std::thread::*;
}

#[cfg(loom)]
pub(crate) use loom::cell::UnsafeCell;

/// A cell whose content is reached through a closure: std's `UnsafeCell` with loom's interface, so that loom sees every
/// access.
#[cfg(not(loom))]
#[derive(Debug)]
#[repr(transparent)]
pub(crate) struct UnsafeCell<T>(std::cell::UnsafeCell<T>);

#[cfg(not(loom))]
impl<T> UnsafeCell<T> {
    pub(crate) const fn new(value: T) -> Self {
        Self(std::cell::UnsafeCell::new(value))
    }

    /// Reads: the closure must not write through the pointer.
    #[inline(always)]
    pub(crate) fn with<R>(&self, f: impl FnOnce(*const T) -> R) -> R {
        f(self.0.get())
    }

    /// Writes: the caller answers for exclusive access while the closure runs.
    #[inline(always)]
    pub(crate) fn with_mut<R>(&self, f: impl FnOnce(*mut T) -> R) -> R {
        f(self.0.get())
    }
}
