//! The wheel, driven by made-up instants, and `Sleep` on it.
#![allow(unsafe_code)] // wakers that call back

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::{Arc, Mutex};
use std::task::{Wake, Waker};
use std::time::Duration;

use super::*;

type Milliseconds = Wheel<1_000_000>;

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
fn deadlines_fire_in_their_order() {
    let story = Story::<1>::new();
    let ticks = [5, 3, 64, 63, 4096, 70, 65, 1, 262_144, 4095, 4097];
    let entries = ticks.map(|tick| story.arm(tick));
    let mut sorted = ticks.to_vec();
    sorted.sort_unstable();
    assert_eq!(story.fire(300_000), sorted);
    assert!(entries.iter().all(|entry| entry.state() == node::State::Fired));
    assert_eq!(story.next(), None);
}

#[test]
fn deadlines_of_one_tick_fire_together_in_the_order_of_arming() {
    let story = Story::<1000>::new();
    let _entries = [1999, 1001, 2000, 1500].map(|deadline| story.arm(deadline));
    assert_eq!(story.next(), Some(2000), "one wake-up for all");
    assert_eq!(story.fire(1999), [], "none early, though three are past theirs");
    assert_eq!(story.fire(2000), [1999, 1001, 2000, 1500]);
}

#[test]
fn a_slot_keeps_its_order_when_it_moves_down() {
    let story = Story::<1>::new();
    let _first = [5000, 5000].map(|deadline| story.arm(deadline));
    assert_eq!(story.fire(4990), []);
    let third = story.wheel.arm(story.at(5000), &story.waker(3)).unwrap();
    assert_eq!(story.fire(5000), [5000, 5000, 3]);
    drop(third);
}

#[test]
fn the_next_deadline_is_exact_on_every_level() {
    for level in 0..=5 {
        let deadline = 3 * 64_u64.pow(level) + 1;
        let story = Story::<1>::new();
        let _entry = story.arm(deadline);
        assert_eq!(story.next(), Some(deadline), "level {level}");
        assert_eq!(story.fire(deadline - 1), [], "level {level}");
        assert_eq!(story.next(), Some(deadline), "level {level}, after it moved down");
        assert_eq!(story.fire(deadline), [deadline], "level {level}");
    }
}

#[test]
fn what_lies_beyond_the_top_level_hides_nothing() {
    let story = Story::<1>::new();
    let slot = 64_u64.pow(5);
    let far = story.arm(100 * slot);
    assert_eq!(story.fire(10 * slot), []);
    let _near = story.arm(70 * slot);
    let mut looks = 0;
    while let Some(next) = story.next().filter(|&next| next < 70 * slot) {
        assert_eq!(story.fire(next), []);
        looks += 1;
    }
    assert_eq!((looks, story.next()), (1, Some(70 * slot)), "one look moves the far one on");
    assert_eq!(story.fire(70 * slot), [70 * slot]);
    assert_eq!(story.fire(100 * slot), [100 * slot]);
    story.release(far);
}

#[test]
fn the_top_level_wraps_around() {
    let story = Story::<1>::new();
    let turn = 64_u64.pow(6);
    assert_eq!(story.fire(turn - 1), []);
    let _entries = [turn + 5, turn + 64_u64.pow(5) * 62, 3 * turn].map(|deadline| story.arm(deadline));
    assert_eq!(story.next(), Some(turn + 5));
    assert_eq!(story.fire(turn + 5), [turn + 5]);
    assert_eq!(story.fire(3 * turn - 1), [turn + 64_u64.pow(5) * 62]);
    assert_eq!(story.next(), Some(3 * turn));
    assert_eq!(story.fire(3 * turn), [3 * turn]);
}

#[test]
fn a_deadline_without_end_is_armed_and_does_not_fire() {
    let story = Story::<1_000_000>::new();
    let never = story.wheel.arm(Instant::after(Duration::MAX), &story.waker(0)).unwrap();
    let year = 365 * 24 * 3600 * 1_000_000_000;
    assert!(story.next().unwrap() > 2 * year, "that far the slots reach: then it is looked at again");
    for years in 1..29 {
        assert_eq!(story.fire(years * year), []);
    }
    story.release(never);
    assert_eq!(story.next(), None);
}

