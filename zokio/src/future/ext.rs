//! What can be done with any future.

use std::future::Future;
use std::panic::UnwindSafe;
use std::time::Duration;

use futures_util::FutureExt as Futures;
use futures_util::future::{CatchUnwind, Map, Then};

use crate::time::{Instant, Timeout, timeout, timeout_at};

/// What can be done with any future.
///
/// ```
/// use std::time::Duration;
/// use zokio::future::FutureExt;
///
/// async fn length(text: impl Future<Output = String>) -> Option<usize> {
///     text.map(|text| text.len()).timeout(Duration::from_secs(1)).await.ok()
/// }
/// # let _ = length(std::future::ready(String::new()));
/// ```
///
/// # Cancel safety
/// Dropping one of these futures drops the one within.
pub trait FutureExt: Future {
    /// Calls `f` with the output.
    fn map<U, F>(self, f: F) -> Map<Self, F>
    where
        F: FnOnce(Self::Output) -> U,
        Self: Sized,
    {
        Futures::map(self, f)
    }

    /// Goes on with the future that `f` makes of the output.
    fn then<G, F>(self, f: F) -> Then<Self, G, F>
    where
        F: FnOnce(Self::Output) -> G,
        G: Future,
        Self: Sized,
    {
        Futures::then(self, f)
    }

    /// Catches a panic of the future: it comes out as the error.
    fn catch_unwind(self) -> CatchUnwind<Self>
    where
        Self: Sized + UnwindSafe,
    {
        Futures::catch_unwind(self)
    }

    /// Ends with an error if the future is not ready when `duration` has passed from now on: see [`timeout`].
    fn timeout(self, duration: Duration) -> Timeout<Self>
    where
        Self: Sized,
    {
        timeout(duration, self)
    }

    /// Ends with an error if the future is not ready at `deadline`: see [`timeout_at`].
    fn timeout_at(self, deadline: Instant) -> Timeout<Self>
    where
        Self: Sized,
    {
        timeout_at(deadline, self)
    }
}

impl<F: Future + ?Sized> FutureExt for F {}
