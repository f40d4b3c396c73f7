//! To the end, and what the machine says then.

use std::pin::pin;
use std::task::Poll;

use zokio::StateMachine;

use crate::support::{Events, fetch, finish, poll};

#[test]
fn everything_happens_in_order() {
    let events = Events::default();
    let mut machine = pin!(fetch(&events, 5));
    assert!(machine.as_mut().get().is_some());
    assert_eq!(finish(machine.as_mut()), (Ok(12), 3));
    // A future is dropped once it is ready, before the function is called; data when its owner drops it.
    assert_eq!(
        events.take(),
        [
            "poll connect", // pending
            "poll connect",
            "drop connect",
            "connected 5",
            "drop behind", // by `on_connecting`
            "poll first",  // in the same poll; pending
            "poll first",
            "drop first",
            "read 5",
            "poll next",
            "drop next",
            "read 7",
            "counted",
            "drop before", // by `on_counting`
        ]
    );
}

#[test]
fn a_failure_is_told_from_a_return() {
    let events = Events::default();
    let mut machine = pin!(fetch(&events, 5));
    assert!(!machine.is_completed() && !machine.is_failed());
    let _ = finish(machine.as_mut());
    assert!(machine.is_completed() && !machine.is_failed());
    assert_eq!(machine.state().name, "Done");
    assert!(machine.get().is_none());

    let mut refused = pin!(fetch(&events, 0));
    assert_eq!(finish(refused.as_mut()), (Err("refused, behind".to_owned()), 2));
    assert!(refused.is_completed() && refused.is_failed());
    assert_eq!(refused.state().name, "Failed");

    // A second way to the same end.
    let mut ten = pin!(fetch(&events, 10));
    assert_eq!(finish(ten.as_mut()), (Err("ten".to_owned()), 3));
    assert!(ten.is_failed());
}

#[test]
#[should_panic(expected = "polled after it had returned")]
fn an_ended_machine_is_not_polled() {
    let mut machine = pin!(fetch(&Events::default(), 0));
    assert!(matches!(finish(machine.as_mut()), (Err(_), _)));
    let _: Poll<_> = poll(machine);
}
