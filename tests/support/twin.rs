//! Twins: the same body as a state machine and as native `async`, run over the same script and compared event by event.

use std::cell::RefCell;
use std::fmt::Debug;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

/// What both bodies are written against: leaves that are pending as the script says, values that tell when they are dropped.
#[derive(Debug, Clone)]
pub struct Script(Rc<RefCell<State>>);

#[derive(Debug)]
struct State {
    events: Vec<String>,
    seed: u64,
    /// Leaves made so far.
    leaves: u64,
    /// Steps taken so far: every event is one.
    steps: usize,
    panics_at: Option<usize>,
}

impl Script {
    /// One to make futures with that are only looked at.
    pub fn sample() -> Self {
        Self::new(0, None)
    }

    fn new(seed: u64, panics_at: Option<usize>) -> Self {
        Self(Rc::new(RefCell::new(State { events: Vec::new(), seed, leaves: 0, steps: 0, panics_at })))
    }

    /// An event; the step that the script says panics.
    pub fn step(&self, event: impl Into<String>) {
        let mut state = self.0.borrow_mut();
        state.events.push(event.into());
        state.steps += 1;
        let panics = state.panics_at == Some(state.steps);
        drop(state);
        if panics && !std::thread::panicking() {
            // Without the hook, which would print it.
            std::panic::resume_unwind(Box::new("as the script says"));
        }
    }

    /// A number that depends on the script and on how many were asked for.
    fn number(&self) -> u64 {
        let mut state = self.0.borrow_mut();
        state.leaves += 1;
        let mut x = state.seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ state.leaves.wrapping_mul(0xD6E8_FEB8_6659_FD93);
        x ^= x >> 32;
        x = x.wrapping_mul(0xD6E8_FEB8_6659_FD93);
        x ^ x >> 29
    }

    /// A future that returns its number, pending none to two times before.
    pub fn leaf(&self, number: u32) -> Leaf<'static> {
        self.leaf_of(number, None)
    }

    /// The same; it borrows something while it lives.
    pub fn borrowing<'a>(&self, number: u32, value: &'a mut u32) -> Leaf<'a> {
        self.leaf_of(number, Some(value))
    }

    fn leaf_of<'a>(&self, number: u32, borrowed: Option<&'a mut u32>) -> Leaf<'a> {
        self.step(format!("make leaf {number}"));
        Leaf { script: self.clone(), number, pending: (self.number() % 3) as u32, borrowed }
    }

    /// A future that takes a value along and returns it.
    pub fn carry<T>(&self, value: T) -> Carry<T> {
        self.step("make carry");
        Carry { script: self.clone(), value: Some(value), pending: (self.number() % 3) as u32 }
    }

    /// A value that tells.
    pub fn value(&self, number: u32) -> Value {
        self.step(format!("make value {number}"));
        Value { script: self.clone(), number }
    }

    /// True or false.
    pub fn coin(&self) -> bool {
        let heads = self.number() & 8 != 0;
        self.step(format!("coin {heads}"));
        heads
    }

    /// A small number.
    pub fn dice(&self, sides: u32) -> u32 {
        let thrown = (self.number() >> 5) as u32 % sides;
        self.step(format!("dice {thrown}"));
        thrown
    }

    /// `Ok` or `Err`.
    pub fn fallible(&self, number: u32) -> Result<u32, Failure> {
        if self.dice(4) == 0 { Err(Failure(number)) } else { Ok(number) }
    }
}

/// An error.
#[derive(Debug, PartialEq, Eq, Clone, Copy)]
pub struct Failure(pub u32);

/// An error that others become.
#[derive(Debug, PartialEq, Eq, Clone, Copy)]
pub struct Outer(pub u32);

impl From<Failure> for Outer {
    fn from(failure: Failure) -> Self {
        Self(failure.0 + 100)
    }
}

/// A scripted future.
#[derive(Debug)]
pub struct Leaf<'a> {
    script: Script,
    number: u32,
    pending: u32,
    borrowed: Option<&'a mut u32>,
}

impl Future for Leaf<'_> {
    type Output = u32;

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<u32> {
        let number = self.number;
        if self.pending > 0 {
            self.pending -= 1;
            self.script.step(format!("leaf {number} waits"));
            return Poll::Pending;
        }
        if let Some(borrowed) = &mut self.borrowed {
            **borrowed += 1;
        }
        self.script.step(format!("leaf {number} returns"));
        Poll::Ready(number)
    }
}

impl Drop for Leaf<'_> {
    fn drop(&mut self) {
        self.script.step(format!("drop leaf {}", self.number));
    }
}

/// A future that owns something.
#[derive(Debug)]
pub struct Carry<T> {
    script: Script,
    value: Option<T>,
    pending: u32,
}

impl<T> Unpin for Carry<T> {}

impl<T> Future for Carry<T> {
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<T> {
        if self.pending > 0 {
            self.pending -= 1;
            self.script.step("carry waits");
            return Poll::Pending;
        }
        self.script.step("carry returns");
        Poll::Ready(self.value.take().expect("polled after its end"))
    }
}

impl<T> Drop for Carry<T> {
    fn drop(&mut self) {
        self.script.step("drop carry");
    }
}

