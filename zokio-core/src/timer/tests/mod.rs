//! The wheel, driven by made-up instants, and `Sleep` on it.

use std::sync::{Arc, Mutex};
use std::task::{Wake, Waker};
use std::time::Duration;

use super::*;

mod against_a_map;
mod cancel;
mod order;
mod reentrance;

/// A waker that notes its number.
struct Note {
    number: u64,
    woken: Arc<Mutex<Vec<u64>>>,
}

impl Wake for Note {
    fn wake(self: Arc<Self>) {
        self.woken.lock().unwrap().push(self.number);
    }
}

/// A wheel, the instant of its tick 0, and the numbers of those it woke.
struct Story<const RESOLUTION_NS: u64> {
    wheel: Wheel<RESOLUTION_NS>,
    start: Instant,
    woken: Arc<Mutex<Vec<u64>>>,
}

impl<const RESOLUTION_NS: u64> Story<RESOLUTION_NS> {
    fn new() -> Self {
        let start = Instant::now();
        Self { wheel: Wheel::starting_at(start), start, woken: Arc::default() }
    }

    fn at(&self, nanoseconds: u64) -> Instant {
        self.start + Duration::from_nanos(nanoseconds)
    }

    fn waker(&self, number: u64) -> Waker {
        Waker::from(Arc::new(Note { number, woken: Arc::clone(&self.woken) }))
    }

    /// Arms a deadline, named by itself.
    fn arm(&self, nanoseconds: u64) -> Entry {
        self.wheel.arm(self.at(nanoseconds), &self.waker(nanoseconds)).expect("it lies ahead")
    }

    /// Fires, and says who was woken.
    fn fire(&self, nanoseconds: u64) -> Vec<u64> {
        let count = self.wheel.fire(self.at(nanoseconds));
        let woken = std::mem::take(&mut *self.woken.lock().unwrap());
        assert_eq!(count, woken.len(), "`fire` counts right");
        woken
    }

    /// When the wheel wants to be fired, in nanoseconds.
    fn next(&self) -> Option<u64> {
        Some(u64::try_from((self.wheel.next_deadline()? - self.start).as_nanos()).unwrap())
    }

    fn release(&self, entry: Entry) {
        assert!(self.wheel.release(entry).is_ok());
    }

    fn outstanding(&self) -> usize {
        self.wheel.statistics().outstanding
    }
}

#[test]
fn instants_are_subtracted_as_tokios() {
    let now = Instant::now();
    let later = now + Duration::from_secs(1);
    assert_eq!(now - later, Duration::ZERO);
    assert_eq!(now.duration_since(later), Duration::ZERO);
    assert_eq!(now.checked_duration_since(later), None);
    assert_eq!(later.checked_duration_since(now), Some(Duration::from_secs(1)));
    assert_eq!(later.checked_sub(Duration::from_secs(1)), Some(now));
    assert_eq!(now.checked_add(Duration::MAX), None);
    assert_eq!(Instant::from_std(now.into_std()), now);
    let mut moved = now;
    moved += Duration::from_secs(3);
    moved -= Duration::from_secs(2);
    assert_eq!(moved, later);
    assert!(Instant::after(Duration::MAX) > now + Duration::from_secs(29 * 365 * 24 * 3600));
}

#[test]
fn a_sleep_is_small_and_crosses_threads() {
    fn crosses<T: Send + Sync + Unpin>() {}
    crosses::<Sleep>();
    assert!(size_of::<Sleep>() <= 32, "{}", size_of::<Sleep>());
}
