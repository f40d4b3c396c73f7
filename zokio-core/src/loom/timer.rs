//! Deadlines between the thread that fires them and another one that looks, resets, drops: the waker has one owner, no
//! wake is lost, and every node comes back.
#![allow(unsafe_code)] // gives objects back as entries do

use std::pin::Pin;
use std::ptr::{self, NonNull};
use std::sync::Arc as StdArc;
use std::task::{Wake, Waker};
use std::time::Duration;

use loom::sync::Arc;
use loom::sync::atomic::{AtomicUsize, Ordering};
use loom::thread;

use super::explore;
use crate::pool::returns::{Link, Linked, Returns};
use crate::timer::{Entry, Instant, Sleep, Timer, Wheel};

/// Counts its wakes and its drops.
#[derive(Clone)]
struct Counts {
    wakes: Arc<AtomicUsize>,
    drops: Arc<AtomicUsize>,
}

impl Counts {
    fn new() -> Self {
        Self { wakes: Arc::new(AtomicUsize::new(0)), drops: Arc::new(AtomicUsize::new(0)) }
    }

    fn waker(&self) -> Waker {
        Waker::from(StdArc::new(Counting(self.clone())))
    }

    fn wakes(&self) -> usize {
        self.wakes.load(Ordering::SeqCst)
    }

    fn drops(&self) -> usize {
        self.drops.load(Ordering::SeqCst)
    }
}

struct Counting(Counts);

impl Wake for Counting {
    fn wake(self: StdArc<Self>) {
        self.0.wakes.fetch_add(1, Ordering::SeqCst);
    }
}

impl Drop for Counting {
    fn drop(&mut self) {
        self.0.drops.fetch_add(1, Ordering::SeqCst);
    }
}

/// A wheel with ticks of a nanosecond, and an entry for the tenth.
fn armed(counts: &Counts) -> (Wheel<1>, Instant, Entry) {
    let start = Instant::now();
    let wheel = Wheel::starting_at(start);
    let deadline = start + Duration::from_nanos(10);
    let entry = wheel.arm(deadline, &counts.waker()).unwrap();
    (wheel, deadline, entry)
}

#[test]
fn an_entry_is_dropped_elsewhere_while_it_fires() {
    explore(3, || {
        let counts = Counts::new();
        let (wheel, deadline, entry) = armed(&counts);
        let other = thread::spawn(move || drop(entry));
        let fired = wheel.fire(deadline);
        other.join().unwrap();
        assert_eq!(counts.wakes(), fired);
        assert_eq!(counts.drops(), 1, "its waker is gone");
        assert_eq!(wheel.next_deadline(), None);
        assert_eq!(wheel.statistics().outstanding, 0, "its node is back");
    });
}

#[test]
fn two_entries_are_dropped_elsewhere_while_the_wheel_goes() {
    explore(2, || {
        let counts = Counts::new();
        let (wheel, deadline, first) = armed(&counts);
        let second = wheel.arm(deadline, &counts.waker()).unwrap();
        let others = [first, second].map(|entry| thread::spawn(move || drop(entry)));
        // Loom reports it if this, or what it shares with its entries, is freed twice or never.
        drop(wheel);
        for other in others {
            other.join().unwrap();
        }
        assert_eq!(counts.drops(), 2);
    });
}

#[test]
fn a_reset_elsewhere_loses_no_wake() {
    explore(3, || {
        let counts = Counts::new();
        let (wheel, deadline, entry) = armed(&counts);
        let mut sleep = Sleep::armed(deadline, entry);
        // The other thread has no seat: whoever waits is woken there, unless the wheel has woken them before.
        let other = thread::spawn(move || Pin::new(&mut sleep).reset(deadline + Duration::from_secs(1)));
        let fired = wheel.fire(deadline);
        other.join().unwrap();
        assert_eq!(counts.wakes(), 1, "by the wheel: {fired}");
        assert_eq!(counts.drops(), 1);
        assert_eq!(wheel.next_deadline(), None);
        assert_eq!(wheel.statistics().outstanding, 0);
    });
}

#[test]
fn an_entry_moves_to_another_wheel_while_it_fires() {
    explore(3, || {
        let counts = Counts::new();
        let (wheel, deadline, entry) = armed(&counts);
        let other = thread::spawn({
            let counts = counts.clone();
            move || {
                let wheel = Wheel::<1>::starting_at(deadline - Duration::from_nanos(5));
                // What a poll on another seat does, with a new waker.
                drop(entry);
                let entry = wheel.arm(deadline, &counts.waker()).unwrap();
                assert_eq!(wheel.fire(deadline), 1);
                assert!(wheel.release(entry).is_ok());
            }
        });
        let fired = wheel.fire(deadline);
        other.join().unwrap();
        assert_eq!(counts.wakes(), fired + 1);
        assert_eq!(counts.drops(), 2);
        assert_eq!(wheel.next_deadline(), None);
    });
}

#[test]
fn whoever_sees_it_fired_sees_what_came_before() {
    explore(3, || {
        let counts = Counts::new();
        let (wheel, deadline, entry) = armed(&counts);
        let before = Arc::new(AtomicUsize::new(0));
        let other = thread::spawn({
            let before = Arc::clone(&before);
            move || {
                let sleep = Sleep::armed(deadline, entry);
                // Relaxed: the state alone has to order it.
                assert!(!sleep.is_elapsed() || before.load(Ordering::Relaxed) == 1);
            }
        });
        before.store(1, Ordering::Relaxed);
        wheel.fire(deadline);
        other.join().unwrap();
    });
}

#[test]
fn a_shutdown_races_with_a_drop_elsewhere() {
    explore(3, || {
        let counts = Counts::new();
        let (wheel, _, entry) = armed(&counts);
        let other = thread::spawn(move || drop(entry));
        wheel.shutdown();
        other.join().unwrap();
        assert!(counts.wakes() <= 1);
        assert_eq!(counts.drops(), 1);
        drop(wheel);
    });
}

struct Object(u32, Link<Self>);

impl Linked for Object {
    fn link(&self) -> &Link<Self> {
        &self.1
    }
}

#[test]
fn what_is_given_back_is_taken_once_or_refused() {
    explore(3, || {
        let returns = Arc::new(Returns::<Object>::new());
        let givers: Vec<_> = [1, 2]
            .map(|number| {
                let returns = Arc::clone(&returns);
                thread::spawn(move || {
                    let object = Box::into_raw(Box::new(Object(number, Link::new(ptr::null_mut()))));
                    // SAFETY: a box is not null.
                    let object = unsafe { NonNull::new_unchecked(object) };
                    // SAFETY: the object is alive and in no stack.
                    if unsafe { returns.push(object) }.is_ok() {
                        return 0;
                    }
                    // SAFETY: it was refused, so it is still ours.
                    unsafe { Box::from_raw(object.as_ptr()) }.0
                })
            })
            .into();
        let mut sum = 0;
        for object in returns.take().chain(returns.close()) {
            // SAFETY: it was a box, and it was given to us.
            sum += unsafe { Box::from_raw(object.as_ptr()) }.0;
        }
        sum += givers.into_iter().map(|giver| giver.join().unwrap()).sum::<u32>();
        assert_eq!(sum, 3);
    });
}
