//! Machines whose states are written by hand: what expansions of `#[derive(StateMachine)]` stand on.
//!
//! A machine is a tag and a slot for the enum. The expansion says what one *step* is: it polls the future of the state in which the
//! machine [stands](Stand), moves the state's data out once that is ready, calls the user's `on_*`, and enters the state that this
//! chose. The loop, the tag, and what becomes of a step that panics are here.

mod machine;
mod stand;

use std::marker::{PhantomData, PhantomPinned};
use std::ops::ControlFlow;
use std::task::{Context, Poll};

pub use self::machine::{Machine, machine};
pub use self::stand::{Stand, finished, moved};
pub use super::State;
pub use super::wait::poll;

/// What a step leads to: another state, or the end of the poll.
pub type Step<T> = ControlFlow<Poll<T>>;

/// An enum whose variants are the states of a machine.
///
/// # Safety
/// [`step`](Self::step) pins the future that it polls, and moves it nowhere. It moves fields out only after [`Stand::leave`], each once, and
/// finishes every field that it does not move out. Behind a [`leave`](Stand::leave) it returns only what [`enter`](Stand::enter) or
/// [`end`](Stand::end) does.
pub unsafe trait States: MayNotImplementDrop + Sized {
    /// What the machine returns.
    type Output;

    /// The fields of the first state, as a tuple.
    type Start;

    /// The enum, with the path of its module.
    const NAME: &'static str;

    /// The variants, in the order of the source; then `Poisoned`.
    const STATES: &'static [State];

    /// The number of the first state.
    const START: usize;

    /// The numbers of the ends that are failures.
    const FAILURES: &'static [usize];

    /// The first state.
    fn begin(start: Self::Start) -> Self;

    /// Takes one step, as far as the future of the state is ready.
    ///
    /// It is a safe function, so that what it calls of the user's is not in an unsafe one: there is no [`Stand`] but that of a pinned
    /// machine that stands in a state.
    fn step(stand: &mut Stand<Self>, cx: &mut Context<'_>) -> Step<Self::Output>;
}

/// No enum of states implements `Drop`: its destructor would get a reference to a future that is pinned, and could move it; and a state
/// that is left is taken apart.
///
/// An expansion implements this for its enum, which contradicts the implementation for all that implement `Drop`.
pub trait MayNotImplementDrop {}

#[expect(drop_bounds, reason = "whether a type implements `Drop` itself is the question")]
impl<T: Drop + ?Sized> MayNotImplementDrop for T {}

/// What is never `Unpin`. An expansion implements `Unpin` for its enum where this is: never, and nobody else can implement it then. So a
/// reference to the enum is known not to be the only way to what is in it.
#[derive(Debug)]
pub struct Unmovable<'a>(PhantomData<&'a ()>, PhantomPinned);
