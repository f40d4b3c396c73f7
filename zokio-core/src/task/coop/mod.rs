//! The cooperative budget: how much a task may do in one poll before it lets others run.
//!
//! A future that is always ready, a channel that never runs empty say, would keep its task's poll from ever returning. So each poll of a
//! task begins with a budget; what is ready takes one unit of it, and where nothing is left, says that it is pending and wakes its task.
//! The algorithm and the size of the budget are tokio's.

mod futures;

use std::cell::Cell;
use std::task::{Context, Poll};

use super::polled::{self, UNLIMITED};

pub use self::futures::{Coop, Unconstrained, consume_budget, cooperative, unconstrained};

/// Whether the current task may go on: `false` when it has used up its budget, and what it awaits next would be pending.
///
/// Outside of tasks there is no limit.
#[must_use]
pub fn has_budget_remaining() -> bool {
    polled::budget() > 0
}

/// Takes one unit of the current task's budget, for a future that is about to find out whether it is ready.
///
/// Call [`made_progress`](RestoreOnPending::made_progress) on what is returned if it is: otherwise the unit is given back when that is dropped.
/// Pending: there is nothing left, and the task has been woken, so that it is polled again behind those that are ready now.
///
/// ```
/// use std::task::{Context, Poll, ready};
///
/// fn poll_next(queue: &mut Vec<u32>, context: &mut Context<'_>) -> Poll<Option<u32>> {
///     let budget = ready!(zokio_core::task::coop::poll_proceed(context));
///     budget.made_progress();
///     Poll::Ready(queue.pop())
/// }
///
/// let mut context = Context::from_waker(std::task::Waker::noop());
/// assert_eq!(poll_next(&mut vec![1], &mut context), Poll::Ready(Some(1)));
/// ```
pub fn poll_proceed(context: &Context<'_>) -> Poll<RestoreOnPending> {
    let before = polled::budget();
    match before {
        0 => {
            context.waker().wake_by_ref();
            Poll::Pending
        }
        UNLIMITED => Poll::Ready(RestoreOnPending { before: Cell::new(UNLIMITED) }),
        units => {
            polled::set_budget(units - 1);
            Poll::Ready(RestoreOnPending { before: Cell::new(before) })
        }
    }
}

/// Gives the unit of budget back when it is dropped, unless progress was made.
#[derive(Debug)]
#[must_use = "dropping it gives the budget back"]
pub struct RestoreOnPending {
    /// What was left before; `UNLIMITED`: nothing is given back.
    before: Cell<u8>,
}

impl RestoreOnPending {
    /// The future was ready: the unit is spent.
    pub fn made_progress(&self) {
        self.before.set(UNLIMITED);
    }
}

impl Drop for RestoreOnPending {
    fn drop(&mut self) {
        let before = self.before.get();
        if before != UNLIMITED {
            polled::set_budget(before);
        }
    }
}
