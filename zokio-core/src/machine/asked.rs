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
//!    its tag is beyond all states, or the last of 256, `Poisoned`, and what else it has is valid whatever its bytes are (flags are
//!    numbers, slots are unions, functions have no size).
//!
//! So machines carry no function for it, tasks no field, and a poll makes no look. Nor need it be known that the type is a future: were that
//! a condition of what a machine does with its slots, it would have to be shown of every layer of futures within futures, again and
//! again.

use std::cell::Cell;
use std::future::Future;
use std::marker::PhantomData;
use std::mem::transmute;
use std::ptr;
use std::rc::Rc;

use super::layout::{Slots, erased};
use super::record::Framed;
use super::{Body, Chain, Described, Machine, Native, by_hand};

/// What a machine answers.
#[derive(Debug)]
pub(crate) enum Known {
    /// What is in its frame.
    Framed(Framed),
    /// What reads the chain of such a machine, given the address of one, as [`chain`](super::StateMachine::chain).
    Own(unsafe fn(*const (), &mut Chain)),
}

impl Known {
    /// What it holds, as far as it is known. Not its layout, tables of which the compiler would make for every machine.
    pub(crate) const fn slots(&self) -> Slots {
        match self {
            Self::Framed(framed) => framed.slots,
            Self::Own(_) => Slots::NONE,
        }
    }

    /// Reads the chain of such a machine.
    ///
    /// # Safety
    /// As for [`chain`](super::StateMachine::chain), with the address of a machine of this type.
    pub(super) unsafe fn read(&self, machine: *const (), chain: &mut Chain) {
        match self {
            // SAFETY: the caller's promise.
            Self::Framed(framed) => unsafe { framed.chain(machine, chain) },
            // SAFETY: the caller's promise.
            Self::Own(read) => unsafe { read(machine, chain) },
        }
    }
}

/// Whether the type is one of the machines of this module.
struct Same<T>(PhantomData<fn() -> T>);

impl<T> PartialEq for Same<T> {
    fn eq(&self, _: &Self) -> bool {
        false
    }
}

impl<P: Body<D>, D> Eq for Same<Machine<P, D>> {}

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
    Answered(&'static Known),
}

/// A type that may be a machine, as data: so that what asks it is one function for all types.
#[derive(Debug, Clone, Copy)]
pub struct Type {
    /// Whether it is.
    is: IsEqual,
    size: usize,
    align: usize,
    drop: unsafe fn(*mut ()),
}

impl Type {
    /// A `T`.
    pub(crate) const fn of<T>() -> Self {
        Self { is: is_equal::<Same<T>>(), size: size_of::<T>(), align: align_of::<T>(), drop: erased::<T>() }
    }

    /// What is known of it, if it is a machine.
    pub(crate) fn ask(&self) -> Option<&'static Known> {
        if !is_eq(self.is, &Rc::new(())) {
            return None;
        }
        // Room for one, wherever it has to begin.
        let mut bytes = vec![0xFF_u8; self.size + self.align];
        let start = bytes.as_mut_ptr();
        let ended = start.wrapping_add(start.align_offset(self.align));
        QUESTION.set(Question::Asked);
        // SAFETY: it is a machine, as was just shown, and valid whatever its bytes are, as is argued at the head of this module; what an
        // ended one holds is nothing, so that nothing is dropped. The memory is aligned, and there is enough of it.
        unsafe { (self.drop)(ended.cast()) };
        match QUESTION.replace(Question::None) {
            Question::Answered(known) => Some(known),
            Question::None | Question::Asked => None,
        }
    }
}

/// `==` of two `Rc`s of one type, given their addresses.
pub(super) type IsEqual = unsafe fn(*const (), *const ()) -> bool;

/// That of `Rc<S>`. What std has, and no function around it, of which there would be one for each type.
pub(super) const fn is_equal<S: PartialEq>() -> IsEqual {
    const {
        assert!(size_of::<S>() == 0 && align_of::<S>() == 1, "it is laid out as a `()` is");
        assert!(size_of::<Rc<S>>() == size_of::<*const ()>(), "an `Rc` is a pointer");
    }
    // SAFETY: a reference to what has a size is passed as a pointer is; that they are valid is the promise of who calls.
    unsafe { transmute::<for<'a> fn(&'a Rc<S>, &'a Rc<S>) -> bool, IsEqual>(<Rc<S> as PartialEq>::eq) }
}

/// Whether a type is `Eq` whose `==`, which is given, says that no two are equal.
#[inline(always)]
pub(super) fn is_eq(is_equal: IsEqual, unit: &Rc<()>) -> bool {
    let unit = ptr::from_ref(unit).cast();
    // SAFETY: the same allocation as an `Rc` of another type, of the same size and alignment, as `Rc::from_raw` allows: one pointer to it and nothing
    // else, as the sizes say; it is not dropped.
    unsafe { is_equal(unit, unit) }
}

/// For an ended machine that is dropped: whether that was the question. If so, this is the answer.
#[cold]
#[inline(never)]
pub(super) fn answer(known: &'static Known) -> bool {
    let asked = matches!(QUESTION.get(), Question::Asked);
    if asked {
        QUESTION.set(Question::Answered(known));
    }
    asked
}
