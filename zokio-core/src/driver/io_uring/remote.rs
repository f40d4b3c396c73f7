//! What other threads say to a ring: wake up, an operation has been dropped, a source has gone.

use std::fs::File;
use std::io::{self, Write};
use std::os::fd::{AsRawFd, FromRawFd, RawFd};
use std::sync::Arc;

use crate::driver::mailbox::{Letters, Mailbox};
use crate::driver::op::Returned;
use crate::driver::{Descriptor, Direction, DriverId, Remote, Unpark, Watch, Watcher};

/// The part of an io_uring driver that other threads reach.
#[derive(Debug)]
pub(super) struct Shared {
    id: DriverId,
    mailbox: Mailbox<Letter>,
    /// An eventfd that the ring reads: one that blocks, so that the read waits for it.
    bell: File,
}

/// What other threads post.
#[derive(Debug)]
pub(super) enum Letter {
    /// An operation's future was dropped.
    Returned(Returned),
    /// A poll with this user data is wanted no more.
    Forget(u64),
}

/// Ends the blocking turn of an io_uring driver.
#[derive(Debug)]
pub struct Bell(Arc<Shared>);

impl Bell {
    pub(super) fn of(shared: &Arc<Shared>) -> Self {
        Self(Arc::clone(shared))
    }
}

impl Unpark for Bell {
    fn unpark(&self) {
        self.0.ring();
    }
}

impl Shared {
    #[allow(unsafe_code, reason = "the kernel's answer becomes a descriptor")]
    pub(super) fn new(id: DriverId) -> io::Result<Self> {
        // SAFETY: the call takes no pointers.
        let bell = unsafe { libc::eventfd(0, libc::EFD_CLOEXEC) };
        if bell < 0 {
            return Err(io::Error::last_os_error());
        }
        // SAFETY: the descriptor has just been opened and is nobody else's.
        let bell = unsafe { File::from_raw_fd(bell) };
        Ok(Self { id, mailbox: Mailbox::new(), bell })
    }

    pub(super) fn bell(&self) -> RawFd {
        self.bell.as_raw_fd()
    }

    fn ring(&self) {
        // It would block when the counter is full, which 2^64 rings without a turn would do.
        let _ = (&self.bell).write(&1_u64.to_ne_bytes());
    }

    pub(super) fn letters(&self) -> Letters<Letter> {
        self.mailbox.take()
    }

    pub(super) fn close(&self) -> Letters<Letter> {
        self.mailbox.close()
    }
}

impl Remote for Shared {
    fn id(&self) -> DriverId {
        self.id
    }

    fn give_back(&self, op: Returned) {
        match self.mailbox.post(Letter::Returned(op)) {
            Ok(true) => self.ring(),
            Ok(false) => {}
            // The driver has been shut down, hence the kernel has answered: the operation is freed here.
            Err(Letter::Returned(op)) => {
                let abandoned = op.receive();
                debug_assert!(abandoned.is_none(), "a driver that is shut down has no operations in flight");
            }
            Err(Letter::Forget(_)) => unreachable!("the letter that was posted comes back"),
        }
    }
}

impl Watcher for Shared {
    fn id(&self) -> DriverId {
        self.id
    }

    fn forget(&self, _: Option<&Descriptor>, watch: &Watch, direction: Direction) {
        if !watch.readiness.is_armed(direction) {
            return;
        }
        // Now rather than at the next turn: the kernel keeps the descriptor open as long as the poll is in flight. A driver
        // that was shut down refuses the letter, and has no polls in flight.
        if let Ok(true) = self.mailbox.post(Letter::Forget(watch.token as u64)) {
            self.ring();
        }
    }
}
