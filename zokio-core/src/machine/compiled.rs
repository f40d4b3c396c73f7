//! The machine that a body is compiled to.

use std::fmt;
use std::future::Future;
use std::marker::{PhantomData, PhantomPinned};
use std::pin::Pin;
use std::task::{Context, Poll};

use super::described::ENDS;
use super::{
    Arguments, Body, Chain, Described, Frame, IsStep, Layout, Shape, Slot, State, StateMachine, Tables, asked, place,
    record,
};

/// A machine: its frame, and the function that polls it, which has no size.
///
/// It is valid whatever its bytes are: see [`asked`].
pub struct Machine<P: Body<D>, D: Described> {
    /// Its tag and its flags are always written. As a slot, so that it is filled where it stays.
    frame: Slot<P::Frame>,
    body: P,
    described: PhantomData<fn() -> D>,
    /// Slots borrow each other.
    _pinned: PhantomPinned,
}

// SAFETY: besides slots it has a tag and flags. Said here of the slots' types, rather than left to be found within: how deep that goes is
// counted, and futures stand within futures.
unsafe impl<P: Body<D, Types: Send>, D: Described> Send for Machine<P, D> {}
// SAFETY: as above.
unsafe impl<P: Body<D, Types: Sync>, D: Described> Sync for Machine<P, D> {}

/// Makes a machine, which starts with these arguments.
///
/// # Safety
/// `body` reads no slot that holds nothing, and leaves the frame, whenever it returns, in the state that its tag says: an end where it returns
/// a result.
#[inline(always)]
pub unsafe fn machine<T, P, R, S, D>(_described: D, arguments: D::Arguments, body: P) -> Machine<P, D>
where
    D: Shape<T>,
    P: Fn(*mut (), usize, &mut Context<'_>) -> S + Copy,
    S: IsStep<T, R>,
    P: Body<D, Types = T, Frame = D::Frame, Arguments = D::Arguments>,
{
    const { assert!(size_of::<P>() == 0, "the function of a machine captures nothing") };
    let mut machine = Machine { frame: Slot::new(), body, described: PhantomData, _pinned: PhantomPinned };
    let frame: *mut D::Frame = place(&raw mut machine.frame);
    // SAFETY: it is memory for a frame, whose slots hold nothing; of what is no slot, all is written.
    unsafe {
        D::Frame::begin(frame);
        arguments.fill::<D, D::Frame>(frame);
    }
    machine
}

impl<P: Body<D>, D: Described> Machine<P, D> {
    /// The first state in which it has ended. Constants, so that debug builds do not count each time.
    const RETURNED: usize = D::Counts::COUNT - ENDS;
    /// The state in which it has panicked.
    const POISONED: usize = Self::RETURNED + 2;

    /// [`chain`](StateMachine::chain), of a machine whose type is known to somebody else.
    unsafe fn read(this: *const (), chain: &mut Chain) {
        // SAFETY: the caller's promise.
        unsafe { <Self as StateMachine>::chain(this.cast(), chain) };
    }

    /// One of which nothing is left is dropped: perhaps to be [asked](asked).
    #[cold]
    #[inline(never)]
    fn answer() {
        asked::answer(asked::Known { read: Self::read, layout: Self::LAYOUT });
    }
}

impl<P: Body<D>, D: Described> Future for Machine<P, D> {
    type Output = P::Output;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        // SAFETY: nothing is moved out of the pinned machine: its slots are used where they are.
        let this = unsafe { self.get_unchecked_mut() };
        let frame = place(&raw mut this.frame);
        // SAFETY: the tag is always initialised.
        let at = unsafe { Frame::get(frame) };
        if at >= Self::RETURNED {
            has_ended(at >= Self::POISONED);
        }
        // Until the body says where it stands: if it does not come to that, it has panicked.
        // SAFETY: as above.
        unsafe { Frame::set(frame, Self::POISONED) };
        this.body.poll(frame, at, cx)
    }
}

impl<P: Body<D>, D: Described> StateMachine for Machine<P, D> {
    const STATES: &'static [State] = D::STATES;
    const NAME: &'static str = D::NAME;
    const LAYOUT: Layout = Layout::new::<Self>(<P::Frame as Frame>::SLOTS, D::SLOTS, D::STATES);
    type Arguments = P::Arguments;

    fn state(&self) -> &'static State {
        // SAFETY: the tag is always initialised.
        &D::STATES[unsafe { Frame::get((&raw const self.frame).cast::<P::Frame>()) }]
    }

    fn reset(self: Pin<&mut Self>, arguments: P::Arguments) {
        // SAFETY: nothing is moved out of the pinned machine: what it holds is dropped where it is.
        let this = unsafe { self.get_unchecked_mut() };
        let frame = place(&raw mut this.frame);
        // SAFETY: the tag is always initialised.
        let at = unsafe { Frame::get(frame) };
        // Until it stands at the beginning again.
        // SAFETY: as above.
        unsafe { Frame::set(frame, Self::POISONED) };
        if at < Self::RETURNED {
            // SAFETY: this was the state; what is left is begun anew.
            unsafe { record::leave::<D, P::Frame>(frame, at) };
        }
        // SAFETY: it is memory for a frame, whose slots hold nothing any more.
        unsafe {
            Frame::begin(frame);
            arguments.fill::<D, P::Frame>(frame);
        }
    }

    unsafe fn chain(this: *const Self, chain: &mut Chain) {
        // SAFETY: the caller's promise; no more is read than the tag.
        let frame = unsafe { &raw const (*this).frame }.cast::<P::Frame>();
        // SAFETY: as above.
        let at = unsafe { Frame::get(frame) };
        chain.push(D::NAME, &D::STATES[at]);
        // SAFETY: the caller's promise.
        unsafe { record::look::<D, P::Frame>(frame, at, chain) };
    }
}

impl<P: Body<D>, D: Described> Drop for Machine<P, D> {
    #[inline]
    fn drop(&mut self) {
        let frame = place(&raw mut self.frame);
        // SAFETY: the tag is always initialised.
        let at = unsafe { Frame::get(frame) };
        // An ended or poisoned machine holds nothing.
        if at < Self::RETURNED {
            // SAFETY: this is the state, and the last thing that is done with the frame.
            unsafe { record::leave::<D, P::Frame>(frame, at) };
        } else if at >= Self::POISONED {
            Self::answer();
        }
    }
}

impl<P: Body<D>, D: Described> fmt::Debug for Machine<P, D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Machine").field("state", &self.state().name).finish_non_exhaustive()
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
