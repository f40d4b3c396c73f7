//! Letting others run.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

/// Puts the current task behind all others that are ready to run on its worker, once.
///
/// A task that computes for long between two `.await`s that really wait calls this now and then, so that the worker's
/// other tasks get their turn.
///
/// ```
/// #[zokio::main(flavor = "current_thread", report = off)]
/// async fn main() {
///     let other = zokio::spawn(async {});
///     zokio::task::yield_now().await;
///     assert!(other.is_finished());
/// }
/// ```
///
/// # Cancel safety
/// Dropping the future loses nothing.
pub async fn yield_now() {
    YieldNow { yielded: false }.await;
}

/// Pending once. The scheduler puts a task that was woken during its own poll behind all others: the run-next slot is for
/// tasks that others wake.
struct YieldNow {
    yielded: bool,
}

impl Future for YieldNow {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if std::mem::replace(&mut self.yielded, true) {
            return Poll::Ready(());
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}
