//! Explicit poll state machines: what the expansions of `async_block!` and `#[async_fn]` stand on.
//!
//! A machine is a frame and a poll function. The frame holds a tag, the drop flags and the slots: every value that lives
//! across an await. The poll function is the user's own body, entered in the middle: it goes down to the await that the tag
//! names, polls what is awaited there, and goes on as the body says.
//!
//! Values in slots belong to [`Guard`]s while the poll function runs, so that whatever leaves a scope (its end, `break`,
//! `return`, `?`, a panic) drops them where and when Rust drops a local. A machine that waits disarms them all at once. Where a
//! machine is dropped while it waits, the guards that were in scope at that await are made once more, and dropped.

#![allow(unsafe_code)] // Slots are filled, read and dropped by address: the expansion's flow analysis says when.

mod asked;
mod attempt;
mod bound;
mod budget;
pub mod by_hand;
mod chain;
mod frame;
mod guard;
mod hold;
mod layout;
pub mod lint;
mod native;
mod partial;
mod question;
mod slots;
mod tries;
mod unbox;
mod wait;

use std::fmt;
use std::future::Future;
use std::marker::{PhantomData, PhantomPinned};
use std::mem::MaybeUninit;
use std::pin::Pin;
use std::task::{Context, Poll};

pub(crate) use self::asked::ask;
pub use self::attempt::{Returned, attempt, passed};
pub use self::bound::{Bind, BindCopy, any_of, bound, bound_copy, seen};
pub(crate) use self::budget::Text;
pub use self::budget::{Budget, within};
pub(crate) use self::chain::read;
pub use self::chain::{Chain, Link, follow};
pub use self::frame::{Flag, Frame, Tag};
pub use self::guard::{Guard, Run, lent};
pub use self::hold::{Hold, Nothing};
pub use self::layout::{Layout, Named, SlotLayout};
pub use self::native::{Awaited, Native, Never, awaited, failed, native, native_method, noted};
pub use self::partial::{Partial, routine};
pub use self::question::{
    Answer, Answered, Consumes, Gate, Moves, Question, Taken, answer, any, asked, cases, consumed, either, hold,
    question, receive, receive_part, start, tie, twice, whom,
};
pub use self::slots::{Either, Place, Slot, copy, free, free_mut, left, place, put, right};
pub use self::tries::{FromResidual, Tries};
pub use self::unbox::{Unbox, unbox};
pub use self::wait::{poll, wait};

/// One state of a machine: where it can stand between two polls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct State {
    /// `Unresumed`, `Returned`, `Failed`, `Poisoned`, or the name of what is awaited; the variant, where the machine is derived.
    pub name: &'static str,
    /// The file of the await, or of the variant; empty where there is neither.
    pub file: &'static str,
    /// Its line, counted from 1; 0 where there is neither.
    pub line: u32,
    /// Its column, counted from 1; 0 where there is neither.
    pub column: u32,
    /// The awaited expression, as it is written; of a variant, the name of its future, or the type.
    pub awaited: &'static str,
    /// The names of the locals that are held here; of a variant those of its fields, or their types.
    pub held: &'static [&'static str],
    /// The states that may follow, as indices of [`STATES`](StateMachine::STATES): of a derived machine all that are declared. Of a body
    /// none are listed.
    pub successors: &'static [u16],
}

/// An explicit poll state machine: a future whose states have names and can be looked at.
pub trait StateMachine: Future {
    /// All states: `Unresumed`, one for each await in the order of the source, `Returned`, `Failed`, `Poisoned`. Of a derived machine: the
    /// enum's variants, in the order of the source, and `Poisoned`.
    const STATES: &'static [State];

    /// Its function, with the path of its module: `crate::module::function`. `async_block!` where it has none.
    const NAME: &'static str;

    /// How it lies in memory.
    const LAYOUT: Layout;

    /// What it is made of: the arguments of its function, or the captures of its block, as a tuple.
    type Arguments;

    /// Where the machine stands.
    fn state(&self) -> &'static State;

    /// Drops what the machine holds and starts it again, in the same memory.
    ///
    /// # Panics
    /// When what is dropped panics: the machine is poisoned then.
    fn reset(self: Pin<&mut Self>, arguments: Self::Arguments);

    /// Whether it has returned, in whatever way.
    fn is_completed(&self) -> bool {
        matches!(self.state().name, "Returned" | "Failed")
    }

    /// Whether it was left through `?` or `return Err(..)`.
    fn is_failed(&self) -> bool {
        self.state().name == "Failed"
    }

    /// Adds where the machine stands to a chain, and where what it awaits stands.
    ///
    /// # Safety
    /// `this` points to a pinned machine that nobody polls, moves or drops meanwhile, with everything that was done to it done before.
    #[doc(hidden)]
    unsafe fn chain(this: *const Self, chain: &mut Chain)
    where
        Self: Sized,
    {
        // SAFETY: the caller's promise.
        chain.push(Self::NAME, unsafe { &*this }.state());
    }
}

/// What an expansion says of its machine.
pub trait Described {
    /// See [`StateMachine::NAME`].
    const NAME: &'static str;

