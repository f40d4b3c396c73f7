//! The timing wheel as the timer of a seat.
#![allow(unsafe_code)] // acquires and releases nodes

use std::cell::{Cell, RefCell};
use std::fmt;
use std::task::Waker;
use std::time::Duration;

use super::node::{Node, NodeRef, State};
use super::shared::Shared;
use super::slots::Slots;
use super::{Entry, Instant, Timer};
use crate::contained::contained;
use crate::pool::Statistics;
use crate::primitive::Arc;

/// A timing wheel with ticks of `RESOLUTION_NS` nanoseconds: the timer of a seat.
///
/// Deadlines are rounded up to the next tick, so nothing fires early, and deadlines within the same tick fire together,
/// for one wake-up of the seat. Arming and cancelling take constant time; the algorithm is the hierarchical timing wheel
/// of Varghese and Lauck (1987), with six levels of 64 slots.
///
/// ```
/// use std::task::Waker;
/// use std::time::Duration;
/// use zokio_core::timer::{Instant, Timer, Wheel};
///
/// let wheel = Wheel::<1_000_000>::default();
/// let deadline = Instant::now() + Duration::from_secs(60);
/// let entry = wheel.arm(deadline, Waker::noop()).expect("a minute ahead");
///
/// let next = wheel.next_deadline().unwrap();
/// assert!(next >= deadline && next - deadline < Duration::from_millis(1));
/// assert_eq!(wheel.fire(deadline - Duration::from_secs(1)), 0);
/// assert_eq!(wheel.fire(next), 1);
/// drop(entry);
/// ```
pub struct Wheel<const RESOLUTION_NS: u64> {
    /// When tick 0 was.
    start: Instant,
    slots: RefCell<Slots>,
    shared: Arc<Shared>,
    closed: Cell<bool>,
}

impl<const RESOLUTION_NS: u64> Wheel<RESOLUTION_NS> {
    /// A wheel whose ticks are counted from `start`.
    #[must_use]
    pub fn starting_at(start: Instant) -> Self {
        const { assert!(RESOLUTION_NS > 0, "a timer's resolution is one nanosecond or more") };
        Self { start, slots: RefCell::new(Slots::new()), shared: Shared::new(), closed: Cell::new(false) }
    }

    /// What the pool of the wheel's nodes has done so far.
    #[must_use]
    pub fn statistics(&self) -> Statistics {
        self.shared.nodes.statistics()
    }

    /// The time since `start` in nanoseconds, which are enough for 584 years.
    fn nanoseconds(&self, instant: Instant) -> u64 {
        let since = instant.saturating_duration_since(self.start);
        since.as_secs().saturating_mul(1_000_000_000).saturating_add(u64::from(since.subsec_nanos()))
    }

    /// The first tick that is not before `deadline`.
    fn tick_of_deadline(&self, deadline: Instant) -> u64 {
        self.nanoseconds(deadline).div_ceil(RESOLUTION_NS)
    }

    /// The last tick that is not after `now`.
    fn tick_of_present(&self, now: Instant) -> u64 {
        self.nanoseconds(now) / RESOLUTION_NS
    }

    fn instant_of(&self, tick: u64) -> Instant {
        let since = Duration::from_nanos(tick.saturating_mul(RESOLUTION_NS));
        self.start.checked_add(since).unwrap_or_else(Instant::far_future)
    }

    fn owns(&self, entry: &Entry) -> bool {
        std::ptr::eq(entry.node().shared.as_ptr(), Arc::as_ptr(&self.shared))
    }

    /// Takes back the nodes whose entries were dropped on other threads.
    fn collect(&self) {
        for node in self.shared.returns.take() {
            // SAFETY: the node is acquired until the last line.
            let node = unsafe { NodeRef::new(node) };
            self.slots.borrow_mut().remove(node);
            // SAFETY: its entry is gone, and it is in no list. Whoever cancelled or fired it took the waker, so
            // dropping the node runs nobody's code.
            drop(unsafe { self.shared.nodes.release(node.pointer()) });
        }
    }

