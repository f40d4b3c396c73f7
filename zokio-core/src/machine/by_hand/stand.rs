//! Where a machine stands while it is polled.

use std::ops::ControlFlow;
use std::ptr;
use std::task::Poll;

use super::machine::{Machine, POISONED};
use super::{States, Step};

/// The state in which a machine stands while it takes steps. If one of them panics, what the state holds is dropped, and the machine
/// is poisoned.
#[derive(Debug)]
pub struct Stand<S: States> {
    machine: *mut Machine<S>,
    /// Whether the state is there. While the machine is between two states, its fields are the step's.
    full: bool,
}

impl<S: States> Stand<S> {
    /// # Safety
    /// The machine stands in a state. It is pinned, and used through this alone as long as this lives.
    #[inline(always)]
    pub(super) unsafe fn new(machine: *mut Machine<S>) -> Self {
        Self { machine, full: true }
    }

    /// The address of the state.
    ///
    /// No reference, whose lifetime would keep this borrowed: a step has references to the fields while it leaves the state.
    #[inline(always)]
    #[must_use]
    pub fn state(&self) -> *mut S {
        // SAFETY: the machine is there, as `new` was promised; no more than an address is computed.
        unsafe { (&raw mut (*self.machine).state).cast() }
    }

    /// Leaves the state: from here on its fields are the caller's.
    #[inline(always)]
    pub fn leave(&mut self) {
        self.full = false;
    }

    /// Enters the state of a number, where the machine stands in none.
    #[inline(always)]
    pub fn enter<T>(&mut self, number: usize, state: S) -> Step<T> {
        // SAFETY: the machine is there, and has it for itself. What the slot held was moved out, or else is leaked.
        unsafe {
            self.state().write(state);
            (*self.machine).at = number as u16;
        }
        self.full = true;
        ControlFlow::Continue(())
    }

    /// Ends in the state of a number.
    #[inline(always)]
    pub fn end(&mut self, number: usize, output: S::Output) -> Step<S::Output> {
        // SAFETY: as above.
        unsafe { (*self.machine).at = (S::STATES.len() + number) as u16 };
        ControlFlow::Break(Poll::Ready(output))
    }
}

/// Only a step that panics drops it.
impl<S: States> Drop for Stand<S> {
    #[cold]
    fn drop(&mut self) {
        // SAFETY: the machine is there, and has it for itself.
        unsafe { (*self.machine).at = POISONED };
        if self.full {
            // SAFETY: the state is there, and nobody looks at it afterwards, since the machine is poisoned.
            unsafe { self.state().drop_in_place() };
        }
    }
}

/// Moves a field out of a state.
///
/// # Safety
/// Nobody uses the field afterwards, nor drops it with its state.
#[inline(always)]
pub unsafe fn moved<T>(field: &mut T) -> T {
    // SAFETY: the caller's promise.
    unsafe { ptr::read(field) }
}

/// Drops the future of a state where it is.
///
/// # Safety
/// Nobody uses the future afterwards, nor drops it with its state.
#[inline(always)]
pub unsafe fn finished<F>(future: &mut F) {
    // SAFETY: the caller's promise.
    unsafe { ptr::drop_in_place(future) }
}
