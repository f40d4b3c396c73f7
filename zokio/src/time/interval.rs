//! A clock that ticks.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use super::{Duration, Instant, Sleep, sleep_until};

/// A clock that ticks every `period`, for the first time at once.
///
/// ```
/// use std::time::Duration;
/// use zokio::time::interval;
///
/// async fn three_times() {
///     let mut interval = interval(Duration::from_millis(10));
///     for _ in 0..3 {
///         interval.tick().await;
///     }
///     // About 20 ms have passed.
/// }
/// # let _ = three_times();
/// ```
///
/// # Panics
/// If `period` is zero.
#[track_caller]
#[must_use = "an interval ticks only for those who call `tick`"]
pub fn interval(period: Duration) -> Interval {
    interval_at(Instant::now(), period)
}

/// A clock that ticks every `period`, for the first time at `start`.
///
/// # Panics
/// If `period` is zero.
#[track_caller]
#[must_use = "an interval ticks only for those who call `tick`"]
pub fn interval_at(start: Instant, period: Duration) -> Interval {
    assert!(period > Duration::ZERO, "`period` must be non-zero.");
    Interval { delay: sleep_until(start), period, missed_tick_behavior: MissedTickBehavior::default() }
}

/// What an [`Interval`] does when ticks were missed, because nobody asked for them in time.
///
/// With a period of 10 ms, where the tick at 20 is asked for at 37 only:
///
/// ```text
///   Burst   10  20(37)  30(37)  40  50  ..     makes up for what was missed
///   Delay   10  20(37)  47  57  67  ..         a full period between ticks
///   Skip    10  20(37)  40  50  60  ..         back in step, without those in between
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MissedTickBehavior {
    /// Ticks as fast as possible until the missed ones are made up for.
    #[default]
    Burst,
    /// Goes on from the late tick: the next one is a period later.
    Delay,
    /// Leaves out what was missed: the next tick is the next multiple of the period after the start.
    Skip,
}

/// A tick is missed when it is asked for so much later than it was due; tokio's value. Timers are late by up to their
/// resolution anyway.
const LATE: Duration = Duration::from_millis(5);

impl MissedTickBehavior {
    /// When the tick after the one that was due at `due` comes, which was noticed at `now`.
    fn next_tick(self, due: Instant, now: Instant, period: Duration) -> Instant {
        let next = if now.duration_since(due) <= LATE {
            due.checked_add(period)
        } else {
            match self {
                Self::Burst => due.checked_add(period),
                Self::Delay => now.checked_add(period),
                Self::Skip => {
                    let beyond = now.duration_since(due).as_nanos() % period.as_nanos();
                    let beyond = u64::try_from(beyond).map_or(Duration::MAX, Duration::from_nanos);
                    now.checked_add(period.saturating_sub(beyond))
                }
            }
        };
        next.unwrap_or_else(Instant::far_future)
    }
}

/// A clock that ticks, made by [`interval`] and [`interval_at`].
#[derive(Debug)]
pub struct Interval {
    delay: Sleep,
    period: Duration,
    missed_tick_behavior: MissedTickBehavior,
}

impl Interval {
    /// Waits for the next tick, and returns when it was due.
    ///
    /// # Cancel safety
    /// If the future is dropped before it is ready, no tick is lost.
    ///
    /// # Panics
    /// Polling the future panics outside of a runtime.
    pub async fn tick(&mut self) -> Instant {
        poll_fn(|cx| self.poll_tick(cx)).await
    }

    /// Asks for the next tick, and has the task woken when it comes; `Ready` says when it was due.
    ///
    /// # Panics
    /// Outside of a runtime.
    pub fn poll_tick(&mut self, cx: &mut Context<'_>) -> Poll<Instant> {
        ready!(Pin::new(&mut self.delay).poll(cx));
        let due = self.delay.deadline();
        let next = self.missed_tick_behavior.next_tick(due, Instant::now(), self.period);
        Pin::new(&mut self.delay).reset(next);
        Poll::Ready(due)
    }

