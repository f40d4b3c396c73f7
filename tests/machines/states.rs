//! What a machine says of itself, explicit or rustc's.

use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use zokio::StateMachine;

/// Pending once.
pub(super) fn once() -> impl Future<Output = ()> {
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
    ($explicit:ident $coroutine:ident $($body:tt)*) => {
        mod $explicit { use super::*; #[zokio::async_fn] $($body)* }
        mod $coroutine { use super::*; #[zokio::async_fn(machine = rustc)] $($body)* }
    };
}

async fn fallible(fails: bool) -> Result<u32, String> {
    once().await;
    if fails { Err("no".to_owned()) } else { Ok(1) }
}

twice! { explicit coroutine
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
fn states_know_what_may_follow() {
    let states = explicit_states();
    let names = |state: usize| -> Vec<&str> {
        states[state].successors.iter().map(|next| states[usize::from(*next)].name).collect()
    };
    assert_eq!(names(0), ["once"]);
    assert_eq!(names(1), ["fallible", "Returned", "Failed"]);
    assert_eq!(names(2), ["once", "Failed"]);
    assert_eq!(states[2].successors, [3, 5]);
    assert_eq!(names(3), ["fallible", "Returned"]);
    // What has ended goes nowhere.
    assert_eq!((names(4), names(5), names(6)), (Vec::new(), Vec::new(), Vec::new()));
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

#[zokio::async_fn]
async fn of_locals(wanted: u32) -> u32 {
    let numbers = vec![wanted; 2];
    let future = std::future::ready(numbers[0] + wanted);
    let sum = future.await;
    sums(sum, &numbers).await
}

async fn sums(sum: u32, numbers: &[u32]) -> u32 {
    sum + numbers[0]
}

#[test]
fn what_is_awaited_is_shown_as_it_is_written() {
    let states = states_of(&of_locals(1));
    assert_eq!((states[1].name, states[1].awaited), ("future", "future"));
    assert_eq!((states[2].name, states[2].awaited), ("sums", "sums(sum, &numbers)"));
}

#[test]
fn a_panic_poisons() {
    #[zokio::async_fn]
    async fn panics() {
        once().await;
        panic!("as it should")
    }
    let mut machine = Box::pin(panics());
    let mut poll =
        || catch_unwind(AssertUnwindSafe(|| machine.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_ready()));
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

/// A number that tells when it is dropped.
struct Told(u32, std::rc::Rc<std::cell::RefCell<Vec<u32>>>);

impl Drop for Told {
    fn drop(&mut self) {
        self.1.borrow_mut().push(self.0);
    }
}

twice! { holding holding_coroutine
    pub async fn holds(told: Told, more: u32) -> u32 {
        let sum = told.0 + more;
        once().await;
        sum + told.0
    }
}

/// Reset before the first poll, while it waits, after its end.
fn resets<M: StateMachine<Output = u32, Arguments = (Told, u32)>>(make: impl Fn(Told, u32) -> M) {
    let dropped = std::rc::Rc::new(std::cell::RefCell::new(Vec::new()));
    let told = |number| Told(number, dropped.clone());
    let cx = &mut Context::from_waker(Waker::noop());
    let mut machine = pin!(make(told(1), 10));
    machine.as_mut().reset((told(2), 20));
    assert_eq!((machine.state().name, &*dropped.borrow()), ("Unresumed", &vec![1]));
    assert!(machine.as_mut().poll(cx).is_pending());
    assert_eq!(machine.state().name, "once");
    machine.as_mut().reset((told(3), 30));
    assert_eq!((machine.state().name, &*dropped.borrow()), ("Unresumed", &vec![1, 2]));
    assert!(machine.as_mut().poll(cx).is_pending());
    assert_eq!(machine.as_mut().poll(cx), Poll::Ready(36));
    assert_eq!((machine.state().name, &*dropped.borrow()), ("Returned", &vec![1, 2, 3]));
    machine.as_mut().reset((told(4), 40));
    assert!(machine.as_mut().poll(cx).is_pending());
    assert_eq!(machine.as_mut().poll(cx), Poll::Ready(48));
    assert_eq!(&*dropped.borrow(), &[1, 2, 3, 4]);
}

#[test]
fn a_machine_starts_again_in_its_memory() {
    resets(holding::holds);
    resets(holding_coroutine::holds);
}

/// Methods, by value and by reference, of both kinds.
struct Counter(u32);

impl Counter {
    #[zokio::async_fn]
    async fn add(&mut self, more: &[u32]) -> &u32 {
        for n in more {
            once().await;
            self.0 += n;
        }
        &self.0
    }
    #[zokio::async_fn(machine = rustc)]
    async fn add_natively(&mut self, more: &[u32]) -> &u32 {
        for n in more {
            once().await;
            self.0 += n;
        }
        &self.0
    }
    #[zokio::async_fn]
    pub async fn end(self) -> u32 {
        once().await;
        self.0
    }
    #[zokio::async_fn(machine = rustc)]
    async fn end_natively(self) -> u32 {
        once().await;
        self.0
    }
}

trait Counts {
    async fn count(&self, by: &str) -> usize;
    async fn twice(&mut self, n: u32) -> u32;
}

impl Counts for Counter {
    #[zokio::async_fn]
    async fn count(&self, by: &str) -> usize {
        once().await;
        by.len() + self.0 as usize
    }
    #[zokio::async_fn(machine = rustc)]
    async fn twice(&mut self, n: u32) -> u32 {
        self.0 += n;
        once().await;
        self.0 += n;
        self.0
    }
}

pub(super) fn finish<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            return output;
        }
    }
}

#[test]
fn methods_are_machines() {
    let mut counter = Counter(1);
    assert_eq!(*finish(counter.add(&[2, 3])), 6);
    assert_eq!(*finish(counter.add_natively(&[4])), 10);
    assert_eq!(finish(counter.count("abc")), 13);
    assert_eq!(finish(counter.twice(1)), 12);
    assert_eq!(finish(counter.end()) + finish(Counter(1).end_natively()), 13);
}

#[zokio::async_fn]
async fn joins(number: u32) -> u32 {
    let (one, _) = zokio::join!(fallible(true), async { once().await });
    one.map_or(number, |one| one)
}

twice! { several several_of_a_coroutine
    pub async fn wait(fails: bool) -> u32 {
        let (one, _) = zokio::join!(fallible(fails), once());
        zokio_tests::select! {
            two = fallible(false) => one.unwrap_or(5) + two.unwrap_or(0)
        }
    }
}

#[test]
fn waiting_for_several_is_a_state_of_either_kind() {
    fn said<M: StateMachine<Output = u32>>(machine: M) -> (Vec<&'static str>, Vec<&'static str>) {
        let mut machine = pin!(machine);
        let mut stood = vec![machine.state().name];
        while machine.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending() {
            stood.push(machine.state().name);
        }
        (stood, M::STATES.iter().map(|state| state.name).collect())
    }
    let expected =
        (vec!["Unresumed", "join", "select"], vec!["Unresumed", "join", "select", "Returned", "Failed", "Poisoned"]);
    assert_eq!(said(several::wait(false)), expected);
    assert_eq!(said(several_of_a_coroutine::wait(false)), expected);
}

#[test]
fn what_is_joined_is_named_as_it_is_written() {
    fn states<M: StateMachine>(_: &M) -> &'static [zokio::State] {
        M::STATES
    }
    let states = states(&joins(1));
    assert_eq!((states[1].name, states[1].held), ("join", ["number"].as_slice()));
    assert_eq!(states[1].awaited, "zokio::join!(fallible(true), async { once().await })");
}

/// Panics where it is dropped, if it is armed.
struct Bomb(bool);

impl Drop for Bomb {
    fn drop(&mut self) {
        assert!(!self.0, "as it should");
    }
}

twice! { exploding exploding_coroutine
    pub async fn holds(armed: bool) -> u32 {
        let _bomb = Bomb(armed);
        once().await;
        7
    }
}

#[test]
fn a_machine_whose_destructor_panics_as_it_is_reset_is_poisoned() {
    fn explodes<M: StateMachine<Output = u32, Arguments = (bool,)> + Send>(machine: M) {
        let poll = |machine: Pin<&mut M>| machine.poll(&mut Context::from_waker(Waker::noop()));
        let mut machine = pin!(machine);
        assert!(poll(machine.as_mut()).is_pending());
        assert!(catch_unwind(AssertUnwindSafe(|| machine.as_mut().reset((false,)))).is_err());
        assert_eq!(machine.state().name, "Poisoned");
        // Where nothing has been polled before.
        let polled = std::thread::scope(|scope| scope.spawn(|| poll(machine.as_mut())).join());
        assert!(polled.is_err_and(|panic| {
            panic.downcast_ref::<&str>().is_some_and(|text| text.contains("after it had panicked"))
        }));
        machine.as_mut().reset((false,));
        assert!(poll(machine.as_mut()).is_pending());
        assert_eq!(poll(machine.as_mut()), Poll::Ready(7));
    }
    explodes(exploding::holds(true));
    explodes(exploding_coroutine::holds(true));
}
