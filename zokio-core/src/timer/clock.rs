//! The clock: points in time that deadlines are made of.

use std::fmt;
use std::ops::{Add, AddAssign, Sub, SubAssign};
use std::time::Duration;

/// A point on the runtime's clock, which never goes backwards.
///
/// It is [`std::time::Instant`] under a type of the runtime's own, so that a clock that tests control can come later
/// without a change to signatures. Names and semantics are those of `tokio::time::Instant`.
///
/// ```
/// use std::time::Duration;
/// use zokio_core::timer::Instant;
///
/// let deadline = Instant::now() + Duration::from_millis(5);
/// assert!(deadline.elapsed() == Duration::ZERO, "it lies ahead");
/// assert_eq!(deadline - Duration::from_millis(5) + Duration::from_millis(5), deadline);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(std::time::Instant);

impl Instant {
    /// The present.
    #[must_use]
    #[inline]
    pub fn now() -> Self {
        Self(std::time::Instant::now())
    }

    /// A point that stands for "never": about 30 years from now, which every platform's clock can represent.
    ///
    /// It is what a duration too long to be added to the present becomes, as `sleep(Duration::MAX)`.
    #[must_use]
    pub fn far_future() -> Self {
        Self::now() + Duration::from_secs(60 * 60 * 24 * 365 * 30)
    }

    /// The point that lies `duration` ahead of the present, or [`far_future`](Self::far_future) if there is none.
    #[must_use]
    pub fn after(duration: Duration) -> Self {
        Self::now().checked_add(duration).unwrap_or_else(Self::far_future)
    }

    /// Takes over a point of std's clock.
    #[must_use]
    pub const fn from_std(std: std::time::Instant) -> Self {
        Self(std)
    }

    /// The same point on std's clock.
    #[must_use]
    pub const fn into_std(self) -> std::time::Instant {
        self.0
    }

    /// How much time has passed since this point; zero if it lies ahead.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        Self::now().saturating_duration_since(*self)
    }

    /// The time from `earlier` to this point; zero if `earlier` is the later one, as std's.
    #[must_use]
    pub fn duration_since(&self, earlier: Self) -> Duration {
        self.0.saturating_duration_since(earlier.0)
    }

    /// The time from `earlier` to this point, or `None` if `earlier` is the later one.
    #[must_use]
    pub fn checked_duration_since(&self, earlier: Self) -> Option<Duration> {
        self.0.checked_duration_since(earlier.0)
    }

    /// The time from `earlier` to this point; zero if `earlier` is the later one.
    #[must_use]
    pub fn saturating_duration_since(&self, earlier: Self) -> Duration {
        self.0.saturating_duration_since(earlier.0)
    }

    /// This point moved ahead, or `None` if the clock cannot represent the result.
    #[must_use]
    pub fn checked_add(&self, duration: Duration) -> Option<Self> {
        self.0.checked_add(duration).map(Self)
    }

    /// This point moved back, or `None` if the clock cannot represent the result.
    #[must_use]
    pub fn checked_sub(&self, duration: Duration) -> Option<Self> {
        self.0.checked_sub(duration).map(Self)
    }
}

impl From<std::time::Instant> for Instant {
    fn from(std: std::time::Instant) -> Self {
        Self(std)
    }
}

impl From<Instant> for std::time::Instant {
    fn from(instant: Instant) -> Self {
        instant.0
    }
}

impl Add<Duration> for Instant {
    type Output = Self;

    fn add(self, duration: Duration) -> Self {
        Self(self.0 + duration)
    }
}

impl AddAssign<Duration> for Instant {
    fn add_assign(&mut self, duration: Duration) {
        self.0 += duration;
    }
}

impl Sub for Instant {
    type Output = Duration;

    fn sub(self, earlier: Self) -> Duration {
        self.0.saturating_duration_since(earlier.0)
    }
}

impl Sub<Duration> for Instant {
    type Output = Self;

    fn sub(self, duration: Duration) -> Self {
        Self(self.0 - duration)
    }
}

impl SubAssign<Duration> for Instant {
    fn sub_assign(&mut self, duration: Duration) {
        self.0 -= duration;
    }
}

impl fmt::Debug for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
