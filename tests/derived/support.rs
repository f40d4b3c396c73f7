//! Futures and values that tell what happens to them, and a machine of them.

use std::cell::RefCell;
use std::future::Future;
use std::marker::PhantomPinned;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use zokio::{Machine, StateMachine};

/// What has happened.
#[derive(Debug, Clone, Default)]
pub(crate) struct Events(Rc<RefCell<Vec<String>>>);

impl Events {
    pub(crate) fn add(&self, event: impl Into<String>) {
        self.0.borrow_mut().push(event.into());
    }

    /// What has happened since this was asked last.
    pub(crate) fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.0.borrow_mut())
    }

    pub(crate) fn value(&self, name: &'static str) -> Value {
        Value { name, events: self.clone() }
    }

    pub(crate) fn after(&self, name: &'static str, polls: u32, output: u32) -> After {
        After { name, polls, output, events: self.clone(), address: None, _pinned: PhantomPinned }
    }
}

/// Tells when it is dropped.
#[derive(Debug)]
pub(crate) struct Value {
    pub(crate) name: &'static str,
    pub(crate) events: Events,
}

impl Drop for Value {
    fn drop(&mut self) {
        self.events.add(format!("drop {}", self.name));
    }
}

/// Pending so many times; then its output. It panics when it has been moved between two polls, or dropped elsewhere.
#[derive(Debug)]
pub(crate) struct After {
    name: &'static str,
    polls: u32,
    output: u32,
    events: Events,
    address: Option<*const Self>,
    _pinned: PhantomPinned,
}

impl After {
    fn stays(&mut self) {
        let here: *const Self = self;
        let there = *self.address.get_or_insert(here);
        assert!(there == here, "{} was moved", self.name);
    }
}

impl Future for After {
    type Output = u32;

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<u32> {
        #[expect(unsafe_code, reason = "it looks at its own address")]
        // SAFETY: nothing is moved.
        let this = unsafe { self.get_unchecked_mut() };
        this.stays();
        this.events.add(format!("poll {}", this.name));
        match this.polls.checked_sub(1) {
            Some(fewer) => {
                this.polls = fewer;
                Poll::Pending
            }
            None => Poll::Ready(this.output),
        }
    }
}

impl Drop for After {
    fn drop(&mut self) {
        if self.address.is_some() {
            self.stays();
        }
        self.events.add(format!("drop {}", self.name));
    }
}

/// Connects, reads until there is enough, or fails.
#[derive(Debug, StateMachine)]
#[state_machine(start = Connecting, output = Result<u32, String>)]
pub(crate) enum Fetch {
    #[state(to(Reading, Failed))]
    Connecting {
        before: Value,
        #[future]
        connect: After,
        behind: Value,
    },
    #[state(to(Reading, Counting))]
    Reading(#[future] After, Value, u32),
    /// It waits for nothing.
    #[state(to(Done, Failed))]
    Counting { sum: u32, held: Value },
    #[state(end)]
    Done(u32),
    #[state(failed)]
    Failed { why: String },
}

impl Fetch {
    fn on_connecting(connected: u32, before: Value, behind: Value) -> FetchAfterConnecting {
        let events = before.events.clone();
        events.add(format!("connected {connected}"));
        if connected == 0 {
            return FetchAfterConnecting::Failed { why: format!("refused, {}", behind.name) };
        }
        FetchAfterConnecting::Reading(events.after("first", 1, connected), before, 0)
    }

    fn on_reading(read: u32, held: Value, sum: u32) -> FetchAfterReading {
        let events = held.events.clone();
        events.add(format!("read {read}"));
        let sum = sum + read;
        if sum < 10 {
            return FetchAfterReading::Reading(events.after("next", 0, 7), held, sum);
        }
        FetchAfterReading::Counting { sum, held }
    }

    fn on_counting(sum: u32, held: Value) -> FetchAfterCounting {
        held.events.add("counted");
        if sum > 10 { FetchAfterCounting::Done(sum) } else { FetchAfterCounting::Failed { why: "ten".to_owned() } }
    }

    fn on_done(sum: u32) -> Result<u32, String> {
        Ok(sum)
    }

    fn on_failed(why: String) -> Result<u32, String> {
        Err(why)
    }
}

/// A machine whose connection takes two polls, and says `output`.
pub(crate) fn fetch(events: &Events, output: u32) -> Machine<Fetch> {
    Fetch::start(events.value("before"), events.after("connect", 1, output), events.value("behind"))
}

/// Polls once.
pub(crate) fn poll<F: Future>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

/// Polls to the end; how many polls that took.
pub(crate) fn finish<F: Future>(mut future: Pin<&mut F>) -> (F::Output, u32) {
    for polls in 1.. {
        if let Poll::Ready(output) = poll(future.as_mut()) {
            return (output, polls);
        }
    }
    unreachable!("there is no last number of polls")
}
