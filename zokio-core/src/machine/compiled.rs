//! The machine that a body is compiled to.

use std::cell::UnsafeCell;
use std::fmt;
use std::future::Future;
use std::marker::{PhantomData, PhantomPinned};
use std::mem::{self, offset_of, transmute};
use std::panic::RefUnwindSafe;
use std::pin::Pin;
use std::ptr;
use std::task::{Context, Poll};

use super::frame::{begin, set_state, state};
use super::record::Framed;
use super::said::ENDS;
use super::{Arguments, Body, Chain, Described, Frame, Layout, Said, Slot, State, StateMachine, Step, Written, asked};

/// A machine: its frame, and the function that polls it, which has no size.
///
/// It is valid whatever its bytes are: see [`asked`].
pub struct Machine<P: Body<D>, D> {
    /// Slots borrow each other. In front of them, as the next one: that it is not `Unpin`, and looks to the compiler as if it might change
    /// behind a reference, is found at once then, instead of within, for every layer of futures.
    _pinned: PhantomPinned,
    _changes: UnsafeCell<()>,
    /// Its tag and its flags are always written. Not in a slot of its own: each type around another is one that the compiler goes through for
    /// every layer of futures, and it does not go down for ever.
    frame: P::Frame,
    body: P,
    described: PhantomData<fn() -> D>,
}

// SAFETY: besides slots it has a tag and flags. Said here of the slots' types, rather than left to be found within: how deep that goes is
// counted, and futures stand within futures.
unsafe impl<P: Body<D, Slots: Send>, D> Send for Machine<P, D> {}
// SAFETY: as above.
unsafe impl<P: Body<D, Slots: Sync>, D> Sync for Machine<P, D> {}

impl<P: Body<D, Slots: RefUnwindSafe>, D> RefUnwindSafe for Machine<P, D> {}

/// What a poll function that captures something has not been told. An `async_block!` takes what is called by a name for a function, and what begins with a
/// capital letter for a constant.
pub(super) const CAPTURES: &str = "this block uses a local that does not look like one (a closure that is called, or a name that begins with a capital letter): \
     write what it captures, `async_block!([name, other] { .. })`";

/// Makes a machine, which starts with these arguments.
///
/// # Safety
/// `body` captures nothing, not even what has no size; it reads no slot that holds nothing, and leaves the frame, whenever it returns, in the
/// state that its tag says: an end where it returns a result.
#[inline(always)]
pub unsafe fn machine<P: Body<D>, D>(_described: D, arguments: P::Arguments, _body: P) -> Machine<P, D> {
    const { assert!(size_of::<P>() == 0, "{}", CAPTURES) };
    // Filled where it stays. Of the body nothing is written, since it has no size. Not a `MaybeUninit`, whose functions would be compiled for
    // each machine.
    let mut machine = Slot::<Machine<P, D>> { empty: () };
    let address = &raw mut machine as *mut Machine<P, D>;
    // SAFETY: it is memory for a machine, of whose frame the slots hold nothing; of what is no slot, all is written. The body captures
    // nothing: to have it is all that it takes to make another.
    unsafe {
        let frame = &raw mut (*address).frame;
        begin(frame);
        arguments.fill::<Machine<P, D>, P::Frame>(frame);
        ptr::read(address)
    }
}

impl<P: Body<D>, D> Described for Machine<P, D> {
    const SAID: Said = P::SAID;
}

impl<P: Body<D>, D> Machine<P, D> {
    /// The first state in which it has ended. Constants, so that debug builds do not count each time.
    const RETURNED: usize = P::SAID.states() - ENDS;
    /// The state in which it has panicked.
    const POISONED: usize = Self::RETURNED + 2;

    /// What is known of it, for whoever does not know its type.
    const FRAMED: Framed = Framed::new::<P::Frame>(P::SAID, offset_of!(Self, frame));

    /// The state in which it is.
    fn at(&self) -> &'static State {
        let frame = (&raw const self.frame).cast_mut();
        // SAFETY: it is a frame, whose tag is always initialised, and only read.
        &<Self as Described>::STATES[unsafe { state(P::Frame::tag(frame), P::Frame::WIDE) }]
    }
}

