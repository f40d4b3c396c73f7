//! The part of a wheel that other threads reach, and that outlives the wheel while entries of it are left.
#![allow(unsafe_code)] // counts references that entries hold without an `Arc` each

use std::fmt;
use std::ptr::NonNull;

use super::node::{Node, NodeRef};
use crate::pool::ObjectPool;
use crate::pool::returns::{Closed, Returns};
use crate::primitive::Arc;

/// The nodes' memory, and the way back for those that are dropped on other threads.
///
/// Nodes point here without being counted, as that would cost an atomic read-modify-write for every deadline. While the
/// wheel is there it keeps this alive. When it goes, it counts one reference for every node that is still out, *then*
/// closes the stack: whoever finds it closed has such a reference, and drops it.
pub(super) struct Shared {
    /// The owner's alone.
    pub(super) nodes: ObjectPool<Node>,
    /// For everybody.
    pub(super) returns: Returns<Node>,
}

impl Shared {
    pub(super) fn new() -> Arc<Self> {
        #[allow(clippy::arc_with_non_send_sync, reason = "`nodes` is used by the owner alone; see `Entry`")]
        Arc::new(Self { nodes: ObjectPool::new(), returns: Returns::new() })
    }

    pub(super) fn pointer(this: &Arc<Self>) -> NonNull<Self> {
        NonNull::new(Arc::as_ptr(this).cast_mut()).unwrap_or_else(|| unreachable!("an `Arc` is not null"))
    }

    /// Gives a node back to its owner, from any thread.
    ///
    /// # Safety
    /// The caller gives up the entry of the node, which is not armed any more.
    pub(super) unsafe fn give_back(node: NodeRef) {
        let shared = node.shared;
        // SAFETY: a node that is out keeps its shared part alive, by the wheel or by a count.
        let returns = unsafe { &(*shared.as_ptr()).returns };
        // SAFETY: by the caller's promise this is the last use of the node but its owner's.
        if unsafe { returns.push(node.pointer()) } == Err(Closed) {
            // SAFETY: the wheel has counted a reference for this node before it closed the stack. The node's memory
            // is freed with the pool.
            unsafe { Arc::decrement_strong_count(shared.as_ptr()) };
        }
    }

    /// The owner goes: counts a reference for every node that is out, and takes back those that were given back.
    pub(super) fn close(this: &Arc<Self>) {
        let shared = Arc::as_ptr(this);
        for _ in 0..this.nodes.statistics().outstanding {
            // SAFETY: `this` is a reference.
            unsafe { Arc::increment_strong_count(shared) };
        }
        for node in this.returns.close() {
            // SAFETY: its entry is gone, and the wheel has it in no list any more.
            drop(unsafe { this.nodes.release(node) });
            // SAFETY: one was counted for it above.
            unsafe { Arc::decrement_strong_count(shared) };
        }
    }
}

impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shared").field("nodes", &self.nodes).finish_non_exhaustive()
    }
}