    fn pop_due(&self) -> Option<NodeRef> {
        self.slots.borrow_mut().pop_due()
    }

    fn pop(&self) -> Option<NodeRef> {
        self.slots.borrow_mut().pop()
    }
}

impl<const RESOLUTION_NS: u64> Timer for Wheel<RESOLUTION_NS> {
    #[inline]
    fn next_deadline(&self) -> Option<Instant> {
        self.collect();
        let tick = self.slots.borrow().next_tick()?;
        Some(self.instant_of(tick))
    }

    fn fire(&self, now: Instant) -> usize {
        self.collect();
        self.slots.borrow_mut().advance(self.tick_of_present(now));
        let mut fired = 0;
        // No borrow is held in the body: see the law of re-entrance. Whoever arms a deadline that is due already is
        // told so and does not come here, so this ends.
        while let Some(node) = self.pop_due() {
            if let Some(waker) = node.fire() {
                fired += 1;
                contained(|| waker.wake());
            }
        }
        fired
    }

    fn shutdown(&self) {
        // First, so that what is armed by those who are woken below does not come back here.
        self.closed.set(true);
        self.collect();
        while let Some(node) = self.pop() {
            if let Some(waker) = node.end() {
                contained(|| waker.wake());
            }
        }
    }

    fn arm(&self, deadline: Instant, waker: &Waker) -> Option<Entry> {
        let tick = self.tick_of_deadline(deadline);
        if tick <= self.slots.borrow().now() {
            return None;
        }
        let node = Node::new(Shared::pointer(&self.shared), tick, waker.clone());
        let Ok(node) = self.shared.nodes.acquire(node) else { unreachable!("the pool has no bound") };
        // SAFETY: it is acquired, and released when list and entry have done with it.
        let node = unsafe { NodeRef::new(node) };
        // After the shutdown the entry waits in no list: for its drop, or for a poll on a seat that is alive.
        if !self.closed.get() {
            self.slots.borrow_mut().insert(node);
        }
        // SAFETY: the node was acquired for this entry.
        Some(unsafe { Entry::new(node) })
    }

    fn rearm(&self, entry: &mut Entry, deadline: Instant) -> bool {
        if !self.owns(entry) {
            return false;
        }
        let node = entry.node();
        if node.state() == State::Armed && !self.closed.get() {
            let mut slots = self.slots.borrow_mut();
            slots.remove(node);
            node.tick.set(self.tick_of_deadline(deadline));
            slots.insert(node);
        }
        true
    }

    fn set_waker(&self, entry: &mut Entry, waker: &Waker) -> bool {
        if !self.owns(entry) {
            return false;
        }
        let node = entry.node();
        // SAFETY: the entry is of this wheel, which does not leave its thread: so this is the owner's.
        if unsafe { node.will_wake(waker) } {
            return true;
        }
        let waker = waker.clone();
        if node.state() == State::Armed {
            // SAFETY: as above.
            drop(unsafe { node.replace_waker(Some(waker)) });
        }
        true
    }

    fn release(&self, entry: Entry) -> Result<(), Entry> {
        if !self.owns(&entry) {
            return Err(entry);
        }
        let node = entry.into_node();
        self.slots.borrow_mut().remove(node);
        // SAFETY: its entry is given up, and it is in no list. The node, and its waker with it, is dropped when the
        // slot is vacant again and nothing is borrowed.
        drop(unsafe { self.shared.nodes.release(node.pointer()) });
        Ok(())
    }
}

impl<const RESOLUTION_NS: u64> Default for Wheel<RESOLUTION_NS> {
    fn default() -> Self {
        Self::starting_at(Instant::now())
    }
}

impl<const RESOLUTION_NS: u64> Drop for Wheel<RESOLUTION_NS> {
    fn drop(&mut self) {
        self.shutdown();
        Shared::close(&self.shared);
    }
}

impl<const RESOLUTION_NS: u64> fmt::Debug for Wheel<RESOLUTION_NS> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Wheel")
            .field("resolution", &Duration::from_nanos(RESOLUTION_NS))
            .field("entries", &self.statistics().outstanding)
            .finish_non_exhaustive()
    }
}
