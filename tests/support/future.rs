//! Futures that say what happens to them.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Waker};

use crate::record;

/// A future that records its polls, its end and its drop under a name.
pub struct Named<F> {
    name: &'static str,
    future: Pin<Box<F>>,
}

impl<F: Future> Named<F> {
    /// Gives a future a name.
    pub fn new(name: &'static str, future: F) -> Self {
        Self { name, future: Box::pin(future) }
    }
}

impl<F> std::fmt::Debug for Named<F> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Named").field(&self.name).finish()
    }
}

impl<F: Future> Future for Named<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        record(format!("poll {}", self.name));
        let polled = self.future.as_mut().poll(cx);
        if polled.is_ready() {
            record(format!("{} is ready", self.name));
        }
        polled
    }
}

impl<F> Drop for Named<F> {
    fn drop(&mut self) {
        record(format!("drop {}", self.name));
    }
}

/// Lets the other tasks run once.
pub async fn yield_now() {
    let mut yielded = false;
    poll_fn(|cx| {
        if std::mem::replace(&mut yielded, true) {
            return Poll::Ready(());
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

/// A gate that tasks wait at until somebody opens it, from whichever thread.
#[derive(Clone, Debug, Default)]
pub struct Gate {
    state: Arc<Mutex<State>>,
}

#[derive(Debug, Default)]
struct State {
    open: bool,
    waiting: Vec<Waker>,
}

impl Gate {
    /// A closed gate.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Opens the gate and wakes who waits, in the order in which they came.
    pub fn open(&self) {
        let waiting = {
            let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            state.open = true;
            std::mem::take(&mut state.waiting)
        };
        for waker in waiting {
            waker.wake();
        }
    }

    /// Waits until the gate is open.
    pub async fn passed(&self) {
        poll_fn(|cx| {
            let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            if state.open {
                return Poll::Ready(());
            }
            state.waiting.push(cx.waker().clone());
            Poll::Pending
        })
        .await;
    }
}
