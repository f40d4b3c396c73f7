//! Permits that tasks take and give back: see [`Semaphore`].

mod acquire;
mod error;
mod owned;
mod permit;
mod permits;

use std::fmt;
use std::sync::Arc;

use self::acquire::Acquire;
pub use self::error::{AcquireError, TryAcquireError};
pub use self::owned::OwnedSemaphorePermit;
pub use self::permit::SemaphorePermit;
use self::permits::{MAX_PERMITS, Permits, Taken};

/// A number of permits, which tasks take and give back: who finds too few waits.
///
/// It is fair: permits are given in the order in which they were asked for, also where the first wants many and somebody behind it few.
///
/// ```
/// use zokio_core::sync::semaphore::Semaphore;
///
/// static CONNECTIONS: Semaphore = Semaphore::const_new(100);
///
/// async fn serve_one() {
///     let _permit = CONNECTIONS.acquire().await.expect("it is never closed");
///     // At most a hundred tasks are here at once.
/// }
/// # let _ = serve_one();
/// ```
pub struct Semaphore {
    permits: Permits,
}

impl Semaphore {
    /// The most permits that a semaphore may have: `usize::MAX >> 3`.
    pub const MAX_PERMITS: usize = MAX_PERMITS;

    /// A semaphore with so many permits.
    ///
    /// # Panics
    /// When these are more than [`MAX_PERMITS`](Self::MAX_PERMITS).
    #[track_caller]
    #[must_use]
    pub fn new(permits: usize) -> Self {
        assert!(permits <= MAX_PERMITS, "a semaphore has at most `MAX_PERMITS` ({MAX_PERMITS}) permits");
        Self { permits: Permits::new(permits) }
    }

    /// The same, for a static.
    ///
    /// # Panics
    /// As [`new`](Self::new).
    #[cfg(not(loom))]
    #[must_use]
    pub const fn const_new(permits: usize) -> Self {
        assert!(permits <= MAX_PERMITS, "a semaphore has at most `MAX_PERMITS` permits");
        Self { permits: Permits::new(permits) }
    }

    /// How many permits are free now. Where somebody waits for several, those that are kept for it are not.
    #[must_use]
    pub fn available_permits(&self) -> usize {
        self.permits.free()
    }

    /// Adds permits.
    ///
    /// # Panics
    /// When there would be more than [`MAX_PERMITS`](Self::MAX_PERMITS).
    #[track_caller]
    pub fn add_permits(&self, count: usize) {
        self.permits.give(count);
    }

    /// Takes so many free permits away for ever, or all where there are fewer, and says how many.
    pub fn forget_permits(&self, count: usize) -> usize {
        self.permits.forget(count)
    }

    /// Takes one permit, which is given back when it is dropped.
    ///
    /// # Errors
    /// When the semaphore is closed, before or while this waits.
    ///
    /// # Cancel safety
    /// Dropping the future gives up its place in the queue, and loses no permit.
    pub async fn acquire(&self) -> Result<SemaphorePermit<'_>, AcquireError> {
        self.acquire_many(1).await
    }

    /// Takes several permits at once.
    ///
    /// # Errors
    /// When the semaphore is closed, before or while this waits.
    ///
    /// # Cancel safety
    /// As [`acquire`](Self::acquire).
    pub async fn acquire_many(&self, count: u32) -> Result<SemaphorePermit<'_>, AcquireError> {
        Acquire::new(&self.permits, count as usize).await?;
        Ok(SemaphorePermit::new(self, count as usize))
    }

    /// Takes one permit if it is free.
    ///
    /// # Errors
    /// When none is, or the semaphore is closed.
    pub fn try_acquire(&self) -> Result<SemaphorePermit<'_>, TryAcquireError> {
        self.try_acquire_many(1)
    }

    /// Takes several permits if they are free.
    ///
    /// # Errors
    /// When there are not so many, or the semaphore is closed.
    pub fn try_acquire_many(&self, count: u32) -> Result<SemaphorePermit<'_>, TryAcquireError> {
        self.try_take(count)?;
        Ok(SemaphorePermit::new(self, count as usize))
    }

    /// Takes one permit, which has the semaphore with it.
    ///
    /// # Errors
    /// When the semaphore is closed, before or while this waits.
    ///
    /// # Cancel safety
    /// As [`acquire`](Self::acquire).
    pub async fn acquire_owned(self: Arc<Self>) -> Result<OwnedSemaphorePermit, AcquireError> {
        self.acquire_many_owned(1).await
    }

    /// Takes several permits at once, which have the semaphore with them.
    ///
    /// # Errors
    /// When the semaphore is closed, before or while this waits.
    ///
    /// # Cancel safety
    /// As [`acquire`](Self::acquire).
    pub async fn acquire_many_owned(self: Arc<Self>, count: u32) -> Result<OwnedSemaphorePermit, AcquireError> {
        Acquire::new(&self.permits, count as usize).await?;
        Ok(OwnedSemaphorePermit::new(self, count as usize))
    }

    /// Takes one permit if it is free, which has the semaphore with it.
    ///
    /// # Errors
    /// When none is, or the semaphore is closed.
    pub fn try_acquire_owned(self: Arc<Self>) -> Result<OwnedSemaphorePermit, TryAcquireError> {
        self.try_acquire_many_owned(1)
    }

    /// Takes several permits if they are free, which have the semaphore with them.
    ///
    /// # Errors
    /// When there are not so many, or the semaphore is closed.
    pub fn try_acquire_many_owned(self: Arc<Self>, count: u32) -> Result<OwnedSemaphorePermit, TryAcquireError> {
        self.try_take(count)?;
        Ok(OwnedSemaphorePermit::new(self, count as usize))
    }

    /// Gives no permits any more: who waits, and who asks later, gets an error. Permits that are taken stay valid.
    pub fn close(&self) {
        self.permits.close();
    }

    /// Whether it is closed.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.permits.is_closed()
    }

    fn try_take(&self, count: u32) -> Result<(), TryAcquireError> {
        match self.permits.try_take(count as usize) {
            Taken::All => Ok(()),
            Taken::NotEnough => Err(TryAcquireError::NoPermits),
            Taken::Closed => Err(TryAcquireError::Closed),
        }
    }
}

impl fmt::Debug for Semaphore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Semaphore")
            .field("available", &self.available_permits())
            .field("closed", &self.is_closed())
            .finish()
    }
}

#[cfg(all(test, not(loom)))]
mod tests;
