//! Entries that are released, changed, dropped elsewhere, and kept beyond their wheel's end.

use super::*;

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
