//! What stands for a machine where the compiler only checks.

use std::fmt;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

use super::{Layout, State, StateMachine};

/// The original's future, by the compiler's own coroutine, where no code is generated: so it never runs.
pub struct Checked<F, A> {
    /// What it borrows, holds and drops is the original's.
    _future: F,
    _arguments: PhantomData<A>,
}

impl<F, A> fmt::Debug for Checked<F, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Checked")
    }
}

/// Of the original.
pub fn checked<T, F: Future<Output = T>, A>(_native: F) -> Checked<F, A> {
    never()
}

/// Of the machine's arguments.
pub fn checked_with<F, A>(_arguments: A) -> Checked<F, A> {
    never()
}

fn never() -> ! {
    unreachable!(
        "this was only checked, without machines, and cannot run: build it with cargo, or set ZOKIO_CHECK=machines"
    )
}

impl<F: Future, A> Future for Checked<F, A> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, _cx: &mut Context<'_>) -> Poll<F::Output> {
        never()
    }
}

impl<F: Future, A> StateMachine for Checked<F, A> {
    const STATES: &'static [State] = &[];
    const NAME: &'static str = "";
    const LAYOUT: Layout = Layout::opaque::<Self>();
    type Arguments = A;

    fn state(&self) -> &'static State {
        never()
    }

    fn reset(self: Pin<&mut Self>, _arguments: A) {
        never()
    }
}
