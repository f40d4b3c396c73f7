//! The mailbox of a seat: what other threads want of its pinned tasks.
#![allow(unsafe_code)] // goes from the erased home back to the mailbox

use super::home::Home;
use super::park::Parker;
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

    /// For the seat: ends all of its tasks. Their futures are dropped here; what other threads still hold of them stays
    /// usable.
    pub(crate) fn close(this: &Arc<Self>, local: &LocalTasks) {
        // SeqCst: the other half of `accept`, with the fence.
        this.closed.store(true, Ordering::SeqCst);
        fence(Ordering::SeqCst);
        {
            let _draining = this.draining.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            this.end(local);
        }
        Self::drain_closed(this);
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
    /// looks again after it has let go.
    fn drain_closed(this: &Arc<Self>) {
        while !this.inbox.is_empty() {
            let Ok(_draining) = this.draining.try_lock() else {
                return;
            };
            // While the lock is held this thread is the owner of what is left, with a list of its own.
            this.end(&LocalTasks::new(Self::home(this)));
        }
    }
}