#[test]
fn what_is_past_is_not_armed() {
    let story = Story::<1_000_000>::new();
    assert_eq!(story.fire(5_500_000), []);
    assert!(story.wheel.arm(story.at(5_000_000), Waker::noop()).is_none());
    assert!(story.wheel.arm(story.start - Duration::from_secs(1), Waker::noop()).is_none());
    assert!(story.wheel.arm(story.at(5_000_001), Waker::noop()).is_some(), "its tick is the sixth");
}

#[test]
fn a_deadline_is_cancelled_in_every_state() {
    let story = Story::<1>::new();
    let [slot, high, fired] = [10, 10_000, 5].map(|deadline| story.arm(deadline));
    assert_eq!(story.outstanding(), 3);
    assert_eq!(story.fire(5), [5]);
    for entry in [slot, high, fired] {
        story.release(entry);
    }
    assert_eq!((story.outstanding(), story.next()), (0, None));
    assert_eq!(story.fire(20_000), []);
    let ended = story.arm(30_000);
    story.wheel.shutdown();
    assert_eq!(ended.state(), node::State::Ended);
    story.release(ended);
    assert_eq!(story.outstanding(), 0);
    assert_eq!(*story.woken.lock().unwrap(), [30_000]);
}

#[test]
fn a_cancelled_neighbour_leaves_the_others_in_place() {
    let story = Story::<1>::new();
    let mut entries: Vec<_> = (0..5).map(|number| story.wheel.arm(story.at(7), &story.waker(number))).collect();
    for gone in [2, 0, 2] {
        story.release(entries.remove(gone).unwrap());
    }
    assert_eq!(story.fire(7), [1, 3]);
}

#[test]
fn nodes_are_used_again() {
    let story = Story::<1>::new();
    for n in 0..1000 {
        story.release(story.arm(n + 1));
    }
    assert_eq!(story.wheel.statistics(), crate::pool::Statistics { created: 1, reused: 999, outstanding: 0 });
}

#[test]
fn an_entry_has_another_deadline_and_another_waker() {
    let story = Story::<1>::new();
    let (mut later, mut sooner, mut past) = (story.arm(10), story.arm(5000), story.arm(20));
    assert!(story.wheel.rearm(&mut later, story.at(6000)));
    assert!(story.wheel.rearm(&mut sooner, story.at(8)));
    assert!(story.wheel.set_waker(&mut sooner, &story.waker(1)));
    assert_eq!(story.next(), Some(8));
    assert_eq!(story.fire(15), [1]);
    assert!(story.wheel.rearm(&mut past, story.at(2)));
    assert_eq!(story.next(), Some(15), "at once");
    assert_eq!(story.fire(15), [20]);
    assert_eq!(story.fire(6000), [10]);
}

#[test]
fn an_entry_of_another_wheel_is_refused() {
    let (one, other) = (Story::<1>::new(), Story::<1>::new());
    let mut entry = one.arm(1);
    assert!(!other.wheel.rearm(&mut entry, other.at(9)));
    assert!(!other.wheel.set_waker(&mut entry, Waker::noop()));
    let entry = other.wheel.release(entry).unwrap_err();
    assert_eq!(one.fire(1), [1]);
    drop(entry);
}

#[test]
fn what_was_dropped_elsewhere_is_taken_back_by_the_next_look() {
    let story = Story::<1>::new();
    let (entry, kept) = (story.arm(10), story.arm(20));
    std::thread::spawn(move || drop(entry)).join().unwrap();
    assert_eq!(Arc::strong_count(&story.woken), 2, "its waker is dropped at once: the other one and we are left");
    assert_eq!(story.outstanding(), 2);
    assert_eq!(story.next(), Some(20));
    assert_eq!(story.outstanding(), 1);
    let late = story.arm(30);
    assert_eq!(story.fire(20), [20]);
    std::thread::spawn(move || drop((kept, late))).join().unwrap();
    assert_eq!(story.fire(40), []);
    assert_eq!(story.outstanding(), 0);
}

