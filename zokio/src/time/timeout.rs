//! A future with a deadline.

use std::future::{Future, IntoFuture};
use std::pin::{Pin, pin};
use std::task::{Context, Poll};

use pin_project_lite::pin_project;

use super::error::Elapsed;
use super::{Duration, Instant, Sleep, sleep, sleep_until};
use crate::task::coop;

/// Has `future` end with an error if it is not ready when `duration` has passed from now on.
///
/// The future is polled before the clock is looked at: one that is ready at once is ready, also with a duration of zero.
///
/// ```
/// use std::time::Duration;
/// use zokio::time::timeout;
///
/// async fn answer_in_time(answer: impl Future<Output = u32>) -> Option<u32> {
///     timeout(Duration::from_secs(1), answer).await.ok()
/// }
/// # let _ = answer_in_time(std::future::ready(1));
/// ```
///
/// # Cancel safety
/// Dropping it drops the future. When the deadline is reached the future is dropped with the [`Timeout`], not before.
///
/// # Panics
/// Polling it panics outside of a runtime, if the future is not ready at once.
pub fn timeout<F: IntoFuture>(duration: Duration, future: F) -> Timeout<F::IntoFuture> {
    Timeout { value: future.into_future(), delay: sleep(duration) }
}

/// Has `future` end with an error if it is not ready when `deadline` is reached; otherwise as [`timeout`].
///
/// # Cancel safety
/// As [`timeout`].
///
/// # Panics
/// As [`timeout`].
pub fn timeout_at<F: IntoFuture>(deadline: Instant, future: F) -> Timeout<F::IntoFuture> {
    Timeout { value: future.into_future(), delay: sleep_until(deadline) }
}

pin_project! {
    /// The future of [`timeout`] and [`timeout_at`].
    #[derive(Debug)]
    #[must_use = "futures do nothing unless they are awaited or polled"]
    pub struct Timeout<T> {
        #[pin]
        value: T,
        delay: Sleep,
    }
}

impl<T> Timeout<T> {
    /// The future inside.
    pub const fn get_ref(&self) -> &T {
        &self.value
    }

    /// The future inside.
    pub const fn get_mut(&mut self) -> &mut T {
        &mut self.value
    }

    /// The future inside, without its deadline.
    pub fn into_inner(self) -> T {
        self.value
    }
}

impl<T: Future> Future for Timeout<T> {
    type Output = Result<T::Output, Elapsed>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        let had_budget = coop::has_budget_remaining();
        if let Poll::Ready(output) = this.value.poll(cx) {
            return Poll::Ready(Ok(output));
        }
        let delay = Pin::new(this.delay);
        // What has used up the budget would otherwise never be late.
        let delay = if had_budget && !coop::has_budget_remaining() {
            pin!(coop::unconstrained(delay)).poll(cx)
        } else {
            delay.poll(cx)
        };
        delay.map(|()| Err(Elapsed::new()))
    }
}

#[cfg(test)]
mod tests {
    use std::pin::pin;
    use std::task::Waker;

    use super::*;

    #[test]
    fn what_is_ready_at_once_needs_no_timer() {
        let ready = pin!(timeout(Duration::ZERO, std::future::ready(1)));
        let poll = ready.poll(&mut Context::from_waker(Waker::noop()));
        assert_eq!(poll, Poll::Ready(Ok(1)), "there is no runtime here, and no need for one");
    }

    #[test]
    fn the_future_comes_back_out() {
        let mut timeout = timeout_at(Instant::now(), std::future::ready(1));
        *timeout.get_mut() = std::future::ready(2);
        assert_eq!(timeout.get_ref().clone().into_inner(), 2);
        assert_eq!(timeout.into_inner().into_inner(), 2);
    }
}