    /// All states, in the order of their tags.
    const STATES: &'static [State];

    /// The names of the slots, in the order of the frame.
    const SLOTS: &'static [Named];
}

/// The poll function of a machine over frames of the type `F`.
pub trait Body<F>: Copy {
    /// What the body returns.
    type Output;

    /// Goes on with the body, where the frame's tag says.
    fn poll(self, frame: *mut F, cx: &mut Context<'_>) -> Poll<Self::Output>;
}

impl<F, P, R> Body<F> for P
where
    P: Fn(*mut F, &mut Context<'_>) -> Poll<R> + Copy,
{
    type Output = R;

    #[inline(always)]
    fn poll(self, frame: *mut F, cx: &mut Context<'_>) -> Poll<R> {
        self(frame, cx)
    }
}

/// A machine: its frame, and functions that have no size, to fill it with arguments, to poll it, to drop it, and to follow what it
/// awaits.
///
/// It is valid whatever its bytes are: see [`asked`].
pub struct Machine<
    F: Frame,
    A,
    W: Fn(*mut F, A),
    P: Body<F>,
    Q: Fn(*mut F),
    L: Fn(*mut F, usize, &mut Chain),
    D: Described,
> {
    frame: F,
    fill: W,
    body: P,
    leave: Q,
    look: L,
    arguments: PhantomData<fn(A)>,
    described: PhantomData<fn() -> D>,
    /// Slots borrow each other.
    _pinned: PhantomPinned,
}

/// Makes a machine: `fill` writes the arguments into their slots, `body` polls, `leave` drops what the slots hold, `look` follows
/// what is awaited.
///
/// # Safety
/// `fill` writes every slot that `body` reads in the state `Unresumed`; the functions read no slot that holds nothing. What stands in the
/// frame are slots: a frame is valid whatever its bytes are.
#[inline(always)]
pub unsafe fn machine<F, A, W, P, Q, L, R, D>(
    arguments: A,
    fill: W,
    body: P,
    leave: Q,
    look: L,
    _described: D,
) -> Machine<F, A, W, P, Q, L, D>
where
    F: Frame,
    W: Fn(*mut F, A),
    P: Fn(*mut F, &mut Context<'_>) -> Poll<R> + Copy,
    Q: Fn(*mut F),
    L: Fn(*mut F, usize, &mut Chain),
    D: Described,
{
    const {
        let sizes = size_of::<W>() + size_of::<P>() + size_of::<Q>() + size_of::<L>();
        assert!(sizes == 0, "the functions of a machine capture nothing");
    }
    let mut frame = MaybeUninit::<F>::uninit();
    // SAFETY: it is memory for a frame.
    unsafe { F::begin(frame.as_mut_ptr()) };
    fill(frame.as_mut_ptr(), arguments);
    // SAFETY: what is no slot is written, and a slot may be empty.
    let frame = unsafe { frame.assume_init() };
    Machine { frame, fill, body, leave, look, arguments: PhantomData, described: PhantomData, _pinned: PhantomPinned }
}

impl<F, A, W, P, Q, L, D> Machine<F, A, W, P, Q, L, D>
where
    F: Frame,
    W: Fn(*mut F, A),
    P: Body<F>,
    Q: Fn(*mut F),
    L: Fn(*mut F, usize, &mut Chain),
    D: Described,
{
    /// [`chain`](StateMachine::chain), of a machine whose type is known to somebody else.
    unsafe fn read(this: *const (), chain: &mut Chain) {
        // SAFETY: the caller's promise.
        unsafe { <Self as StateMachine>::chain(this.cast(), chain) };
    }

    /// An ended machine is polled: by mistake, or to be [asked](asked).
    #[cold]
    #[inline(never)]
    fn ended(at: usize) -> Poll<P::Output> {
        if asked::answer(asked::Known { read: Self::read, layout: Self::LAYOUT }) {
            return Poll::Pending;
        }
        has_ended(at == D::STATES.len() - 1)
    }
}

impl<F, A, W, P, Q, L, D> Future for Machine<F, A, W, P, Q, L, D>
where
    F: Frame,
    W: Fn(*mut F, A),
    P: Body<F>,
    Q: Fn(*mut F),
    L: Fn(*mut F, usize, &mut Chain),
    D: Described,
{
    type Output = P::Output;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        // SAFETY: nothing is moved out of the pinned machine: its slots are used where they are.
        let this = unsafe { self.get_unchecked_mut() };
        let frame = &raw mut this.frame;
        // SAFETY: the tag is always initialised.
        let at = unsafe { F::get(frame) };
        if at >= D::STATES.len() - ENDS {
            return Self::ended(at);
        }
        let poison = Poison::<F, D>(frame, PhantomData);
        let result = this.body.poll(frame, cx);
        std::mem::forget(poison);
        // SAFETY: the tag is always initialised.
        if result.is_ready() && unsafe { F::get(frame) } != D::STATES.len() - ENDS + 1 {
            // It did not fail.
            // SAFETY: as above.
            unsafe { F::set(frame, D::STATES.len() - ENDS) };
        }
        result
    }
}

impl<F, A, W, P, Q, L, D> StateMachine for Machine<F, A, W, P, Q, L, D>
where
    F: Frame,
    W: Fn(*mut F, A),
    P: Body<F>,
    Q: Fn(*mut F),
    L: Fn(*mut F, usize, &mut Chain),
    D: Described,
{
    const STATES: &'static [State] = D::STATES;
    const NAME: &'static str = D::NAME;
    const LAYOUT: Layout = Layout::new::<Self>(F::SLOTS, D::SLOTS, D::STATES);
    type Arguments = A;

    fn state(&self) -> &'static State {
        // SAFETY: the tag is always initialised.
        &D::STATES[unsafe { F::get(&raw const self.frame) }]
    }

    fn reset(self: Pin<&mut Self>, arguments: A) {
        // SAFETY: nothing is moved out of the pinned machine: what it holds is dropped where it is.
        let this = unsafe { self.get_unchecked_mut() };
        let frame = &raw mut this.frame;
        // SAFETY: the tag is always initialised.
        let at = unsafe { F::get(frame) };
        let poison = Poison::<F, D>(frame, PhantomData);
        if at < D::STATES.len() - ENDS {
            (this.leave)(frame);
        }
        std::mem::forget(poison);
        // SAFETY: it is memory for a frame, whose slots hold nothing any more.
        unsafe { F::begin(frame) };
        (this.fill)(frame, arguments);
    }

    unsafe fn chain(this: *const Self, chain: &mut Chain) {
        // SAFETY: the caller's promise; no more is read than the tag.
        let frame = unsafe { &raw const (*this).frame };
        // SAFETY: as above.
        let at = unsafe { F::get(frame) };
        chain.push(D::NAME, &D::STATES[at]);
        // SAFETY: functions have no size, so there is nothing that others could write meanwhile.
        let look = unsafe { &(*this).look };
        look(frame.cast_mut(), at, chain);
    }
}

/// Poisons a machine whose poll function unwinds. Only then is it dropped.
struct Poison<F: Frame, D: Described>(*mut F, PhantomData<D>);

impl<F: Frame, D: Described> Drop for Poison<F, D> {
    #[cold]
    fn drop(&mut self) {
        // SAFETY: the frame is that of the machine that is polled.
        unsafe { F::set(self.0, D::STATES.len() - 1) };
    }
}

/// `Returned`, `Failed`, `Poisoned`.
const ENDS: usize = 3;

impl<F, A, W, P, Q, L, D> Drop for Machine<F, A, W, P, Q, L, D>
where
    F: Frame,
    W: Fn(*mut F, A),
    P: Body<F>,
    Q: Fn(*mut F),
    L: Fn(*mut F, usize, &mut Chain),
    D: Described,
{
    #[inline]
    fn drop(&mut self) {
        let frame = &raw mut self.frame;
        // An ended or poisoned machine holds nothing.
        // SAFETY: the tag is always initialised.
        if unsafe { F::get(frame) } < D::STATES.len() - ENDS {
            (self.leave)(frame);
        }
    }
}

impl<F, A, W, P, Q, L, D> fmt::Debug for Machine<F, A, W, P, Q, L, D>
where
    F: Frame,
    W: Fn(*mut F, A),
    P: Body<F>,
    Q: Fn(*mut F),
    L: Fn(*mut F, usize, &mut Chain),
    D: Described,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Machine").field("state", &self.state().name).finish_non_exhaustive()
    }
}

