//! What a machine's memory is made of, as data.

use std::fmt;
use std::mem::{needs_drop, transmute};
use std::ptr::drop_in_place;

use super::{Described, Flag, Onward, Said};

/// A piece of a frame: its shape is that of the frame's type, its sizes are the compiler's.
#[derive(Debug)]
pub enum Piece {
    /// One value.
    Slot(Content),
    /// All at the same time, each so many bytes behind the beginning.
    Beside(&'static [(usize, &'static Self)]),
    /// One of them.
    OneOf(&'static [&'static Self]),
}

/// What a slot holds, for whoever does not know its type.
#[derive(Debug, Clone, Copy)]
pub struct Content {
    /// Its size in bytes.
    pub(super) size: usize,
    /// Drops the value, if that does anything.
    pub(super) drop: Option<Dropped>,
    /// How a chain goes on there, if it is a future that is awaited.
    pub(super) follow: Option<Onward>,
}

/// How the value at an address is dropped.
#[derive(Debug, Clone, Copy)]
pub(super) enum Dropped {
    /// All of it.
    Whole(unsafe fn(*mut ())),
    /// What is left of it: the flags of its parts say which are gone.
    Parts(unsafe fn(*mut (), *mut Flag)),
}

impl Dropped {
    /// All of a `T`.
    pub(super) const fn whole<T>() -> Option<Self> {
        if needs_drop::<T>() { Some(Self::Whole(erased::<T>())) } else { None }
    }
}

/// What drops a `T`, for whoever does not know the type. Not a function around it: there would be one for each type.
pub(super) const fn erased<T>() -> unsafe fn(*mut ()) {
    // SAFETY: pointers to types that have a size are passed alike.
    unsafe { transmute::<unsafe fn(*mut T), unsafe fn(*mut ())>(drop_in_place::<T>) }
}

impl Piece {
    /// The size of the slot of this number, in the order of the type; or how many there are, if it is none of these.
    const fn find(&self, wanted: usize) -> Result<usize, usize> {
        let (pieces, mut before, mut index) = match self {
            Self::Slot(content) if wanted == 0 => return Ok(content.size),
            Self::Slot(_) => return Err(1),
            Self::Beside(pieces) => (pieces.len(), 0, 0),
            Self::OneOf(pieces) => (pieces.len(), 0, 0),
        };
        while index < pieces {
            match self.part(index).1.find(wanted - before) {
                Ok(size) => return Ok(size),
                Err(count) => before += count,
            }
            index += 1;
        }
        Err(before)
    }

    /// A part by its number, and how many bytes behind the beginning it is.
    ///
    /// # Panics
    /// When there is none.
    pub(super) const fn part(&self, index: usize) -> (usize, &'static Self) {
        match self {
            Self::Slot(_) => panic!("a slot has no parts"),
            Self::Beside(pieces) => pieces[index],
            // All begin where it begins.
            Self::OneOf(pieces) => (0, pieces[index]),
        }
    }
}

/// The slots of a machine, as what is said of them is read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Slots {
    pub(super) said: Said,
    pub(super) pieces: &'static Piece,
}

impl Slots {
    /// Of a machine of which nothing is known.
    pub(super) const NONE: Self = Self::new(Said::NOTHING, &Piece::Beside(&[]));

    pub(super) const fn new(said: Said, pieces: &'static Piece) -> Self {
        Self { said, pieces }
    }

    /// The name of the slot of this number; of a future that is awaited, the awaited expression.
    pub(super) const fn name(&self, index: usize) -> &'static str {
        match self.said.slot(index) {
            (name, Some(state)) if name.is_empty() => self.said.state(state).awaited,
            (name, _) => name,
        }
    }

    pub(super) const fn size(&self, index: usize) -> usize {
        match self.pieces.find(index) {
            Ok(size) => size,
            Err(_) => panic!("a frame has a slot for every name"),
        }
    }

    /// The numbers of the largest slots, the largest first.
    pub(super) const fn largest<const COUNT: usize>(&self) -> [Option<usize>; COUNT] {
        let mut largest = [None; COUNT];
        let mut rank = 0;
        while rank < COUNT {
            let mut index = 0;
            while index < self.said.reader().slots {
                let size = self.size(index);
                let better = match largest[rank] {
                    Some(best) => size > self.size(best),
                    None => size > 0,
                };
                if better && !contains(&largest, rank, index) {
                    largest[rank] = Some(index);
                }
                index += 1;
            }
            rank += 1;
        }
        largest
    }
}

