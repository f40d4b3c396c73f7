//! The mailbox of a seat: what other threads want of its pinned tasks.
#![allow(unsafe_code)] // goes from the erased home back to the mailbox

use super::home::Home;
use super::park::Parker;
use crate::contained::contained;
use crate::driver::Unpark;
use crate::primitive::atomic::{AtomicBool, Ordering, fence};
use crate::primitive::{Arc, Mutex};
use crate::queue::inbox::Inbox;
use crate::task::{LocalTasks, Task};

/// What any thread may reach of a seat: its inbox, and the means to wake it.
#[repr(C)]
#[derive(Debug)]
pub(crate) struct Mailbox<U> {
    home: Home,
    inbox: Inbox,
    pub(crate) parker: Parker<U>,
    /// The seat is gone: new tasks are cancelled by whoever brings them.
    closed: AtomicBool,
    /// Held by the one thread that empties the inbox of a closed mailbox.
    draining: Mutex<()>,
}

/// A counted reference to a mailbox: std's, or loom's under loom.
pub(crate) type MailboxRef<U> = Arc<Mailbox<U>>;

impl<U: Unpark> Mailbox<U> {
    pub(crate) fn new(unpark: U) -> MailboxRef<U> {
        Arc::new(Self {
            home: Home { push: Self::push },
            inbox: Inbox::default(),
            parker: Parker::new(unpark),
            closed: AtomicBool::new(false),
            draining: Mutex::new(()),
        })
    }

    /// Who the seat is to its tasks.
    pub(crate) fn home(this: &Arc<Self>) -> *const Home {
        Arc::as_ptr(this).cast()
    }

    unsafe fn push(home: *const Home, task: Task) {
        let mailbox: *const Self = home.cast();
        // SAFETY: the mailbox is alive when the call begins. Our own count keeps it alive after the push, when the
        // task, and with it the seat's reason to wait for us, may be gone.
        unsafe { Arc::increment_strong_count(mailbox) };
        // SAFETY: takes over the count from the line above; `home` is the first field of a mailbox in an `Arc`.
        let mailbox = unsafe { Arc::from_raw(mailbox) };
        mailbox.inbox.push(task);
        mailbox.parker.notify();
    }

    /// Hands over a new task, from any thread.
    pub(crate) fn accept(this: &Arc<Self>, task: Task) {
        this.inbox.push(task);
        // SeqCst: either the seat's last drain sees the task, or we see that it is closed.
        fence(Ordering::SeqCst);
        // Relaxed: ordered by the fence.
        if this.closed.load(Ordering::Relaxed) {
            Self::drain_closed(this);
        } else {
            this.parker.notify();
        }
    }

    /// For the seat: answers all requests in the inbox; `false`: there were none.
    #[inline]
    pub(crate) fn receive(&self, local: &LocalTasks) -> bool {
        let something = !self.inbox.is_empty();
        if something {
            self.receive_all(local);
        }
        something
    }

    /// Out of the seat's path, which finds nothing here most of the time.
    #[inline(never)]
    fn receive_all(&self, local: &LocalTasks) {
        while let Some(task) = self.inbox.pop() {
            // SAFETY: whatever is in this inbox is pinned to this seat.
            unsafe { local.receive(task) };
        }
    }

    /// For the seat, which is about to sleep: whether somebody wants something.
    pub(crate) fn is_empty(&self) -> bool {
        self.inbox.is_empty()
    }

    /// For the seat: ends all of its tasks, then what `end_the_rest` ends, then the tasks that were spawned by that. Futures
    /// are dropped here; what other threads still hold of the tasks stays usable.
    ///
    /// The caller leaves the seat's context before anything else runs on the thread, and then calls
    /// [`drain_closed`](Self::drain_closed).
    pub(crate) fn close(&self, local: &LocalTasks, end_the_rest: impl FnOnce()) {
        // Held to the end: as long as this thread is the owner of the seat's tasks, nobody else becomes one.
        let _draining = self.draining.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        // SeqCst: the other half of `accept`, with the fence.
        self.closed.store(true, Ordering::SeqCst);
        fence(Ordering::SeqCst);
        self.end(local);
        // Wakes wakers and drops payloads: other people's code, which may spawn on this seat. Should a driver that cannot go
        // on panic again, the tasks still have to be ended.
        contained(end_the_rest);
        self.end(local);
    }

    /// Cancels all tasks of `local` and those in the inbox, until none is left.
    fn end(&self, local: &LocalTasks) {
        local.close();
        loop {
            self.receive(local);
            match local.queue.pop() {
                Some(task) => local.run(task),
                None if self.inbox.is_empty() && local.merge_all() && self.inbox.is_empty() => {
                    return;
                }
                // A request is under way: its thread has set QUEUED and will push in a moment.
                None => crate::primitive::thread::yield_now(),
            }
        }
    }

    /// Cancels what was handed over after the close. Whoever finds another thread at it leaves it to that thread, which
    /// looks again after it has let go. The calling thread is not in the seat's context.
    pub(crate) fn drain_closed(this: &Arc<Self>) {
        loop {
            // SeqCst: either this look, which comes after we have let go of the lock, sees what another thread has handed
            // over, or that thread, whose fence in `accept` comes after, finds the lock free.
            fence(Ordering::SeqCst);
            if this.inbox.is_empty() {
                return;
            }
            let Ok(_draining) = this.draining.try_lock() else {
                return;
            };
            // While the lock is held this thread is the owner of what is left, with a list of its own.
            this.end(&LocalTasks::new(Self::home(this), None));
        }
    }
}
