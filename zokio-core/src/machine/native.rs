//! rustc's coroutine as a state machine: for bodies that cannot be explicit ones. Its states have the same names.

use std::cell::{Cell, UnsafeCell};
use std::fmt;
use std::future::Future;
use std::marker::{PhantomData, PhantomPinned};
use std::mem::{MaybeUninit, transmute};
use std::pin::Pin;
use std::ptr;
use std::task::{Context, Poll};

use super::compiled::has_ended;
use super::said::ENDS;
use super::{Chain, Described, Layout, State, StateMachine, Tries, Written, asked, wait};

thread_local! {
    /// The tag of the coroutine that is polled for the first time on this thread, until it [takes](Teller::start) it.
    static STARTS: Cell<*mut Tag> = const { Cell::new(ptr::null_mut()) };
}

/// Where a coroutine stands, and whether it was left through `?` or `return Err(..)`: not 0.
#[derive(Debug)]
struct Tag {
    state: u32,
    failed: u32,
}

/// The state of one that has dropped what it has: where that was not because it has returned, it has panicked.
const LEFT: u32 = u32::MAX - 1;

/// What within a coroutine says where that stands: its first local, by the address of the tag, which does not move any more once the
/// coroutine is polled. So a poll has nothing to say that the coroutine does not come to.
#[derive(Debug)]
pub struct Teller {
    tag: *mut Tag,
}

// SAFETY: it is used by the coroutine that has it alone, whose machine has the tag, and is `Send` and `Sync` as the coroutine is.
unsafe impl Send for Teller {}
// SAFETY: as above.
unsafe impl Sync for Teller {}

impl Teller {
    /// Of the coroutine that is being polled for the first time.
    ///
    /// # Safety
    /// It is a [`Native`]'s, which does nothing before, and keeps this for itself.
    #[must_use]
    pub unsafe fn start() -> Self {
        let tag = STARTS.replace(ptr::null_mut());
        assert!(
            !tag.is_null(),
            "internal: nobody has said whose coroutine this is; please report this as a bug of zokio's"
        );
        Self { tag }
    }

    /// From now on it is in this state.
    #[inline(always)]
    pub fn at(&self, state: u32) {
        // SAFETY: the tag is that of the machine in which this coroutine is, which is pinned; while the coroutine runs, nobody else uses it. That
        // its machine's poll has a reference to all of the machine, says nothing of the tag: it is not `Unpin`, and may change. Written by a union: in debug builds a function would be called, and look at the address.
        let tag = unsafe { Written { place: self.tag }.value };
        tag.state = state;
    }

    /// What is awaited in a state, which it is from now on.
    #[inline(always)]
    pub fn awaits<F>(&self, state: u32, future: F) -> F {
        self.at(state);
        future
    }

    /// What `?` stands behind: a failure is noted.
    #[inline(always)]
    pub fn noted<T: Tries>(&self, value: T) -> T {
        if value.fails() {
            self.failed();
        }
        value
    }

    /// `return Err(..)`.
    pub fn failed(&self) {
        // SAFETY: as above.
        let tag = unsafe { Written { place: self.tag }.value };
        tag.failed = 1;
    }
}

impl Drop for Teller {
    fn drop(&mut self) {
        // SAFETY: as above, or the machine is being dropped or reset, and does not use the tag meanwhile.
        let tag = unsafe { Written { place: self.tag }.value };
        tag.state = LEFT;
    }
}

/// A coroutine, and where it stands.
///
/// It is valid whatever its bytes are: see [`asked`].
pub struct Native<F: Future, A, W: Fn(A) -> F, D: Described> {
    /// The coroutine has the address of the tag, and writes to it. Said in front of it, as in a [`Machine`](super::Machine): so nobody has to look
    /// for that within, through all layers of futures.
    _pinned: PhantomPinned,
    _changes: UnsafeCell<()>,
    tag: Tag,
    /// Always there, except in an [asked](asked) machine.
    future: MaybeUninit<F>,
    make: W,
    arguments: PhantomData<fn(A)>,
    described: PhantomData<fn() -> D>,
}