/// How a machine lies in memory: its size, and its slots.
///
/// A slot is a value that lives across an await: a local, an argument, a temporary, or a future that is awaited. Slots that are never
/// full at the same time share memory, so their sizes add up to more than the machine's.
///
/// ```
/// # mod zokio { pub use zokio_core::machine::StateMachine; }
/// use zokio::StateMachine;
///
/// fn print_layout<M: StateMachine>(_: &M) {
///     println!("{} bytes", M::LAYOUT.size());
///     for slot in M::LAYOUT.slots() {
///         println!("  {}: {} bytes", slot.name, slot.size);
///     }
///     for (index, state) in M::STATES.iter().enumerate() {
///         println!("  {} holds {} bytes", state.name, M::LAYOUT.held(index));
///     }
/// }
/// ```
#[derive(Clone, Copy)]
pub struct Layout {
    size: usize,
    align: usize,
    slots: Slots,
    /// Of each slot, the states in which it is full, or may be.
    full: &'static [&'static [u16]],
}

/// A slot of a machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SlotLayout {
    /// The local's name; of a future that is awaited, the awaited expression.
    pub name: &'static str,
    /// Its size in bytes.
    pub size: usize,
    /// In which states it is full, or may be: indices of [`STATES`](super::StateMachine::STATES).
    pub states: &'static [u16],
}

impl Layout {
    /// Of a machine of the type `M`.
    #[must_use]
    pub(super) const fn new<M: Described>(slots: Slots) -> Self {
        Self { size: size_of::<M>(), align: align_of::<M>(), slots, full: M::FULL }
    }

    /// Of a future of the type `M`, of which no more is known.
    #[must_use]
    pub const fn opaque<M>() -> Self {
        Self { size: size_of::<M>(), align: align_of::<M>(), slots: Slots::NONE, full: &[] }
    }

    /// The size of the whole machine in bytes.
    #[must_use]
    pub const fn size(&self) -> usize {
        self.size
    }

    /// Its alignment in bytes.
    #[must_use]
    pub const fn align(&self) -> usize {
        self.align
    }

    /// How many slots there are. None are known of `machine = rustc`.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.full.len()
    }

    /// Whether there are no slots.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.full.is_empty()
    }

    /// The slot of this number, below [`len`](Self::len).
    ///
    /// # Panics
    /// When there is no such slot.
    #[must_use]
    pub const fn slot(&self, index: usize) -> SlotLayout {
        SlotLayout { name: self.slots.name(index), size: self.slots.size(index), states: self.full[index] }
    }

    /// What the machine holds.
    pub(super) const fn held_slots(&self) -> &Slots {
        &self.slots
    }

    /// All slots.
    pub fn slots(&self) -> impl ExactSizeIterator<Item = SlotLayout> + use<> {
        let layout = *self;
        (0..layout.len()).map(move |index| layout.slot(index))
    }

    /// How many bytes are in use in a state, without the tag and what alignment costs: an index of
    /// [`STATES`](super::StateMachine::STATES).
    #[must_use]
    pub fn held(&self, state: usize) -> usize {
        let held = self.slots().filter(|slot| slot.states.iter().any(|held| usize::from(*held) == state));
        held.map(|slot| slot.size).sum()
    }
}

/// Whether the slot is among the first `rank`.
const fn contains(largest: &[Option<usize>], rank: usize, slot: usize) -> bool {
    let mut before = 0;
    while before < rank {
        if let Some(known) = largest[before]
            && known == slot
        {
            return true;
        }
        before += 1;
    }
    false
}

impl fmt::Debug for Layout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let slots: Vec<SlotLayout> = self.slots().collect();
        f.debug_struct("Layout").field("size", &self.size).field("align", &self.align).field("slots", &slots).finish()
    }
}
