//! The node of an armed deadline: what the wheel and the future that waits share.
#![allow(unsafe_code)] // nodes are shared by pointers; their wakers change hands by the state

use std::cell::Cell;
use std::fmt;
use std::ops::Deref;
use std::ptr::NonNull;
use std::task::Waker;

use super::shared::Shared;
use crate::pool::returns::{Link, Linked};
use crate::primitive::UnsafeCell;
use crate::primitive::atomic::{AtomicU8, Ordering};

/// A deadline that was armed. It comes from the pool of the wheel that holds it, and lies there until both the wheel
/// and the [`Entry`](super::Entry) have done with it.
///
/// ```text
///            (1) arm            (2) fire
///   vacant ----------> ARMED ----------------> FIRED
///     ^                  |  '-- (3) shut down -> ENDED
///     |                  |  '-- (4) cancel, on another thread -> CANCELLED
///     '------------------+------ (5) release: from every state, by the owner
/// ```
///
/// The owner is the thread whose seat has the wheel. The other party is whoever has the entry, on whatever thread.
///
/// - `state`: the owner leaves ARMED by (2) and (3), another thread by (4): both compare and exchange, one of them wins.
///   Entry and wheel on one thread need no exchange, since then nobody else is there.
/// - `waker`: belongs to the owner while ARMED; to whoever left ARMED from then on, who takes it.
/// - `shared`: never changes.
/// - `link`: belongs to the entry, which gives the node back with it when it is not on the owner's thread.
/// - all else: the owner's alone.
pub(super) struct Node {
    state: AtomicU8,
    /// The list of the wheel that the node is in.
    pub(super) place: Cell<u16>,
    /// The tick at which it fires.
    pub(super) tick: Cell<u64>,
    pub(super) previous: Cell<Option<NodeRef>>,
    pub(super) next: Cell<Option<NodeRef>>,
    waker: UnsafeCell<Option<Waker>>,
    pub(super) shared: NonNull<Shared>,
    link: Link<Self>,
}

/// With std's primitives a node is one cache line.
#[cfg(all(not(loom), target_pointer_width = "64"))]
const _: () = assert!(size_of::<Node>() == 64);

/// In no list.
pub(super) const NOWHERE: u16 = u16::MAX;

const ARMED: u8 = 0;
const FIRED: u8 = 1;
const ENDED: u8 = 2;
const CANCELLED: u8 = 3;

/// What has become of an armed deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    /// It lies ahead.
    Armed,
    /// It was reached.
    Fired,
    /// Its wheel was shut down before.
    Ended,
}

impl Node {
    pub(super) fn new(shared: NonNull<Shared>, tick: u64, waker: Waker) -> Self {
        Self {
            state: AtomicU8::new(ARMED),
            place: Cell::new(NOWHERE),
            tick: Cell::new(tick),
            previous: Cell::new(None),
            next: Cell::new(None),
            waker: UnsafeCell::new(Some(waker)),
            shared,
            link: Link::new(std::ptr::null_mut()),
        }
    }

    /// For the holder of the entry.
    #[inline]
    pub(super) fn state(&self) -> State {
        // Acquire: what came before the deadline was fired is visible to whoever sees that it was.
        match self.state.load(Ordering::Acquire) {
            ARMED => State::Armed,
            FIRED => State::Fired,
            // An entry that was cancelled does not look at its node again.
            _ => State::Ended,
        }
    }

    /// Leaves ARMED for `state`; who does it first gets the waker.
    fn leave(&self, state: u8) -> Option<Waker> {
        // Release: publishes to `state`. Acquire: the waker was put there before, by the owner.
        // Relaxed on failure: then nothing of the node is used but fields of our own.
        self.state.compare_exchange(ARMED, state, Ordering::AcqRel, Ordering::Relaxed).ok()?;
        // SAFETY: by the law above the waker belongs to whoever left ARMED.
        self.waker.with_mut(|waker| unsafe { (*waker).take() })
    }

    /// The owner: the deadline is reached. `None`: it was cancelled.
    pub(super) fn fire(&self) -> Option<Waker> {
        self.leave(FIRED)
    }

    /// The owner: the wheel shuts down. `None`: it was cancelled.
    pub(super) fn end(&self) -> Option<Waker> {
        self.leave(ENDED)
    }

    /// The holder of the entry, on another thread than the owner's. `None`: it was fired or ended before.
    pub(super) fn cancel(&self) -> Option<Waker> {
        self.leave(CANCELLED)
    }

    /// Whether a wake of the node's waker is a wake of `other`.
    ///
    /// # Safety
    /// The caller has the entry and is on the owner's thread.
    #[inline]
    pub(super) unsafe fn will_wake(&self, other: &Waker) -> bool {
        // SAFETY: on the owner's thread, with the entry at hand, nobody else touches the waker.
        self.waker.with(|waker| unsafe { &*waker }.as_ref().is_some_and(|waker| waker.will_wake(other)))
    }

    /// Puts `waker` into the node and returns what was there.
    ///
    /// # Safety
    /// As [`Self::will_wake`].
    #[inline]
    pub(super) unsafe fn replace_waker(&self, waker: Option<Waker>) -> Option<Waker> {
        // SAFETY: as in `will_wake`; the old waker is dropped by the caller, after this.
        self.waker.with_mut(|place| unsafe { std::mem::replace(&mut *place, waker) })
    }
}

impl Linked for Node {
    fn link(&self) -> &Link<Self> {
        &self.link
    }
}

/// A pointer to a node that has not been given back to its pool.
///
/// This is the one promise that everything in this folder keeps: a copy of it is in a list of the wheel, or with the
/// entry, or on the stack of the returned ones, and `release` comes after it is in none of them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct NodeRef(NonNull<Node>);

impl NodeRef {
    /// # Safety
    /// The node is acquired, and copies of the result are not used after its release.
    pub(super) const unsafe fn new(node: NonNull<Node>) -> Self {
        Self(node)
    }

    pub(super) const fn pointer(self) -> NonNull<Node> {
        self.0
    }
}

impl Deref for NodeRef {
    type Target = Node;

    #[inline(always)]
    fn deref(&self) -> &Node {
        // SAFETY: by the promise of `new`. Nodes are only ever shared: there is no `&mut` to one while it is acquired.
        unsafe { self.0.as_ref() }
    }
}

impl fmt::Debug for NodeRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NodeRef({:p}, {:?})", self.0, self.state())
    }
}
