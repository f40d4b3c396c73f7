//! What is in the slots in each state, as data: which are filled at first, which are dropped, and what is awaited.
//!
//! The record of a state is a list: its length, and of each slot that is full there, or may be, what is known of it (a byte), the length of
//! its path, the path, and where the byte says so, the number of its flag, counted from 1, and that of the first flag of its parts. The
//! list is in the order in which the slots are dropped, and the first record begins with the arguments, in their order. A path says which
//! part of the frame it is, which part of that, and so on: a byte each. Numbers are as LEB128 has them.

use super::frame::state;
use super::layout::{Content, Dropped, Piece, Slots};
use super::said::{ENDS, Numbers, Said};
use super::{Chain, Described, Flag, Frame};

/// Of a slot's byte: it is dropped. Other slots hold what has no destructor.
const DROPPED: u8 = 1;
/// It is what the machine awaits.
const AWAITED: u8 = 2;
/// It has flags.
const FLAGS: u8 = 4;

/// A slot that is full, or may be.
#[derive(Clone, Copy)]
struct Full {
    known: u8,
    /// How many bytes behind the beginning of the frame it is.
    offset: usize,
    content: Content,
    /// The number of its flag, counted from 1; 0 where it is full for certain.
    flag: usize,
    /// The number of the first flag of its parts.
    moved: usize,
}

/// The record of a state.
struct Record {
    numbers: Numbers,
    left: usize,
    slots: &'static Piece,
}

impl Record {
    const fn new(said: &Said, slots: &'static Piece, state: usize) -> Self {
        let mut numbers = said.record(state);
        let left = numbers.next();
        Self { numbers, left, slots }
    }

    const fn next(&mut self) -> Option<Full> {
        if self.left == 0 {
            return None;
        }
        self.left -= 1;
        let known = self.numbers.byte();
        let (mut offset, mut piece, mut steps) = (0, self.slots, self.numbers.next());
        while steps > 0 {
            let (behind, part) = piece.part(self.numbers.byte() as usize);
            (offset, piece, steps) = (offset + behind, part, steps - 1);
        }
        let Piece::Slot(content) = piece else { panic!("a path leads to a slot") };
        let (flag, moved) = if known & FLAGS == 0 { (0, 0) } else { (self.numbers.next(), self.numbers.next()) };
        Some(Full { known, offset, content: *content, flag, moved })
    }
}

/// The offsets of the arguments.
///
/// A slot without destructor is known by its type's name, and a type of one's own may be named as a primitive one is: so the compiler is
/// asked again.
pub(super) const fn arguments<D: Described, F: Frame, const COUNT: usize>() -> [usize; COUNT] {
    let mut record = Record::new(const { &D::SAID }, F::SLOTS, 0);
    let (mut offsets, mut index) = ([0; COUNT], 0);
    while index < COUNT {
        let Some(full) = record.next() else { panic!("every argument has a slot") };
        assert!(
            full.known & DROPPED != 0 || full.content.drop.is_none(),
            "an argument of this machine has a destructor, though its type has the name of a primitive type: give the type another name"
        );
        offsets[index] = full.offset;
        index += 1;
    }
    offsets
}

/// What is known of a machine, for whoever does not know its type: functions of each type would be compiled for each type.
#[derive(Debug)]
pub(crate) struct Framed {
    pub(crate) slots: Slots,
    /// How many bytes behind the beginning of the machine its frame is.
    pub(super) frame: usize,
    /// How many bytes behind the beginning of the frame the tag is, and whether it has two bytes.
    pub(super) tag: usize,
    pub(super) wide: bool,
    /// How many bytes behind the beginning of the frame the flags are.
    pub(super) flags: usize,
}

impl Framed {
    /// Of a machine whose frame is an `F`.
    pub(super) const fn new<F: Frame>(said: Said, frame: usize) -> Self {
        Self { slots: Slots::new(said, F::SLOTS), frame, tag: F::TAG, wide: F::WIDE, flags: F::FLAGS }
    }

    const fn record(&self, state: usize) -> Record {
        Record::new(&self.slots.said, self.slots.pieces, state)
    }

    /// Drops what the slots hold in the state `at`, in the order in which the poll function would.
    ///
    /// # Safety
    /// `frame` is that of such a machine, which is in that state; nothing of it is used afterwards.
    pub(super) unsafe fn leave(&self, frame: *mut (), at: usize) {
        // SAFETY: the flags are within the frame.
        let flags = unsafe { frame.byte_add(self.flags) }.cast();
        Leaving { frame, flags, record: self.record(at) }.run();
    }

    /// Reads the chain of the machine at this address.
    ///
    /// # Safety
    /// As for [`chain`](super::StateMachine::chain), of such a machine.
    pub(super) unsafe fn chain(&self, machine: *const (), chain: &mut Chain) {
        // SAFETY: the caller's promise: the frame is within the machine, and has a tag.
        let (frame, at) = unsafe {
            let frame = machine.byte_add(self.frame);
            (frame, state(frame.byte_add(self.tag).cast(), self.wide))
        };
        chain.stand(&self.slots.said, at);
        // Nothing is held at an end.
        if at + ENDS < self.slots.said.states() {
            // SAFETY: the caller's promise; the record says what is in the frame.
            unsafe { follow(frame, self.record(at), chain) };
        }
    }
}

struct Leaving {
    frame: *mut (),
    flags: *mut Flag,
    record: Record,
}

impl Leaving {
    fn run(&mut self) {
        while let Some(full) = self.record.next() {
            let Some(dropped) = full.content.drop.filter(|_| full.known & DROPPED != 0) else { continue };
            // SAFETY: the record says that there is a flag, and a waiting machine has written it.
            if full.flag == 0 || unsafe { self.flags.add(full.flag - 1).read() }.0 != 0 {
                // SAFETY: the slot is within the frame and holds a value, which is dropped for the last time; so are the parts' flags.
                unsafe {
                    let place = self.frame.byte_add(full.offset);
                    match dropped {
                        Dropped::Whole(drop) => drop(place),
                        Dropped::Parts(drop) => drop(place, self.flags.add(full.moved)),
                    }
                }
            }
        }
    }
}

impl Drop for Leaving {
    /// One destructor has panicked: the others run all the same.
    fn drop(&mut self) {
        self.run();
    }
}

/// Follows what is awaited.
///
/// # Safety
/// As for [`Framed::chain`], of which the record says what is in the frame.
unsafe fn follow(frame: *const (), mut record: Record, chain: &mut Chain) {
    while let Some(full) = record.next() {
        if full.known & AWAITED != 0
            && let Some(follow) = full.content.follow
        {
            // SAFETY: the caller's promise; the slot is within the frame, and holds what is awaited.
            return unsafe { follow.follow(frame.byte_add(full.offset), chain) };
        }
    }
}
