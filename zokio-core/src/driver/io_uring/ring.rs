//! The two queues shared with the kernel.
#![allow(unsafe_code)] // pushes entries, and enters the kernel with flags of its own

use std::collections::VecDeque;
use std::io;
use std::time::Duration;

use io_uring::IoUring;
use io_uring::squeue::Entry;
use io_uring::types::{SubmitArgs, Timespec};

use super::userdata::UserData;

/// A ring, and what did not fit into its submission queue.
pub(super) struct Ring {
    ring: IoUring,
    backlog: VecDeque<Entry>,
}

/// What the kernel has answered.
#[derive(Clone, Copy, Debug)]
pub(super) struct Completed {
    pub(super) user_data: UserData,
    pub(super) result: i32,
}

/// `io_uring_enter` is to run the ring's deferred work.
const GETEVENTS: u32 = 1;

impl Ring {
    pub(super) const fn new(ring: IoUring) -> Self {
        Self { ring, backlog: VecDeque::new() }
    }

    /// Queues a submission for the next enter.
    ///
    /// # Safety
    /// What the entry points to is good until its completion has been handled.
    pub(super) unsafe fn push(&mut self, entry: Entry) {
        // In order: a cancellation must not overtake what it cancels.
        if !self.backlog.is_empty() {
            return self.backlog.push_back(entry);
        }
        // SAFETY: the caller's promise.
        if unsafe { self.ring.submission().push(&entry) }.is_ok() {
            return;
        }
        // The queue is full: the kernel takes it early. Should it be short of memory just now, the turn tries again.
        let _ = self.ring.submit();
        // SAFETY: the caller's promise.
        if unsafe { self.ring.submission().push(&entry) }.is_err() {
            self.backlog.push_back(entry);
        }
    }

    /// Submits what is queued and runs deferred work; waits for a completion as long as `timeout` says.
    ///
    /// # Errors
    /// The kernel's, when it does not take the ring.
    pub(super) fn enter(&mut self, timeout: Option<Duration>) -> io::Result<()> {
        self.unload_backlog()?;
        if !self.ring.completion().is_empty() || timeout == Some(Duration::ZERO) || !self.backlog.is_empty() {
            return self.enter_without_waiting();
        }
        let entered = match timeout {
            None => self.ring.submit_and_wait(1),
            Some(limit) => {
                let limit = Timespec::from(limit);
                self.ring.submitter().submit_with_args(1, &SubmitArgs::new().timespec(&limit))
            }
        };
        harmless(entered)
    }

    /// One system call if there is anything to submit or to run, else none.
    fn enter_without_waiting(&mut self) -> io::Result<()> {
        let (to_submit, pending) = {
            let queue = self.ring.submission();
            (queue.len(), queue.taskrun() || queue.cq_overflow())
        };
        if to_submit == 0 && !pending {
            return Ok(());
        }
        let to_submit = u32::try_from(to_submit).unwrap_or(u32::MAX);
        // SAFETY: the ring's own queues, as many entries as are there, and no argument.
        harmless(unsafe { self.ring.submitter().enter::<()>(to_submit, 0, GETEVENTS, None) })
    }

    /// Moves what has waited into the submission queue, as far as the kernel makes room.
    fn unload_backlog(&mut self) -> io::Result<()> {
        while let Some(entry) = self.backlog.front() {
            // SAFETY: who pushed the entry has promised it.
            if unsafe { self.ring.submission().push(entry) }.is_ok() {
                self.backlog.pop_front();
                continue;
            }
            harmless(self.ring.submit())?;
            if self.ring.submission().is_full() {
                return Ok(());
            }
        }
        Ok(())
    }

    /// Takes out what has been answered.
    pub(super) fn take_completed(&mut self, completed: &mut Vec<Completed>) {
        completed.extend(
            self.ring
                .completion()
                .map(|entry| Completed { user_data: UserData::from_bits(entry.user_data()), result: entry.result() }),
        );
    }
}

/// What an enter may say without anything being wrong: the time is over, a signal came, or the kernel wants its answers
/// to be taken out first.
fn harmless(entered: io::Result<usize>) -> io::Result<()> {
    match entered {
        Err(error) if matches!(error.raw_os_error(), Some(libc::ETIME | libc::EINTR | libc::EBUSY | libc::EAGAIN)) => {
            Ok(())
        }
        result => result.map(|_| ()),
    }
}
