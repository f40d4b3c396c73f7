//! What a machine says of itself, explicit or rustc's.

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use zokio::StateMachine;

/// Pending once.
fn once() -> impl Future<Output = ()> {
    let mut there = false;
    std::future::poll_fn(move |_| if std::mem::replace(&mut there, true) { Poll::Ready(()) } else { Poll::Pending })
}

/// The names of the states between polls, and how it ends.
fn story<M: StateMachine>(machine: M) -> Vec<String> {
    let mut machine = pin!(machine);
    let mut story = Vec::new();
    loop {
        let state = machine.state();
        story.push(format!("{} {:?}", state.name, state.held));
        if machine.is_completed() {
            story.push(format!("failed: {}", machine.is_failed()));
            return story;
        }
        let _ = machine.as_mut().poll(&mut Context::from_waker(Waker::noop()));
    }
}

macro_rules! twice {
    ($($body:tt)*) => {
        mod explicit { use super::*; #[zokio::async_fn] $($body)* }
        mod coroutine { use super::*; #[zokio::async_fn(machine = rustc)] $($body)* }
    };
}

async fn fallible(fails: bool) -> Result<u32, String> {
    once().await;
    if fails { Err("no".to_owned()) } else { Ok(1) }
}

twice! {
    pub async fn run(fails: bool, early: bool) -> Result<u32, String> {
        let mut sum = 0;
        once().await;
        if early { return Err("early".into()); }
        for i in 0..2 {
            sum += fallible(fails).await?;
            once().await;
        }
        Ok(sum)
    }
}

#[test]
fn states_are_named_after_what_is_awaited() {
    let names: Vec<String> = story(explicit::run(false, false))
        .into_iter()
        .map(|entry| entry.split(' ').next().unwrap().to_owned())
        .collect();
    assert_eq!(names, ["Unresumed", "once", "fallible", "once", "fallible", "once", "Returned", "failed:"]);
}

#[test]
fn a_coroutine_has_the_same_states() {
    for (fails, early) in [(false, false), (true, false), (false, true)] {
        let without_held = |story: Vec<String>| -> Vec<String> {
            story.iter().map(|entry| entry.split(" [").next().unwrap().to_owned()).collect()
        };
        assert_eq!(without_held(story(explicit::run(fails, early))), without_held(story(coroutine::run(fails, early))));
    }
    assert_eq!(
        explicit_states()
            .iter()
            .map(|state| (state.name, state.line - explicit_states()[1].line * u32::from(state.line > 0)))
            .collect::<Vec<_>>(),
        coroutine_states()
            .iter()
            .map(|state| (state.name, state.line - coroutine_states()[1].line * u32::from(state.line > 0)))
            .collect::<Vec<_>>(),
    );
}

fn states_of<M: StateMachine>(_: &M) -> &'static [zokio::State] {
    M::STATES
}
fn explicit_states() -> &'static [zokio::State] {
    states_of(&explicit::run(false, false))
}
fn coroutine_states() -> &'static [zokio::State] {
    states_of(&coroutine::run(false, false))
}

#[test]
fn a_failure_is_another_end() {
    assert_eq!(story(explicit::run(true, false)).last().unwrap(), "failed: true");
    assert_eq!(story(explicit::run(false, true)).last().unwrap(), "failed: true");
    assert_eq!(story(explicit::run(false, false)).last().unwrap(), "failed: false");
}

#[test]
fn what_is_held_has_names() {
    let states = explicit_states();
    assert_eq!(states[0].held, [] as [&str; 0]);
    assert!(states[1].held.contains(&"sum") && states[1].awaited == "once()", "{:?}", states[1]);
    assert!(states[2].awaited.starts_with("fallible"), "{:?}", states[2]);
}

#[test]
fn a_panic_poisons() {
    #[zokio::async_fn]
    async fn panics() {
        once().await;
        panic!("as it should")
    }
    let mut machine = Box::pin(panics());
    let mut poll = || {
        std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            machine.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_ready()
        }))
    };
    assert!(!poll().unwrap());
    assert!(poll().is_err());
    let again = poll().unwrap_err();
    assert!(again.downcast_ref::<&str>().is_some_and(|text| text.contains("after it had panicked")));
    assert_eq!(machine.state().name, "Poisoned");
}

#[test]
fn a_budget_that_is_kept_changes_nothing() {
    #[zokio::async_fn(max_size = 64)]
    async fn small(x: u32) -> u32 {
        once().await;
        x
    }
    assert_eq!(story(small(1)).len(), 4);
}

#[test]
fn a_block_is_a_machine_too() {
    let name = String::from("zokio");
    let mut count = 1;
    let block = zokio::async_block! {
        once().await;
        count += 1;
        name.len() + count
    };
    assert_eq!(block.state().name, "Unresumed");
    assert_eq!(story(block), ["Unresumed []", "once [\"count\", \"name\"]", "Returned []", "failed: false"]);
}
