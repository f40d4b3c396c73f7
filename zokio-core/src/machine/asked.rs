//! Is this future a machine, and if so, how is its chain read?
//!
//! `spawn` takes any future, and stable Rust has no specialisation. Two steps do instead, both made when somebody wants to know
//! and never before:
//!
//! 1. *Is it one?* [`Same`] is `Eq` for machines alone, and `==` says that no two of them are equal. Two `Rc`s of the same
//!    allocation are equal where the type is `Eq`, and compare their values otherwise, as the documentation of `Rc` says. (Should a
//!    std not look whether it is `Eq`, no machine is found. That none is found where none is, does not depend on it: a comparison of
//!    the values says no.)
//! 2. *Which one?* The machine's destructor knows. A machine whose tag is beyond all states drops nothing, but asks whether
//!    it is asked, and answers with what is [known](Known) of it. A frame of `0xFF` bytes is such a machine, whatever its type:
//!    its tag is beyond all states, and what else it has is valid whatever its bytes are (flags are numbers, slots are
//!    unions, functions have no size).
//!
//! So machines carry no function for it, tasks no field, and a poll makes no look. Nor need it be known that the type is a future: were that
//! a condition of what a machine does with its slots, it would have to be shown of every layer of futures within futures, again and
//! again.

use std::cell::Cell;
use std::future::Future;
use std::marker::PhantomData;
use std::rc::Rc;

use super::{Body, Chain, Described, Layout, Machine, Native, by_hand};

/// What a machine answers.
#[derive(Clone, Copy)]
pub(crate) struct Known {
    /// Reads the chain of such a machine.
    ///
    /// # Safety
    /// As for [`chain`](super::StateMachine::chain), with the address of a machine of this type.
    pub(super) read: unsafe fn(*const (), &mut Chain),
    /// How it lies in memory.
    pub(crate) layout: Layout,
}

/// Whether the type is one of the machines of this module.
struct Same<T>(PhantomData<fn() -> T>);

impl<T> PartialEq for Same<T> {
    fn eq(&self, _: &Self) -> bool {
        false
    }
}

impl<P: Body<D>, D: Described> Eq for Same<Machine<P, D>> {}

impl<F: Future, A, W: Fn(A) -> F, D: Described> Eq for Same<Native<F, A, W, D>> {}

impl<S: by_hand::States> Eq for Same<by_hand::Machine<S>> {}

thread_local! {
    /// The question that this thread asks, if it asks.
    static QUESTION: Cell<Question> = const { Cell::new(Question::None) };
}

#[derive(Clone, Copy)]
enum Question {
    None,
    Asked,
    Answered(Known),
}

/// What is known of a `T`, if that is a machine.
pub(crate) fn ask<T>() -> Option<Known> {
    let one = Rc::new(Same::<T>(PhantomData));
    #[expect(clippy::eq_op, reason = "whether it is equal to itself is the question")]
    if one != one {
        return None;
    }
    /// # Safety
    /// There is a value, for the last time.
    unsafe fn drop_value<T>(ended: *mut u8) {
        // SAFETY: the caller's promise.
        unsafe { ended.cast::<T>().drop_in_place() };
    }
    // SAFETY: it is a machine, as was just shown, and valid whatever its bytes are, as is argued at the head of this module. What an ended
    // machine holds is nothing, so that nothing is dropped.
    unsafe { ask_one(size_of::<T>(), align_of::<T>(), drop_value::<T>) }
}

/// Asks a machine of such a size and alignment, which is dropped so. One function for all machines.
///
/// # Safety
/// Any bytes are one.
unsafe fn ask_one(size: usize, align: usize, drop: unsafe fn(*mut u8)) -> Option<Known> {
    // Room for one, wherever it has to begin.
    let mut bytes = vec![0xFF_u8; size + align];
    let start = bytes.as_mut_ptr();
    let ended = start.wrapping_add(start.align_offset(align));
    QUESTION.set(Question::Asked);
    // SAFETY: the caller's promise; the memory is aligned, and there is enough of it.
    unsafe { drop(ended) };
    match QUESTION.replace(Question::None) {
        Question::Answered(known) => Some(known),
        Question::None | Question::Asked => None,
    }
}

/// For an ended machine that is dropped: whether that was the question. If so, this is the answer.
pub(super) fn answer(known: Known) -> bool {
    let asked = matches!(QUESTION.get(), Question::Asked);
    if asked {
        QUESTION.set(Question::Answered(known));
    }
    asked
}
