//! Futures that take from the budget, or from none.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use pin_project_lite::pin_project;

use super::poll_proceed;
use crate::task::polled;

/// Takes one unit of the current task's budget; where nothing is left, others run first.
///
/// For what computes for long without awaiting anything that is not ready.
///
/// ```
/// async fn sum(numbers: impl Iterator<Item = u64>) -> u64 {
///     let mut sum = 0;
///     for number in numbers {
///         sum += number;
///         zokio_core::task::coop::consume_budget().await;
///     }
///     sum
/// }
/// # let _ = sum(0..9);
/// ```
///
/// # Cancel safety
/// Dropping the future takes nothing.
pub async fn consume_budget() {
    std::future::poll_fn(|context| poll_proceed(context).map(|budget| budget.made_progress())).await;
}

pin_project! {
    /// A future that is polled only while its task has budget left, and takes a unit of it when it is ready: see [`cooperative`].
    #[derive(Debug)]
    #[must_use = "futures do nothing unless they are awaited or polled"]
    pub struct Coop<F> {
        #[pin]
        future: F,
    }
}

/// Has a future that knows nothing of budgets take from its task's.
///
/// # Cancel safety
/// That of the future.
pub const fn cooperative<F: Future>(future: F) -> Coop<F> {
    Coop { future }
}

impl<F: Future> Future for Coop<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let budget = ready!(poll_proceed(context));
        let output = ready!(self.project().future.poll(context));
        budget.made_progress();
        Poll::Ready(output)
    }
}

pin_project! {
    /// A future that no budget limits: see [`unconstrained`].
    #[derive(Debug)]
    #[must_use = "futures do nothing unless they are awaited or polled"]
    pub struct Unconstrained<F> {
        #[pin]
        future: F,
    }
}

/// Polls a future without a budget: as long as it is ready, nothing else runs on its worker.
///
/// # Cancel safety
/// That of the future.
pub const fn unconstrained<F: Future>(future: F) -> Unconstrained<F> {
    Unconstrained { future }
}

impl<F: Future> Future for Unconstrained<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let _outer = Outer { budget: polled::budget() };
        polled::unlimited();
        self.project().future.poll(context)
    }
}

/// The budget around, which comes back also when a poll panics.
struct Outer {
    budget: u8,
}

impl Drop for Outer {
    fn drop(&mut self) {
        polled::set_budget(self.budget);
    }
}
