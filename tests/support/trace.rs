//! The events of one test, in the order in which they happened.

use std::sync::{Mutex, MutexGuard, PoisonError};

static EVENTS: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Held by the test whose events are recorded: tests of one program take turns.
static TURN: Mutex<()> = Mutex::new(());

/// Adds an event to the present trace.
pub fn record(event: impl Into<String>) {
    lock(&EVENTS).push(event.into());
}

/// The trace of one test, from here on.
#[derive(Debug)]
pub struct Trace {
    _turn: MutexGuard<'static, ()>,
}

impl Trace {
    /// Waits for the tests before this one, and begins.
    #[must_use]
    pub fn begin() -> Self {
        let turn = lock(&TURN);
        lock(&EVENTS).clear();
        Self { _turn: turn }
    }

    /// What has happened so far.
    #[must_use]
    pub fn events(&self) -> Vec<String> {
        lock(&EVENTS).clone()
    }

    /// Compares everything that has happened with what was expected.
    ///
    /// # Panics
    /// When they differ.
    #[track_caller]
    pub fn assert(self, expected: &[&str]) {
        let events = self.events();
        assert!(events == expected, "happened:\n  {}\nexpected:\n  {}", events.join("\n  "), expected.join("\n  "));
    }

    /// Compares those events that `wanted` chooses with what was expected.
    ///
    /// # Panics
    /// When they differ.
    #[track_caller]
    pub fn assert_of(self, wanted: impl Fn(&str) -> bool, expected: &[&str]) {
        lock(&EVENTS).retain(|event| wanted(event));
        self.assert(expected);
    }
}

/// A test that fails leaves a poisoned lock, which must not fail the others.
fn lock<T>(mutex: &'static Mutex<T>) -> MutexGuard<'static, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