    /// Has the next tick one period from now.
    pub fn reset(&mut self) {
        self.reset_after(self.period);
    }

    /// Has the next tick at once.
    pub fn reset_immediately(&mut self) {
        self.reset_at(Instant::now());
    }

    /// Has the next tick when `after` has passed from now on.
    pub fn reset_after(&mut self, after: Duration) {
        self.reset_at(Instant::after(after));
    }

    /// Has the next tick at `deadline`.
    pub fn reset_at(&mut self, deadline: Instant) {
        Pin::new(&mut self.delay).reset(deadline);
    }

    /// What happens when ticks are missed.
    #[must_use]
    pub const fn missed_tick_behavior(&self) -> MissedTickBehavior {
        self.missed_tick_behavior
    }

    /// Says what happens when ticks are missed.
    pub const fn set_missed_tick_behavior(&mut self, behavior: MissedTickBehavior) {
        self.missed_tick_behavior = behavior;
    }

    /// The time between two ticks.
    #[must_use]
    pub const fn period(&self) -> Duration {
        self.period
    }
}

#[cfg(test)]
mod tests {
    use super::MissedTickBehavior::{Burst, Delay, Skip};
    use super::*;

    const PERIOD: Duration = Duration::from_millis(10);

    /// When the ticks are due, in milliseconds, of a clock that is asked at these times.
    fn due(behavior: MissedTickBehavior, asked: &[u64]) -> Vec<u64> {
        let start = Instant::now();
        let mut due = start;
        let mut ticks = Vec::new();
        for &asked in asked {
            ticks.push(u64::try_from((due - start).as_millis()).unwrap());
            // A tick is not noticed before it is due.
            let now = due.max(start + Duration::from_millis(asked));
            due = behavior.next_tick(due, now, PERIOD);
        }
        ticks
    }

    #[test]
    fn in_time_all_behave_alike() {
        for behavior in [Burst, Delay, Skip] {
            assert_eq!(due(behavior, &[0, 12, 25, 30]), [0, 10, 20, 30], "up to 5 ms late is in time");
        }
    }

    #[test]
    fn burst_makes_up_for_what_was_missed() {
        assert_eq!(due(Burst, &[0, 10, 37, 37, 40, 50]), [0, 10, 20, 30, 40, 50]);
    }

    #[test]
    fn delay_goes_on_from_the_late_tick() {
        assert_eq!(due(Delay, &[0, 10, 37, 47, 57]), [0, 10, 20, 47, 57]);
    }

    #[test]
    fn skip_comes_back_into_step() {
        assert_eq!(due(Skip, &[0, 10, 37, 40, 50]), [0, 10, 20, 40, 50]);
        assert_eq!(due(Skip, &[0, 30, 40]), [0, 10, 40], "late by whole periods: the next one");
    }

    #[test]
    fn a_period_without_end_ticks_once() {
        let now = Instant::now();
        let year = Duration::from_secs(365 * 24 * 3600);
        for behavior in [Burst, Delay, Skip] {
            assert!(behavior.next_tick(now, now + year, Duration::MAX) > now + 28 * year);
        }
    }

    #[test]
    fn it_is_configured_and_reset() {
        let start = Instant::now();
        let mut interval = interval_at(start, PERIOD);
        assert_eq!((interval.period(), interval.missed_tick_behavior()), (PERIOD, Burst));
        interval.set_missed_tick_behavior(Skip);
        assert_eq!(interval.missed_tick_behavior(), Skip);
        interval.reset_at(start + PERIOD);
        assert_eq!(interval.delay.deadline(), start + PERIOD);
        interval.reset_after(3 * PERIOD);
        assert!(interval.delay.deadline() >= start + 3 * PERIOD);
        interval.reset();
        assert!(interval.delay.deadline() < Instant::now() + 2 * PERIOD);
        interval.reset_immediately();
        assert!(interval.delay.deadline() <= Instant::now());
    }

    #[test]
    #[should_panic = "`period` must be non-zero."]
    fn a_period_of_zero_panics() {
        let _ = interval(Duration::ZERO);
    }
}