impl<P: Body<D>, D> Future for Machine<P, D>
where
    P: Fn(*mut (), usize, &mut Context<'_>) -> Step<P::Types, <P as Body<D>>::Output>,
{
    type Output = <P as Body<D>>::Output;

    // Into whoever polls: in debug builds a call of its own would take as much as what it does.
    #[inline(always)]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        // SAFETY: nothing is moved out of the pinned machine: its slots are used where they are. Not `get_unchecked_mut`, which is a call in
        // debug builds.
        let this = unsafe { transmute::<Pin<&mut Self>, &mut Self>(self) };
        let frame = &raw mut this.frame;
        // SAFETY: it is a frame.
        let tag = unsafe { P::Frame::tag(frame) };
        // If the body does not say where it stands, it has panicked. To say so before it runs is an instruction of each poll; to say so where it
        // unwinds is nothing but calls of functions where those are not compiled away: so in debug builds it is said before.
        if cfg!(debug_assertions) && !P::Frame::WIDE {
            // SAFETY: the tag is always initialised.
            let tag = unsafe { Written { place: tag }.value };
            let at = *tag as usize;
            if at >= Self::RETURNED {
                has_ended(at >= Self::POISONED);
            }
            *tag = Self::POISONED as u8;
            return (this.body)(frame as *mut (), at, cx).result;
        }
        // SAFETY: as above.
        let at = unsafe { state(tag, P::Frame::WIDE) };
        if at >= Self::RETURNED {
            has_ended(at >= Self::POISONED);
        }
        let unwound = Unwound { tag, wide: P::Frame::WIDE, poisoned: Self::POISONED };
        let step = (this.body)(frame as *mut (), at, cx);
        mem::forget(unwound);
        step.result
    }
}

impl<P: Body<D>, D> StateMachine for Machine<P, D>
where
    P: Fn(*mut (), usize, &mut Context<'_>) -> Step<P::Types, <P as Body<D>>::Output>,
{
    const STATES: &'static [State] = <Self as Described>::STATES;
    const NAME: &'static str = P::SAID.name;
    const LAYOUT: Layout = Layout::new::<Self>(Self::FRAMED.slots);
    type Arguments = P::Arguments;

    fn state(&self) -> &'static State {
        self.at()
    }

    fn reset(self: Pin<&mut Self>, arguments: P::Arguments) {
        // SAFETY: nothing is moved out of the pinned machine: what it holds is dropped where it is.
        let this = unsafe { self.get_unchecked_mut() };
        let frame = &raw mut this.frame;
        // SAFETY: it is a frame.
        let tag = unsafe { P::Frame::tag(frame) };
        // SAFETY: the tag is always initialised.
        let at = unsafe { state(tag, P::Frame::WIDE) };
        // Until it stands at the beginning again.
        // SAFETY: as above.
        unsafe { set_state(tag, P::Frame::WIDE, Self::POISONED) };
        if at < Self::RETURNED {
            // SAFETY: this was the state; what is left is begun anew.
            unsafe { const { &Self::FRAMED }.leave(frame as *mut (), at) };
        }
        // SAFETY: it is memory for a frame, whose slots hold nothing any more.
        unsafe {
            begin(frame);
            arguments.fill::<Self, P::Frame>(frame);
        }
    }

    unsafe fn chain(this: *const Self, chain: &mut Chain) {
        // SAFETY: the caller's promise.
        unsafe { const { &Self::FRAMED }.chain(this.cast(), chain) };
    }
}

impl<P: Body<D>, D> Drop for Machine<P, D> {
    #[inline]
    fn drop(&mut self) {
        let frame = &raw mut self.frame;
        // SAFETY: it is a frame, whose tag is always initialised.
        let at = unsafe { state(P::Frame::tag(frame), P::Frame::WIDE) };
        // An ended or poisoned machine holds nothing.
        if at < Self::RETURNED {
            // SAFETY: this is the state, and the last thing that is done with the frame.
            unsafe { const { &Self::FRAMED }.leave(frame as *mut (), at) };
        } else if at >= Self::POISONED {
            // Perhaps it is one that is asked.
            asked::answer(const { &asked::Known::Framed(Self::FRAMED) });
        }
    }
}

impl<P: Body<D>, D> fmt::Debug for Machine<P, D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Machine").field("state", &self.at().name).finish_non_exhaustive()
    }
}

/// A body that is left by a panic.
struct Unwound {
    tag: *mut u8,
    wide: bool,
    poisoned: usize,
}

impl Drop for Unwound {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: it is the tag of the machine that is polled.
        unsafe { set_state(self.tag, self.wide, self.poisoned) };
    }
}

#[cold]
#[inline(never)]
pub(crate) fn has_ended(poisoned: bool) -> ! {
    if poisoned {
        panic!("a state machine was polled after it had panicked")
    }
    panic!("a state machine was polled after it had returned")
}
