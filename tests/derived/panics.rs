//! Panics: in a function of the user's, in a future, in a destructor. The machine is poisoned, what it held is dropped once.

use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::{Pin, pin};
use std::task::{Context, Poll};

use zokio::StateMachine;

use crate::support::{Events, Value, poll};

/// Where the machine panics.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Where {
    Poll,
    Drop,
    Function,
    End,
    Nowhere,
}

/// A future that panics when it is polled, or dropped.
#[derive(Debug)]
pub(crate) struct Panics(Where, Events);

impl Future for Panics {
    type Output = Where;

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Where> {
        assert!(self.0 != Where::Poll, "in a poll");
        Poll::Ready(self.0)
    }
}

impl Drop for Panics {
    fn drop(&mut self) {
        self.1.add("drop future");
        assert!(self.0 != Where::Drop || std::thread::panicking(), "in a destructor");
    }
}

#[derive(Debug, StateMachine)]
#[state_machine(start = First, output = u32, report = off)]
pub(crate) enum Panicking {
    #[state(to(Last))]
    First(Value, #[future] Panics),
    #[state(end)]
    Last(Value, bool),
}

impl Panicking {
    fn on_first(at: Where, value: Value) -> PanickingAfterFirst {
        assert!(at != Where::Function, "in a function");
        PanickingAfterFirst::Last(value, at == Where::End)
    }

    fn on_last(_value: Value, panics: bool) -> u32 {
        assert!(!panics, "in an end");
        1
    }
}

#[track_caller]
fn panics(at: Where, message: &str) {
    let events = Events::default();
    let mut machine = pin!(Panicking::start(events.value("value"), Panics(at, events.clone())));
    let mut poll = || catch_unwind(AssertUnwindSafe(|| poll(machine.as_mut())));
    let text = |panic: Box<dyn std::any::Any + Send>| (*panic.downcast_ref::<&str>().unwrap()).to_owned();
    assert_eq!(text(poll().unwrap_err()), message);
    let mut dropped = events.take();
    dropped.sort();
    assert_eq!(dropped, ["drop future", "drop value"]);
    assert_eq!(text(poll().unwrap_err()), "a state machine was polled after it had panicked");
    assert_eq!(machine.state().name, "Poisoned");
    assert!(!machine.is_completed() && !machine.is_failed() && machine.get().is_none());
    // It can start again.
    machine.as_mut().reset((events.value("other"), Panics(Where::Nowhere, events)));
    assert_eq!(crate::support::poll(machine.as_mut()), Poll::Ready(1));
}

#[test]
fn in_a_poll() {
    panics(Where::Poll, "in a poll");
}

#[test]
fn in_a_destructor() {
    panics(Where::Drop, "in a destructor");
}

#[test]
fn in_a_function() {
    panics(Where::Function, "in a function");
}

#[test]
fn in_an_end() {
    panics(Where::End, "in an end");
}
