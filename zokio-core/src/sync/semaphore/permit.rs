//! Permits that borrow their semaphore.

use std::ptr;

use super::Semaphore;

/// Permits of a [`Semaphore`], which are given back when this is dropped.
#[derive(Debug)]
#[must_use = "the permits are given back when this is dropped"]
pub struct SemaphorePermit<'s> {
    semaphore: &'s Semaphore,
    count: usize,
}

impl<'s> SemaphorePermit<'s> {
    pub(super) const fn new(semaphore: &'s Semaphore, count: usize) -> Self {
        Self { semaphore, count }
    }

    /// Takes the permits away from the semaphore for ever.
    pub fn forget(mut self) {
        self.count = 0;
    }

    /// How many permits these are.
    #[must_use]
    pub const fn num_permits(&self) -> usize {
        self.count
    }

    /// Adds the permits of another to these.
    ///
    /// # Panics
    /// When they are of another semaphore.
    #[track_caller]
    pub fn merge(&mut self, mut other: Self) {
        assert!(ptr::eq(self.semaphore, other.semaphore), "permits of different semaphores cannot be merged");
        self.count += std::mem::take(&mut other.count);
    }

    /// Takes so many permits out of these; none: there are fewer.
    pub fn split(&mut self, count: usize) -> Option<Self> {
        self.count = self.count.checked_sub(count)?;
        Some(Self { semaphore: self.semaphore, count })
    }
}

impl Drop for SemaphorePermit<'_> {
    fn drop(&mut self) {
        self.semaphore.add_permits(self.count);
    }
}