/// The original body, for the compiler to check: never run. The machine's type is inferred from the other branch.
#[inline(always)]
pub fn witness<T, N: Future<Output = T>, M>(_native: N) -> M {
    unreachable!("the witness of a machine is only for the compiler")
}

/// Enters the poll function: the state.
///
/// # Safety
/// `frame` is the frame of a machine.
#[inline(always)]
pub unsafe fn enter<F: Frame>(frame: *mut F) -> usize {
    // SAFETY: the caller's promise.
    unsafe { F::get(frame) }
}

/// The body is left through `?` or `return Err(..)`.
///
/// # Safety
/// `frame` is the frame of a machine with `last` awaits.
#[inline(always)]
pub unsafe fn fail<F: Frame>(frame: *mut F, last: usize) {
    // SAFETY: the caller's promise.
    unsafe { F::set(frame, last + 2) };
}

/// Leaves the poll function: the machine waits.
///
/// # Safety
/// `frame` is the frame of a machine.
#[inline(always)]
pub unsafe fn suspend<F: Frame, R>(frame: *mut F, state: usize, run: &Run) -> Poll<R> {
    // SAFETY: the caller's promise.
    unsafe { F::set(frame, state) };
    run.suspend();
    Poll::Pending
}

fn has_ended(poisoned: bool) -> ! {
    if poisoned {
        panic!("a state machine was polled after it had panicked")
    }
    panic!("a state machine was polled after it had returned")
}

/// Which arm of a `match` was chosen: one that is done, or one to go on with.
#[derive(Debug)]
pub enum Arm<T> {
    /// It does not await: its value.
    Done(T),
    /// Its number.
    Go(usize),
}