/// A value with a destructor that tells, and methods of all kinds.
pub struct Value {
    script: Script,
    /// Its number.
    pub number: u32,
}

impl Value {
    /// Borrows.
    pub fn look(&self) -> u32 {
        self.script.step(format!("look {}", self.number));
        self.number
    }

    /// Borrows mutably.
    pub fn change(&mut self, by: u32) -> &mut Self {
        self.number += by;
        self.script.step(format!("change to {}", self.number));
        self
    }

    /// Consumes.
    pub fn finish(self) -> u32 {
        self.script.step(format!("finish {}", self.number));
        self.number
    }

    /// Consumes, and is a builder.
    pub fn with(mut self, more: u32) -> Self {
        self.number += more;
        self.script.step(format!("with {more}"));
        self
    }

    /// A future that borrows.
    pub fn wait(&mut self) -> Leaf<'_> {
        let script = self.script.clone();
        script.borrowing(self.number, &mut self.number)
    }

    /// A future that consumes.
    pub fn send(self) -> Carry<u32> {
        let number = self.number;
        self.script.clone().carry(number)
    }

    /// A future that owns nothing of it.
    pub fn detached(&self) -> Leaf<'static> {
        self.script.leaf(self.number)
    }
}

impl Drop for Value {
    fn drop(&mut self) {
        self.script.step(format!("drop value {}", self.number));
    }
}

impl Debug for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "value {}", self.number)
    }
}

/// What a run has shown.
#[derive(Debug, PartialEq, Eq)]
struct Run {
    events: Vec<String>,
    result: String,
    polls: usize,
}

/// Where a run ends.
#[derive(Debug, Clone, Copy)]
enum End {
    Completion,
    /// Dropped after so many polls.
    Dropped(usize),
    /// With a panic at this step.
    Panic(usize),
}

/// A future of whatever type, so that what runs it is compiled once.
trait Subject {
    /// What it returns, as it is printed.
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<String>;
}

impl<F: Future<Output: Debug>> Subject for Pin<Box<F>> {
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<String> {
        match self.as_mut().poll(cx) {
            Poll::Ready(value) => Poll::Ready(format!("{value:?}")),
            Poll::Pending => Poll::Pending,
        }
    }
}

/// What makes one.
type Make<'m> = &'m dyn Fn(Script) -> Box<dyn Subject + 'm>;

fn run(make: Make<'_>, seed: u64, end: End) -> (Run, usize) {
    let script = Script::new(seed, if let End::Panic(step) = end { Some(step) } else { None });
    let mut polls = 0;
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        let mut future = make(script.clone());
        let mut cx = Context::from_waker(Waker::noop());
        loop {
            if matches!(end, End::Dropped(after) if after == polls) {
                script.step("dropped");
                return "dropped".to_owned();
            }
            polls += 1;
            assert!(polls < 10_000, "the body does not end");
            match catch_unwind(AssertUnwindSafe(|| future.poll(&mut cx))) {
                Ok(Poll::Ready(value)) => {
                    script.step("returned");
                    return value;
                }
                Ok(Poll::Pending) => script.step("suspended"),
                Err(_) => {
                    script.step("unwound");
                    return "panicked".to_owned();
                }
            }
        }
    }));
    let state = script.0.borrow();
    let result = outcome.unwrap_or_else(|_| "panicked outside".to_owned());
    (Run { events: state.events.clone(), result, polls }, state.steps)
}

/// Runs both to completion, dropped after every poll, and with a panic at every step; for several scripts.
///
/// # Panics
/// When they differ, with what each did.
pub fn compare<N: Future<Output: Debug>, M: Future<Output: Debug>>(
    name: &str,
    native: impl Fn(Script) -> N,
    machine: impl Fn(Script) -> M,
) {
    agree(name, &|script| Box::new(Box::pin(native(script))), &|script| Box::new(Box::pin(machine(script))));
}

fn agree(name: &str, native: Make<'_>, machine: Make<'_>) {
    let check = |seed, end| {
        let (wanted, steps) = run(native, seed, end);
        let (found, _) = run(machine, seed, end);
        if wanted != found {
            let first = wanted.events.iter().zip(&found.events).position(|(one, other)| one != other);
            let at = first.unwrap_or_else(|| wanted.events.len().min(found.events.len()));
            panic!(
                "{name}, script {seed}, {end:?}: differs at event {at}\nnative:  {:?}\n         {} in {} polls\nmachine: {:?}\n         {} in {} polls",
                wanted.events, wanted.result, wanted.polls, found.events, found.result, found.polls
            );
        }
        (wanted.polls, steps)
    };
    for seed in 0..12 {
        let (polls, steps) = check(seed, End::Completion);
        for after in 0..polls {
            check(seed, End::Dropped(after));
        }
        for step in 1..=steps {
            check(seed, End::Panic(step));
        }
    }
}

/// Made of a value, or of a number.
#[derive(Debug)]
pub struct Document(pub u32);

impl From<Value> for Document {
    fn from(value: Value) -> Self {
        Self(value.finish())
    }
}

impl From<u32> for Document {
    fn from(number: u32) -> Self {
        Self(number)
    }
}
