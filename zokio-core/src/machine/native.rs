//! rustc's coroutine as a state machine: for bodies that cannot be explicit ones. Its states have the same names.

use std::cell::Cell;
use std::fmt;
use std::future::{Future, IntoFuture};
use std::marker::PhantomData;
use std::mem::MaybeUninit;
use std::pin::Pin;
use std::ptr;
use std::task::{Context, Poll};

use super::{Chain, Described, Layout, State, StateMachine, Tries, asked};

thread_local! {
    /// What the coroutine that is being polled on this thread says of itself: its innermost one.
    static CURRENT: Cell<*const Tag> = const { Cell::new(ptr::null()) };
}

#[derive(Debug, Default)]
struct Tag {
    state: Cell<u32>,
    /// Not 0: the coroutine was left through `?` or `return Err(..)`.
    failed: Cell<u32>,
}

/// A coroutine, and where it stands.
///
/// It is valid whatever its bytes are: see [`asked`].
pub struct Native<F: Future, A, W: Fn(A) -> F, D: Described> {
    tag: Tag,
    /// Always there, except in an [asked](asked) machine.
    future: MaybeUninit<F>,
    make: W,
    arguments: PhantomData<fn(A)>,
    described: PhantomData<fn() -> D>,
}

/// Makes one: `make` makes an `async` block whose awaits are [`awaited`].
pub fn native<F: Future, A, W: Fn(A) -> F, D: Described>(arguments: A, make: W, _described: D) -> Native<F, A, W, D> {
    const { assert!(size_of::<W>() == 0, "{}", super::compiled::CAPTURES) };
    let future = MaybeUninit::new(make(arguments));
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
    const { assert!(size_of::<W>() == 0, "{}", super::compiled::CAPTURES) };
    let future = MaybeUninit::new(future);
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
        let last = last::<D>();
        let before = this.tag.state.replace(last);
        let entered = Entered::new(&this.tag);
        // SAFETY: it is there, and pinned, as the machine is.
        let result = unsafe { Pin::new_unchecked(this.future.assume_init_mut()) }.poll(cx);
        drop(entered);
        if result.is_ready() {
            this.tag.state.set(if this.tag.failed.get() != 0 { last - 1 } else { last - 2 });
        } else if this.tag.state.get() == last {
            // What it awaits is none of its own awaits: within a macro.
            this.tag.state.set(before);
        }
        result
    }
}

/// The number of the last state, `Poisoned`.
const fn last<D: Described>() -> u32 {
    D::SAID.states() as u32 - 1
}

impl<F: Future, A, W: Fn(A) -> F, D: Described> Native<F, A, W, D> {
    /// [`chain`](StateMachine::chain), of a machine whose type is known to somebody else.
    unsafe fn read(this: *const (), chain: &mut Chain) {
        // SAFETY: the caller's promise.
        unsafe { <Self as StateMachine>::chain(this.cast(), chain) };
    }
}

impl<F: Future, A, W: Fn(A) -> F, D: Described> Drop for Native<F, A, W, D> {
    fn drop(&mut self) {
        if self.tag.state.get() > last::<D>() {
            // No coroutine stands there.
            asked::answer(const { &asked::Known::Own(Self::read) });
            return;
        }
        // SAFETY: it is there, as the machine is not one that is asked.
        unsafe { self.future.assume_init_drop() };
    }
}

impl<F: Future, A, W: Fn(A) -> F, D: Described> StateMachine for Native<F, A, W, D> {
    const STATES: &'static [State] = D::STATES;
    const NAME: &'static str = D::SAID.name;
    const LAYOUT: Layout = Layout::opaque::<Self>();
    type Arguments = A;

    fn state(&self) -> &'static State {
        &D::STATES[self.tag.state.get() as usize]
    }

    unsafe fn chain(this: *const Self, chain: &mut Chain) {
        // SAFETY: the caller's promise; no more is borrowed than the tag, in which nothing is borrowed.
        let tag = unsafe { &(*this).tag };
        chain.stand(const { &D::SAID }, tag.state.get() as usize);
    }

    fn reset(self: Pin<&mut Self>, arguments: A) {
        // SAFETY: the future is not moved, but dropped where it is.
        let this = unsafe { self.get_unchecked_mut() };
        this.tag.state.set(last::<D>());
        let future = (this.make)(arguments);
        // SAFETY: it is there, and pinned, as the machine is.
        unsafe { Pin::new_unchecked(this.future.assume_init_mut()) }.set(future);
        this.tag.failed.set(0);
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
    state: u32,
}

/// Makes one, of what is awaited in a state.
pub fn awaited<F: IntoFuture>(state: u32, future: F) -> Awaited<F::IntoFuture> {
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
        with(|tag| tag.failed.set(1));
    }
    value
}

/// `return Err(..)`.
pub fn failed() {
    with(|tag| tag.failed.set(1));
}
