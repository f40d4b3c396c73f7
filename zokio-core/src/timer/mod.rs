//! Time: deadlines, the wheel that holds them, and the future that waits for one.
//!
//! Every seat has a timer of its own, as it has a driver: a deadline is armed on the timer of the seat that polls the
//! future, and the seat sleeps no longer than until the next one. Arming a deadline and dropping it on the same seat
//! touches no lock and no atomic read-modify-write.
//!
//! A future can be polled, reset or dropped on another thread than the one where it was armed, since tasks migrate. The
//! law of that is at the head of [`node`]: whoever leaves the state "armed" first has the waker; the node itself goes
//! back to its owner through a lock-free stack ([`shared`]). A thread knows that it is the owner when the timer of its
//! current seat has the shared part that the node points to: that pointer cannot name anything else as long as the node
//! is out.
//!
//! **The law of re-entrance.** Waking and dropping a waker, and cloning one, run code that nobody here knows, which may
//! arm and cancel deadlines on the same timer. No borrow of a timer's insides is held meanwhile.

mod clock;
mod entry;
mod node;
mod shared;
mod sleep;
mod slots;
mod wheel;

#[cfg(all(test, not(loom)))]
mod tests;

use std::task::Waker;

pub use clock::Instant;
pub use entry::Entry;
pub use sleep::Sleep;
pub use wheel::Wheel;

/// The timer of a seat. It belongs to one thread, the owner; what other threads do with its entries reaches it by
/// itself.
///
/// Free functions reach the timer of the current seat through the context, which is why the trait has no generics.
pub trait Timer {
    /// When [`fire`](Self::fire) has something to do next: what a seat may sleep until. It can be earlier than the
    /// earliest deadline, when that was cancelled, but not later.
    fn next_deadline(&self) -> Option<Instant>;

    /// Wakes everybody whose deadline lies at or before `now`, and says how many they were.
    fn fire(&self, now: Instant) -> usize;

    /// Wakes everybody, and fires nothing any more.
    fn shutdown(&self);

    /// Arms a deadline, at which `waker` is woken. `None`: it was reached already.
    #[must_use]
    fn arm(&self, deadline: Instant, waker: &Waker) -> Option<Entry>;

    /// Has another deadline for an entry that is armed. `false`: the entry is of another timer.
    #[must_use]
    fn rearm(&self, entry: &mut Entry, deadline: Instant) -> bool;

    /// Has another waker for an entry that is armed. `false`: the entry is of another timer.
    #[must_use]
    fn set_waker(&self, entry: &mut Entry, waker: &Waker) -> bool;

    /// Releases an entry, which is what dropping it comes to.
    ///
    /// # Errors
    /// The entry comes back when it is of another timer.
    fn release(&self, entry: Entry) -> Result<(), Entry>;
}
