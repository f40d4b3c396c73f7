//! The entry of a deadline that was armed: what a future holds of it.
#![allow(unsafe_code)] // crosses threads with a pointer to a node

use std::fmt;
use std::mem::ManuallyDrop;
use std::task::Waker;

use super::node::{NodeRef, State};
use super::shared::Shared;
use crate::context;

/// A deadline that was armed on a timer. Dropping it cancels it, on any thread.
pub struct Entry(NodeRef);

// SAFETY: everything that an entry does on another thread than the owner's goes through the node's atomic state, by the
// law at the head of `node`, and through the stack of the shared part. What is the owner's alone is reached through a
// `Timer`, which does not leave its thread.
unsafe impl Send for Entry {}
// SAFETY: a shared entry does no more than load the state.
unsafe impl Sync for Entry {}

impl Entry {
    /// # Safety
    /// The node is acquired, and this is its only entry.
    pub(super) const unsafe fn new(node: NodeRef) -> Self {
        Self(node)
    }

    pub(super) const fn node(&self) -> NodeRef {
        self.0
    }

    /// Gives up the entry without releasing it: the caller does that.
    pub(super) fn into_node(self) -> NodeRef {
        ManuallyDrop::new(self).0
    }

    pub(super) fn state(&self) -> State {
        self.0.state()
    }

    /// Cancels the deadline as another thread than the owner's does it: the waker comes back if it was armed until now.
    pub(super) fn abandon(self) -> Option<Waker> {
        let node = self.into_node();
        let waker = node.cancel();
        // SAFETY: the entry is given up, and whether by the line above or before, the node is not armed.
        unsafe { Shared::give_back(node) };
        waker
    }
}

impl Drop for Entry {
    fn drop(&mut self) {
        // This one is given up at the end of the function without a look at the node.
        let mut entry = Some(Self(self.0));
        context::try_with(|context| {
            if let Some(seat) = &context.seat
                && let Some(given) = entry.take()
            {
                entry = seat.timer.release(given).err();
            }
        });
        if let Some(entry) = entry {
            drop(entry.abandon());
        }
    }
}

impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Entry").field(&self.state()).finish()
    }
}