// SAFETY: what is `&` of it reads the tag alone, to which nobody writes but while it is polled.
unsafe impl<F: Future + Sync, A, W: Fn(A) -> F + Sync, D: Described> Sync for Native<F, A, W, D> {}

/// Makes one: `make` makes an `async` block which starts with a [`Teller`].
pub fn native<F: Future, A, W: Fn(A) -> F, D: Described>(arguments: A, make: W, _described: D) -> Native<F, A, W, D> {
    Native::new(make(arguments), make)
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
    Native::new(future, make)
}

impl<F: Future, A, W: Fn(A) -> F, D: Described> Native<F, A, W, D> {
    fn new(future: F, make: W) -> Self {
        const { assert!(size_of::<W>() == 0, "{}", super::compiled::CAPTURES) };
        Self {
            _pinned: PhantomPinned,
            _changes: UnsafeCell::new(()),
            tag: Tag { state: 0, failed: 0 },
            future: MaybeUninit::new(future),
            make,
            arguments: PhantomData,
            described: PhantomData,
        }
    }
}

impl<F: Future, A, W: Fn(A) -> F, D: Described> Future for Native<F, A, W, D> {
    type Output = F::Output;

    // Into whoever polls, as a machine's.
    #[inline(always)]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        // SAFETY: the future is not moved. Not `get_unchecked_mut`, which is a call in debug builds.
        let this = unsafe { transmute::<Pin<&mut Self>, &mut Self>(self) };
        match this.tag.state {
            0 => STARTS.set(&raw mut this.tag),
            // Perhaps it is a new one, in the place of one whose destructor has panicked.
            LEFT => has_ended(true),
            _ => {}
        }
        // SAFETY: it is there, and pinned, as the machine is.
        let result = unsafe { wait::poll(&raw mut this.future as *mut F, cx) };
        #[expect(clippy::redundant_pattern_matching, reason = "`is_ready` is a call in debug builds")]
        if let Poll::Ready(_) = result {
            this.tag.state = if this.tag.failed == 0 { Self::RETURNED } else { Self::RETURNED + 1 };
        }
        result
    }
}

impl<F: Future, A, W: Fn(A) -> F, D: Described> Native<F, A, W, D> {
    /// The first state in which it has ended.
    const RETURNED: u32 = (D::SAID.states() - ENDS) as u32;

    /// The number of the state in which one with this tag is.
    fn at(tag: &Tag) -> usize {
        // The last of all is that of one that has panicked.
        (tag.state as usize).min(D::SAID.states() - 1)
    }

    /// [`chain`](StateMachine::chain), of a machine whose type is known to somebody else.
    unsafe fn read(this: *const (), chain: &mut Chain) {
        // SAFETY: the caller's promise.
        unsafe { <Self as StateMachine>::chain(this.cast(), chain) };
    }
}

impl<F: Future, A, W: Fn(A) -> F, D: Described> Drop for Native<F, A, W, D> {
    fn drop(&mut self) {
        if self.tag.state > LEFT {
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
        &D::STATES[Self::at(&self.tag)]
    }

    unsafe fn chain(this: *const Self, chain: &mut Chain) {
        // SAFETY: the caller's promise; no more is borrowed than the tag, in which nothing is borrowed.
        let tag = unsafe { &(*this).tag };
        chain.stand(const { &D::SAID }, Self::at(tag));
    }

    fn reset(self: Pin<&mut Self>, arguments: A) {
        // SAFETY: the future is not moved, but dropped where it is.
        let this = unsafe { self.get_unchecked_mut() };
        this.tag.state = LEFT;
        let future = (this.make)(arguments);
        // SAFETY: it is there, and pinned, as the machine is.
        unsafe { Pin::new_unchecked(this.future.assume_init_mut()) }.set(future);
        this.tag = Tag { state: 0, failed: 0 };
    }
}

impl<F: Future, A, W: Fn(A) -> F, D: Described> fmt::Debug for Native<F, A, W, D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Native").field("state", &self.state().name).finish_non_exhaustive()
    }
}
