//! Waiting for a future on a thread that drives no tasks.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake};
use std::thread::{self, Thread};

use crate::context;

/// Unparks a thread.
struct Unparks(Thread);

impl Wake for Unparks {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.0.unpark();
    }
}

/// Polls the future until it is ready, and parks the thread meanwhile.
///
/// # Panics
/// On a thread that drives tasks.
#[track_caller]
pub(crate) fn wait<F: Future>(future: F) -> F::Output {
    let drives = context::try_with(|context| context.seat.is_some()).unwrap_or(false);
    assert!(
        !drives,
        "cannot block this thread, which is driving tasks: await the future instead, or call this in `spawn_blocking`"
    );
    let waker = Arc::new(Unparks(thread::current())).into();
    let mut context = Context::from_waker(&waker);
    let mut future = pin!(future);
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(output) => return output,
            // Whoever wakes in between has left a token: parking returns at once.
            Poll::Pending => thread::park(),
        }
    }
}
