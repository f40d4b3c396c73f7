//! `max`, `min` and `clamp` take what is ordered: a guard that they go through lives on until its scope ends.

use std::cell::RefCell;
use std::cmp::Ordering;
use std::ops::Deref;

use zokio_tests::twin::{Script, Value};

/// A lock's guard.
struct Held {
    t: Script,
    number: u32,
}

impl Held {
    async fn of(t: &Script, number: u32) -> Self {
        Self { t: t.clone(), number: t.leaf(number).await }
    }
}

impl Deref for Held {
    type Target = u32;
    fn deref(&self) -> &u32 {
        &self.number
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.t.step(format!("left {}", self.number));
    }
}

/// What is not ordered, with a function of that name.
trait Least {
    fn min(&self, other: u32) -> u32;
}

impl Least for Value {
    fn min(&self, other: u32) -> u32 {
        self.look().min(other)
    }
}

/// Values that are ordered.
struct Ranked(Value);

impl PartialEq for Ranked {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Ranked {}

impl PartialOrd for Ranked {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ranked {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.look().cmp(&other.0.look())
    }
}

bodies! {
    async fn the_larger_of_a_guard(t: Script) -> u32 {
        let held = Held::of(&t, 5).await;
        let n = held.max(3);
        t.step("still held");
        t.leaf(n).await
    }
    async fn a_guard_within_limits(t: Script) -> u32 {
        let held = Held::of(&t, 5).await;
        let n = held.clamp(1, 3);
        t.leaf(n).await;
        n
    }
    async fn a_guard_of_a_block(t: Script) -> u32 {
        let n = {
            let held = Held::of(&t, 5).await;
            let n = held.min(t.leaf(3).await);
            t.leaf(n).await
        };
        t.leaf(4).await + n
    }
    async fn the_smaller_of_what_a_cell_holds(t: Script) -> (u32, bool) {
        let cell = RefCell::new(t.leaf(5).await);
        let borrowed = cell.borrow_mut();
        let n = borrowed.min(9);
        t.leaf(1).await;
        (n, cell.try_borrow().is_ok())
    }
    async fn the_largest_of_what_a_cell_holds(t: Script) -> Option<u32> {
        let cell = RefCell::new(vec![3, t.leaf(5).await]);
        let borrowed = cell.borrow();
        let largest = borrowed.iter().copied().max();
        t.leaf(1).await;
        drop(borrowed);
        cell.borrow_mut().clear();
        largest
    }
    async fn of_what_is_not_ordered(t: Script) -> u32 {
        let value = t.value(4);
        t.leaf(1).await;
        let n = value.min(3);
        t.step("still there");
        t.leaf(n).await
    }
    async fn the_larger_is_kept(t: Script) -> u32 {
        let (one, other) = (Ranked(t.value(t.dice(3))), Ranked(t.value(1)));
        t.leaf(1).await;
        let larger = one.max(other);
        t.leaf(2).await;
        larger.0.finish()
    }
    async fn what_is_within_limits_is_kept(t: Script) -> u32 {
        let value = Ranked(t.value(t.dice(4)));
        let least = Ranked(t.value(1));
        t.leaf(1).await;
        let within = value.clamp(least, Ranked(t.value(2)));
        t.leaf(2).await;
        within.0.look()
    }
}
