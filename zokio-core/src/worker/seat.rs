//! A seat: the place where a thread drives futures, with a driver, a timer and pinned tasks of its own.

use std::cell::Cell;
use std::future::Future;
use std::pin::pin;
use std::time::Duration;

use super::mailbox::{Mailbox, MailboxRef};
use super::root::Root;
use super::stealing::OwnQueue;
use crate::context::{self, Context, SeatContext};
use crate::driver::Driver;
use crate::handle::Handle;
use crate::task::LocalTasks;
use crate::timer::{Instant, Timer};

/// After so many polls the seat looks at its driver, its timer and its inbox, however full its queue is. tokio's value.
pub(super) const POLLS_PER_TURN: u32 = 61;

/// The parts of a seat, borrowed from whoever owns them: the generated struct, or a worker thread's stack.
#[derive(Debug)]
pub(crate) struct Seat<'a, D: Driver, T: Timer> {
    pub(crate) local: &'a LocalTasks,
    pub(crate) mailbox: &'a MailboxRef<D::Unpark>,
    pub(crate) driver: &'a D,
    pub(crate) timer: &'a T,
}

impl<D: Driver, T: Timer> Seat<'_, D, T> {
    /// Makes this seat the thread's seat while `f` runs.
    pub(crate) fn enter<R>(&self, handle: &Handle, worker: Option<&dyn OwnQueue>, f: impl FnOnce() -> R) -> R {
        let seat = SeatContext { local: self.local, io: self.driver, timer: self.timer, worker };
        context::enter(&Context { handle, seat: Some(seat) }, f)
    }

    /// Drives `future` and the pinned tasks of this seat until the future is ready. The caller has entered the seat.
    ///
    /// The future runs as a task of its own, so that its waker is one like any other.
    pub(crate) fn block_on<F: Future>(&self, future: F) -> F::Output {
        let ended = Cell::new(false);
        let future = pin!(future);
        let root = Root::spawn(self.local, future, &ended);
        while !ended.get() {
            self.turn(&ended);
        }
        // Whatever leaves with the output, or is held by other threads, must not wait for this seat's next turn.
        self.driver.rest();
        root.finish()
    }

    /// One turn: polls what is ready, then looks at timer, inbox and driver, sleeping there if nothing is ready.
    pub(crate) fn turn(&self, ended: &Cell<bool>) {
        self.mailbox.receive(self.local);
        for _ in 0..POLLS_PER_TURN {
            let Some(task) = self.local.queue.pop() else {
                break;
            };
            self.local.run(task);
            if ended.get() {
                return;
            }
        }
        let busy = !self.local.queue.is_empty();
        let timeout = self.fire_timers();
        if busy || !self.local.queue.is_empty() {
            self.drive(Some(Duration::ZERO));
        } else {
            self.park(timeout);
        }
    }

    /// Fires what is due and returns how long until the next timer.
    #[inline(never)]
    pub(crate) fn fire_timers(&self) -> Option<Duration> {
        self.timer.next_deadline()?;
        let now = Instant::now();
        self.timer.fire(now);
        self.timer.next_deadline().map(|deadline| deadline.saturating_duration_since(now))
    }

    /// Sleeps until a completion, a timer or another thread has something for this seat.
    #[inline(never)]
    fn park(&self, timeout: Option<Duration>) {
        if !self.mailbox.parker.prepare() {
            self.drive(Some(Duration::ZERO));
            return;
        }
        if self.mailbox.is_empty() {
            self.drive(timeout);
        }
        self.mailbox.parker.awake();
    }

    /// Lets the driver work.
    ///
    /// # Panics
    /// When the kernel refuses to wait, which no retry mends: the driver handles interruptions and full queues itself.
    #[inline(never)]
    pub(crate) fn drive(&self, timeout: Option<Duration>) {
        if let Err(error) = self.driver.turn(timeout) {
            panic!("the {} driver cannot go on: {error}", D::NAME);
        }
    }

    /// Ends everything on this seat: tasks, operations in flight, timers. The caller is on the seat's thread and has not
    /// entered the seat.
    pub(crate) fn shut_down(&self, handle: &Handle) {
        self.enter(handle, None, || {
            self.mailbox.close(self.local, || {
                self.driver.shutdown();
                self.timer.shutdown();
            });
        });
        // Outside of the seat: from here on any thread may become the owner of what comes late, and this one must not take
        // itself for it, nor spawn into a list that nobody ends any more.
        Mailbox::drain_closed(self.mailbox);
    }
}
