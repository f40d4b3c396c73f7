//! Waiting for a point in time, or for some time.

use super::{Duration, Instant, Sleep};

/// A future that is ready when `duration` has passed from now on.
///
/// A duration too long for the clock is about 30 years.
///
/// ```
/// use std::time::Duration;
/// use zokio::time::{Instant, sleep};
///
/// async fn a_moment() {
///     let begin = Instant::now();
///     sleep(Duration::from_millis(100)).await;
///     assert!(begin.elapsed() >= Duration::from_millis(100));
/// }
/// # let _ = a_moment();
/// ```
///
/// # Cancel safety
/// Dropping the future, at any time and on any thread, cancels it.
///
/// # Panics
/// Polling the future panics outside of a runtime.
pub fn sleep(duration: Duration) -> Sleep {
    Sleep::new(Instant::after(duration))
}

/// A future that is ready when `deadline` is reached; at once if it lies in the past.
///
/// # Cancel safety
/// As [`sleep`].
///
/// # Panics
/// As [`sleep`].
pub fn sleep_until(deadline: Instant) -> Sleep {
    Sleep::new(deadline)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sleep_knows_its_deadline() {
        let before = Instant::now();
        let sleep = sleep(Duration::from_secs(1));
        assert!(sleep.deadline() >= before + Duration::from_secs(1));
        assert!(!sleep.is_elapsed());
        assert_eq!(sleep_until(before).deadline(), before);
    }

    #[test]
    fn a_sleep_without_end_is_made() {
        let year = Duration::from_secs(365 * 24 * 3600);
        assert!(sleep(Duration::MAX).deadline() > Instant::now() + 29 * year);
    }
}
