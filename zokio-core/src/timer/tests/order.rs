//! What fires when.

use super::*;

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
