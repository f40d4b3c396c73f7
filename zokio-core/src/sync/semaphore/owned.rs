//! Permits that have their semaphore with them.

use std::sync::Arc;

use super::Semaphore;

/// Permits of a [`Semaphore`] that they have with them; they are given back when this is dropped.
#[derive(Debug)]
#[must_use = "the permits are given back when this is dropped"]
pub struct OwnedSemaphorePermit {
    semaphore: Arc<Semaphore>,
    count: usize,
}

impl OwnedSemaphorePermit {
    pub(super) const fn new(semaphore: Arc<Semaphore>, count: usize) -> Self {
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

    /// The semaphore.
    #[must_use]
    pub const fn semaphore(&self) -> &Arc<Semaphore> {
        &self.semaphore
    }

    /// Adds the permits of another to these.
    ///
    /// # Panics
    /// When they are of another semaphore.
    #[track_caller]
    pub fn merge(&mut self, mut other: Self) {
        assert!(Arc::ptr_eq(&self.semaphore, &other.semaphore), "permits of different semaphores cannot be merged");
        self.count += std::mem::take(&mut other.count);
    }

    /// Takes so many permits out of these; none: there are fewer.
    pub fn split(&mut self, count: usize) -> Option<Self> {
        self.count = self.count.checked_sub(count)?;
        Some(Self { semaphore: Arc::clone(&self.semaphore), count })
    }
}

impl Drop for OwnedSemaphorePermit {
    fn drop(&mut self) {
        self.semaphore.add_permits(self.count);
    }
}
