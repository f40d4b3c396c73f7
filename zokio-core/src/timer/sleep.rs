//! The future that waits for a deadline.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use super::node::State;
use super::{Entry, Instant};
use crate::context;
use crate::task::coop;

/// A future that is ready when its deadline is reached.
///
/// It is armed by its first poll, on the timer of the seat that polls it. When a poll finds it on another seat, because
/// its task has migrated, its deadline migrates too. A timer has a resolution: the future is ready at the deadline or up
/// to one tick later, never before.
///
/// # Cancel safety
/// Dropping it, at any time and on any thread, cancels it.
///
/// # Panics
/// Polling panics on a thread without a seat: outside of a runtime, and in closures of `spawn_blocking`.
#[derive(Debug)]
#[must_use = "futures do nothing unless they are awaited or polled"]
pub struct Sleep {
    deadline: Instant,
    stage: Stage,
}

#[derive(Debug)]
enum Stage {
    /// Not armed: it was not polled yet, or not since it was reset.
    Idle,
    Armed(Entry),
    /// It has returned `Ready`.
    Done,
}

impl Sleep {
    /// A future that waits for `deadline`.
    pub const fn new(deadline: Instant) -> Self {
        Self { deadline, stage: Stage::Idle }
    }

    /// One whose entry is at hand: the models have no seats to poll it on.
    #[cfg(all(test, loom))]
    pub(crate) fn armed(deadline: Instant, entry: Entry) -> Self {
        Self { deadline, stage: Stage::Armed(entry) }
    }

    /// What it waits for.
    #[must_use]
    pub const fn deadline(&self) -> Instant {
        self.deadline
    }

    /// Whether the deadline has been reached since the future was first polled.
    #[must_use]
    pub fn is_elapsed(&self) -> bool {
        match &self.stage {
            Stage::Idle => false,
            Stage::Armed(entry) => entry.state() == State::Fired,
            Stage::Done => true,
        }
    }

    /// Has it wait for another deadline, also when it was ready already.
    ///
    /// If it was polled and is not ready, whoever polled it is woken at the new deadline; there is no need to poll it
    /// again for that.
    pub fn reset(self: Pin<&mut Self>, deadline: Instant) {
        let this = self.get_mut();
        this.deadline = deadline;
        if let Stage::Armed(entry) = &mut this.stage
            && entry.state() == State::Armed
            && on_timer(|timer| timer.rearm(entry, deadline)) == Some(true)
        {
            return;
        }
        let Stage::Armed(entry) = std::mem::replace(&mut this.stage, Stage::Idle) else { return };
        if entry.state() != State::Armed {
            // Whoever polled it has been woken, and will poll it again.
            return;
        }
        // It was armed on the timer of another thread, so it moves to this one's.
        let Some(waker) = entry.abandon() else { return };
        match on_timer(|timer| timer.arm(deadline, &waker)).flatten() {
            Some(entry) => this.stage = Stage::Armed(entry),
            // The deadline is reached, or nobody on this thread can watch it: the next poll sees to it.
            None => waker.wake(),
        }
    }
}

/// Calls `f` with the timer of the current seat, if there is one.
fn on_timer<R>(f: impl FnOnce(&dyn super::Timer) -> R) -> Option<R> {
    context::try_with(|context| context.seat.as_ref().map(|seat| f(seat.timer))).flatten()
}

impl Future for Sleep {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let this = self.get_mut();
        let budget = ready!(coop::poll_proceed(cx));
        loop {
            match &mut this.stage {
                Stage::Done => {
                    budget.made_progress();
                    return Poll::Ready(());
                }
                Stage::Idle => match context::with(|context| context.timer().arm(this.deadline, cx.waker())) {
                    Some(entry) => {
                        this.stage = Stage::Armed(entry);
                        return Poll::Pending;
                    }
                    None => this.stage = Stage::Done,
                },
                Stage::Armed(entry) => match entry.state() {
                    State::Fired => this.stage = Stage::Done,
                    State::Ended => this.stage = Stage::Idle,
                    State::Armed => {
                        let own = context::with(|context| context.timer().set_waker(entry, cx.waker()));
                        if !own {
                            this.stage = Stage::Idle;
                        } else if entry.state() == State::Armed {
                            return Poll::Pending;
                        }
                    }
                },
            }
        }
    }
}