#[test]
fn entries_outlive_their_wheel() {
    let story = Story::<1>::new();
    let entries = [story.arm(1), story.arm(2), story.arm(3)];
    assert_eq!(story.fire(1), [1]);
    drop(story.wheel);
    assert_eq!(*story.woken.lock().unwrap(), [2, 3]);
    let states = entries.each_ref().map(Entry::state);
    assert_eq!(states, [node::State::Fired, node::State::Ended, node::State::Ended]);
    let [one, two, three] = entries;
    std::thread::spawn(move || drop((one, two))).join().unwrap();
    drop(three);
}

#[test]
fn after_the_shutdown_nothing_fires() {
    let story = Story::<1>::new();
    story.wheel.shutdown();
    let mut entry = story.arm(5);
    assert!(story.wheel.rearm(&mut entry, story.at(3)));
    assert_eq!(story.next(), None);
    assert_eq!(story.fire(10), []);
    drop(story.wheel);
    assert_eq!(entry.state(), node::State::Armed, "it waits for a poll on another seat");
}

/// Runs a closure when it is woken, or when it is dropped without: what wakers may do.
struct Calls<F: FnMut()>(RefCell<F>);

// SAFETY: the tests below stay on one thread.
unsafe impl<F: FnMut()> Send for Calls<F> {}
// SAFETY: as above.
unsafe impl<F: FnMut()> Sync for Calls<F> {}

impl<F: FnMut()> Wake for Calls<F> {
    fn wake(self: Arc<Self>) {}
}

impl<F: FnMut()> Drop for Calls<F> {
    fn drop(&mut self) {
        self.0.get_mut()();
    }
}

fn calls(f: impl FnMut() + 'static) -> Waker {
    Waker::from(Arc::new(Calls(RefCell::new(f))))
}

#[test]
fn wakers_arm_and_cancel_on_the_wheel_that_fires() {
    let start = Instant::now();
    let at = move |nanoseconds| start + Duration::from_nanos(nanoseconds);
    let wheel = Rc::new(Wheel::<1>::starting_at(start));
    let victim = Rc::new(RefCell::new(wheel.arm(at(10), Waker::noop())));
    let armed = Rc::new(RefCell::new(Vec::new()));
    let waker = calls({
        let (wheel, victim, armed) = (Rc::clone(&wheel), Rc::clone(&victim), Rc::clone(&armed));
        move || {
            // Due in the same `fire`, as is the one that is armed for a tick that has come.
            let cancelled = victim.borrow_mut().take();
            assert!(cancelled.is_none_or(|entry| wheel.release(entry).is_ok()));
            assert!(wheel.arm(at(10), Waker::noop()).is_none());
            armed.borrow_mut().extend((20..120).map(|tick| wheel.arm(at(tick), Waker::noop()).unwrap()));
            assert_eq!(wheel.fire(at(10)), 0);
        }
    });
    let first = wheel.arm(at(9), &waker).unwrap();
    drop(waker);
    assert_eq!(wheel.fire(at(10)), 1, "the other one was cancelled by the first");
    assert_eq!(wheel.next_deadline(), Some(at(20)));
    for entry in armed.take() {
        assert!(wheel.release(entry).is_ok());
    }
    assert!(wheel.release(first).is_ok());
    assert_eq!(wheel.statistics().outstanding, 0);
}

#[test]
fn wakers_dropped_by_a_release_and_a_replacement_use_the_wheel() {
    let start = Instant::now();
    let wheel = Rc::new(Wheel::<1>::starting_at(start));
    let count = Rc::new(std::cell::Cell::new(0));
    let waker = || {
        let (wheel, count) = (Rc::clone(&wheel), Rc::clone(&count));
        calls(move || {
            let entry = wheel.arm(start + Duration::from_nanos(7), Waker::noop()).unwrap();
            assert!(wheel.release(entry).is_ok());
            count.set(count.get() + 1);
        })
    };
    let mut entry = wheel.arm(start + Duration::from_nanos(5), &waker()).unwrap();
    assert!(wheel.set_waker(&mut entry, &waker()));
    assert_eq!(count.get(), 1);
    assert!(wheel.release(entry).is_ok());
    assert_eq!(count.get(), 2);
    let entry = wheel.arm(start + Duration::from_nanos(5), &waker()).unwrap();
    wheel.shutdown();
    assert_eq!(count.get(), 3);
    assert!(wheel.release(entry).is_ok());
}

