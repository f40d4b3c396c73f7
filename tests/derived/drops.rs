//! Dropped in every state: what it holds is dropped once, and nothing else.

use std::pin::pin;

use crate::support::{Events, fetch, poll};

/// What is dropped after so many polls, and in which order.
#[track_caller]
fn dropped_after(polls: u32, expected: &[&str]) {
    let events = Events::default();
    {
        let mut machine = pin!(fetch(&events, 5));
        for _ in 0..polls {
            let _ = poll(machine.as_mut());
        }
        let _before = events.take();
    }
    assert_eq!(events.take(), expected);
}

#[test]
fn before_the_first_poll() {
    dropped_after(0, &["drop before", "drop connect", "drop behind"]);
}

#[test]
fn while_it_waits() {
    dropped_after(1, &["drop before", "drop connect", "drop behind"]);
}

#[test]
fn while_it_waits_in_another_state() {
    dropped_after(2, &["drop first", "drop before"]);
}

#[test]
fn after_its_end() {
    dropped_after(3, &[]);
}
