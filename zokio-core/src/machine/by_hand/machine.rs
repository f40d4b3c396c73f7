//! The machine: a tag, and a slot for the state.

use std::fmt;
use std::future::Future;
use std::marker::PhantomPinned;
use std::mem;
use std::ops::ControlFlow;
use std::pin::Pin;
use std::task::{Context, Poll};

use super::{Stand, States};
use crate::machine::{Chain, Layout, Slot, State, StateMachine, asked, has_ended, place};

/// The tag of a machine whose step has panicked.
pub(super) const POISONED: u16 = u16::MAX;

/// A state machine whose states are written by hand: of an enum `S` that derives `StateMachine`.
///
/// `Fetch::start(..)` makes the machine of the enum `Fetch`, a `Machine<Fetch>`. It is a future, and holds nothing but the enum and a tag.
/// The derive's documentation has an example.
#[must_use = "futures do nothing unless they are polled"]
pub struct Machine<S: States> {
    /// The number of the state in which it stands; that of its end and as many as there are states more; or [`POISONED`].
    pub(super) at: u16,
    pub(super) state: Slot<S>,
    /// The future of the state stays where it is.
    _pinned: PhantomPinned,
}

/// Makes a machine that stands in its first state.
#[inline]
pub fn machine<S: States>(start: S::Start) -> Machine<S> {
    const {
        assert!(2 * S::STATES.len() < POISONED as usize, "a machine has at most 32766 states");
    }
    let mut state = Slot::<S> { empty: () };
    // SAFETY: the slot is empty.
    unsafe { place(&raw mut state).write(S::begin(start)) };
    Machine { at: S::START as u16, state, _pinned: PhantomPinned }
}

impl<S: States> Machine<S> {
    /// The state in which the machine stands, with its data. There is none any more where it has ended or panicked.
    ///
    /// It is for looking at: between two polls it is a state whose future is not ready yet, or the first.
    #[must_use]
    pub fn get(&self) -> Option<&S> {
        // SAFETY: a machine that stands has a state in its slot.
        self.stands().then(|| unsafe { &*(&raw const self.state).cast() })
    }

    /// [`chain`](StateMachine::chain), of a machine whose type is known to somebody else.
    unsafe fn read(this: *const (), chain: &mut Chain) {
        // SAFETY: the caller's promise.
        unsafe { <Self as StateMachine>::chain(this.cast(), chain) };
    }

    fn stands(&self) -> bool {
        usize::from(self.at) < S::STATES.len()
    }

    /// The number of the state in which it has ended.
    fn end(&self) -> Option<usize> {
        usize::from(self.at).checked_sub(S::STATES.len()).filter(|_| self.at != POISONED)
    }
}

impl<S: States> Future for Machine<S> {
    type Output = S::Output;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<S::Output> {
        if !self.stands() {
            has_ended(self.at == POISONED);
        }
        // SAFETY: the state's future is not moved out of the pinned machine.
        let this = unsafe { self.get_unchecked_mut() };
        // SAFETY: it is pinned and stands in a state, and `this` is not used as long as `stand` lives.
        let mut stand = unsafe { Stand::new(this) };
        loop {
            if let ControlFlow::Break(poll) = S::step(&mut stand, cx) {
                mem::forget(stand);
                return poll;
            }
        }
    }
}

impl<S: States> StateMachine for Machine<S> {
    const STATES: &'static [State] = S::STATES;
    const NAME: &'static str = S::NAME;
    const LAYOUT: Layout = Layout::opaque::<Self>();

    type Arguments = S::Start;

    fn state(&self) -> &'static State {
        let last = S::STATES.len() - 1;
        let at = if self.stands() { Some(usize::from(self.at)) } else { self.end() };
        &S::STATES[at.unwrap_or(last)]
    }

    fn reset(self: Pin<&mut Self>, arguments: S::Start) {
        let state = S::begin(arguments);
        // SAFETY: the state's future is not moved out of the pinned machine, but dropped where it is.
        let this = unsafe { self.get_unchecked_mut() };
        let stands = this.stands();
        // Also where the state's destructor panics.
        this.at = POISONED;
        let slot = place(&raw mut this.state);
        if stands {
            // SAFETY: a machine that stands has a state in its slot, which nobody looks at until there is another.
            unsafe { slot.drop_in_place() };
        }
        // SAFETY: the slot is empty.
        unsafe { slot.write(state) };
        this.at = S::START as u16;
    }

    fn is_completed(&self) -> bool {
        self.end().is_some()
    }

    fn is_failed(&self) -> bool {
        self.end().is_some_and(|end| S::FAILURES.contains(&end))
    }
}

impl<S: States> Drop for Machine<S> {
    #[inline]
    fn drop(&mut self) {
        if self.stands() {
            // SAFETY: a machine that stands has a state in its slot.
            unsafe { place(&raw mut self.state).drop_in_place() };
        } else if self.at == POISONED {
            // Perhaps it is one that is asked.
            asked::answer(const { &asked::Known::Own(Self::read) });
        }
    }
}

impl<S: States> fmt::Debug for Machine<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Machine").field("state", &self.state().name).finish_non_exhaustive()
    }
}
