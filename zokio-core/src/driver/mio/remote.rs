//! What other threads say to a poll: a source has gone, or is watched elsewhere.

use std::sync::atomic::{AtomicBool, Ordering};

use mio::{Registry, Token};

use crate::driver::mailbox::{Letters, Mailbox};
use crate::driver::{Descriptor, Direction, DriverId, Watch, Watcher};

/// The part of a mio driver that other threads reach.
#[derive(Debug)]
pub(super) struct Shared {
    id: DriverId,
    registry: Registry,
    closed: AtomicBool,
    /// Tokens that are free again.
    forgotten: Mailbox<Token>,
}

impl Shared {
    pub(super) fn new(id: DriverId, registry: Registry) -> Self {
        Self { id, registry, closed: AtomicBool::new(false), forgotten: Mailbox::new() }
    }

    pub(super) const fn registry(&self) -> &Registry {
        &self.registry
    }

    pub(super) fn forgotten(&self) -> Letters<Token> {
        self.forgotten.take()
    }

    pub(super) fn is_closed(&self) -> bool {
        // Acquire: pairs with `close`; what that says is final.
        self.closed.load(Ordering::Acquire)
    }

    pub(super) fn close(&self) -> Letters<Token> {
        // Release: pairs with `is_closed`.
        self.closed.store(true, Ordering::Release);
        self.forgotten.close()
    }
}

impl Watcher for Shared {
    fn id(&self) -> DriverId {
        self.id
    }

    fn forget(&self, descriptor: Option<&Descriptor>, watch: &Watch, direction: Direction) {
        // One registration serves both directions.
        if direction == Direction::Write {
            return;
        }
        if let Some(descriptor) = descriptor {
            descriptor.deregister(&self.registry);
        }
        // A driver that was shut down has freed all tokens. Nobody is woken for this: the token is freed in the next turn.
        let _ = self.forgotten.post(Token(watch.token));
    }
}