/// xorshift64*: the sequence is the same on every run.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    /// Any magnitude up to `bits` bits is as likely as any other.
    fn magnitude(&mut self, bits: u64) -> u64 {
        let bits = 1 + self.below(bits);
        self.next() & ((1 << bits) - 1)
    }
}

/// The wheel against a sorted map, over random sequences of everything one can do with it.
fn agrees_with_a_map<const RESOLUTION_NS: u64>(seed: u64) {
    let story = Story::<RESOLUTION_NS>::new();
    let mut random = Random(seed);
    let mut now = 0;
    // By tick, then by the order of arming; the entry and its deadline.
    let mut model: BTreeMap<(u64, u64), (Entry, u64)> = BTreeMap::new();
    for number in 0..4000_u64 {
        match random.below(10) {
            0..=4 => {
                let deadline = now + random.magnitude(42);
                let tick = deadline.div_ceil(RESOLUTION_NS);
                match story.wheel.arm(story.at(deadline), &story.waker(number)) {
                    Some(entry) => drop(model.insert((tick, number), (entry, deadline))),
                    None => assert!(deadline <= now),
                }
            }
            5 => {
                let any = (random.magnitude(42) + now) / RESOLUTION_NS;
                let Some(&key) = model.range((any, 0)..).map(|(key, _)| key).next() else { continue };
                story.release(model.remove(&key).unwrap().0);
            }
            6 => {
                let Some((_, (mut entry, _))) = model.pop_last() else { continue };
                let deadline = now + RESOLUTION_NS + random.magnitude(42);
                assert!(story.wheel.rearm(&mut entry, story.at(deadline)));
                assert!(story.wheel.set_waker(&mut entry, &story.waker(number)));
                model.insert((deadline.div_ceil(RESOLUTION_NS), number), (entry, deadline));
            }
            7 => match model.pop_first() {
                Some((_, (entry, _))) => std::thread::scope(|scope| drop(scope.spawn(move || drop(entry)))),
                None => continue,
            },
            _ => {
                let earliest = model.first_key_value().map(|((tick, _), _)| tick * RESOLUTION_NS);
                let next = story.next();
                assert!(next <= earliest || earliest.is_none(), "a seat would sleep too long");
                assert_eq!(next.is_none(), earliest.is_none());
                now = match next {
                    Some(next) if random.below(2) == 0 => next.max(now),
                    _ => now + random.magnitude(40),
                };
                let later = model.split_off(&(now / RESOLUTION_NS + 1, 0));
                let due = std::mem::replace(&mut model, later);
                let expected: Vec<_> = due.keys().map(|&(_, number)| number).collect();
                let mut fired = story.fire(now);
                // Within a tick the order is that of arming, unless an entry has got another deadline.
                fired.sort_by_key(|number| due.keys().position(|(_, key)| key == number));
                assert_eq!(fired, expected, "seed {seed}, at {now}");
                assert!(due.values().all(|(_, deadline)| *deadline <= now), "none is early");
                for (entry, _) in due.into_values() {
                    story.release(entry);
                }
            }
        }
        assert_eq!(story.wheel.next_deadline().is_some(), !model.is_empty());
        assert_eq!(story.outstanding(), model.len());
    }
}

#[test]
fn the_wheel_agrees_with_a_map() {
    for seed in 1..=8 {
        agrees_with_a_map::<1>(seed);
        agrees_with_a_map::<1000>(seed);
        agrees_with_a_map::<1_000_000>(seed);
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
    let _: Milliseconds = Wheel::default();
}
