//! rustc's coroutine as a state machine: for bodies that cannot be explicit ones. Its states have the same names.

use std::cell::Cell;
use std::fmt;
use std::future::{Future, IntoFuture};
use std::marker::PhantomData;
use std::pin::Pin;
use std::ptr;
use std::task::{Context, Poll};

use super::{Described, State, StateMachine, Tries};

thread_local! {
    /// What the coroutine that is being polled on this thread says of itself: its innermost one.
    static CURRENT: Cell<*const Tag> = const { Cell::new(ptr::null()) };
}

#[derive(Debug, Default)]
struct Tag {
    state: Cell<usize>,
    failed: Cell<bool>,
}

/// A coroutine, and where it stands.
pub struct Native<F, A, W: Fn(A) -> F, D> {
    tag: Tag,
    future: F,
    make: W,
    arguments: PhantomData<fn(A)>,
    described: PhantomData<fn() -> D>,
}

/// Makes one: `make` makes an `async` block whose awaits are [`awaited`].
pub fn native<F: Future, A, W: Fn(A) -> F, D: Described>(arguments: A, make: W, _described: D) -> Native<F, A, W, D> {
    let future = make(arguments);
    Native { tag: Tag::default(), future, make, arguments: PhantomData, described: PhantomData }
}

/// Arguments that nobody has.
#[derive(Debug, Clone, Copy)]
pub enum Never {}

/// Makes one of a method's block: without the method's `self` there is no other. `make` says so.
pub fn native_method<F: Future, W: Fn(Never) -> F, D: Described>(
    future: F,
    make: W,
    _described: D,
) -> Native<F, Never, W, D> {
    Native { tag: Tag::default(), future, make, arguments: PhantomData, described: PhantomData }
}

/// Runs with another tag as the current one.
struct Entered(*const Tag);

impl Entered {
    fn new(tag: &Tag) -> Self {
        Self(CURRENT.replace(tag))
    }
}

impl Drop for Entered {
    fn drop(&mut self) {
        CURRENT.set(self.0);
    }
}

fn with(note: impl FnOnce(&Tag)) {
    let tag = CURRENT.get();
    // SAFETY: a tag is the current one only while its machine is polled, which is pinned.
    if let Some(tag) = unsafe { tag.as_ref() } {
        note(tag);
    }
}

impl<F: Future, A, W: Fn(A) -> F, D: Described> Future for Native<F, A, W, D> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        // SAFETY: the future is not moved.
        let this = unsafe { self.get_unchecked_mut() };
        // A poll that unwinds leaves it so.
        let last = D::STATES.len() - 1;
        let before = this.tag.state.replace(last);
        let entered = Entered::new(&this.tag);
        // SAFETY: it is pinned, as the machine is.
        let result = unsafe { Pin::new_unchecked(&mut this.future) }.poll(cx);
        drop(entered);
        if result.is_ready() {
            this.tag.state.set(if this.tag.failed.get() { last - 1 } else { last - 2 });
        } else if this.tag.state.get() == last {
            // What it awaits is none of its own awaits: within a macro.
            this.tag.state.set(before);
        }
        result
    }
}

impl<F: Future, A, W: Fn(A) -> F, D: Described> StateMachine for Native<F, A, W, D> {
    const STATES: &'static [State] = D::STATES;
    type Arguments = A;

    fn state(&self) -> &'static State {
        &D::STATES[self.tag.state.get()]
    }

    fn reset(self: Pin<&mut Self>, arguments: A) {
        // SAFETY: the future is not moved, but dropped where it is.
        let this = unsafe { self.get_unchecked_mut() };
        this.tag.state.set(D::STATES.len() - 1);
        let future = (this.make)(arguments);
        // SAFETY: it is pinned, as the machine is.
        unsafe { Pin::new_unchecked(&mut this.future) }.set(future);
        this.tag.failed.set(false);
        this.tag.state.set(0);
    }
}

impl<F: Future, A, W: Fn(A) -> F, D: Described> fmt::Debug for Native<F, A, W, D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Native").field("state", &self.state().name).finish_non_exhaustive()
    }
}

/// One of the coroutine's awaits: it says so when it waits.
#[derive(Debug)]
pub struct Awaited<F> {
    future: F,
    state: usize,
}

/// Makes one, of what is awaited in a state.
pub fn awaited<F: IntoFuture>(state: usize, future: F) -> Awaited<F::IntoFuture> {
    Awaited { future: future.into_future(), state }
}

impl<F: Future> Future for Awaited<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        // SAFETY: the future is not moved.
        let this = unsafe { self.get_unchecked_mut() };
        // SAFETY: it is pinned, as this is.
        let result = unsafe { Pin::new_unchecked(&mut this.future) }.poll(cx);
        if result.is_pending() {
            with(|tag| tag.state.set(this.state));
        }
        result
    }
}

/// What `?` stands behind: a failure is noted.
pub fn noted<T: Tries>(value: T) -> T {
    if value.fails() {
        with(|tag| tag.failed.set(true));
    }
    value
}

/// `return Err(..)`.
pub fn failed() {
    with(|tag| tag.failed.set(true));
}
