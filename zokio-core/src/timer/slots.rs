//! The slots of the wheel: where a node goes, and which slot comes next. Ticks only; no clock, no wakers.

use super::node::{NOWHERE, NodeRef};

/// Each level has 64 slots, so that one word says which of them are occupied.
const BITS: u32 = 6;
const SLOTS: usize = 1 << BITS;

/// Level 0 has slots of one tick, level 1 of 64 ticks, and so on; together they span 64^6 ticks: more than two years of
/// milliseconds. What lies further ahead waits in the last slot and is looked at again when that comes.
const LEVELS: usize = 6;

/// How many ticks ahead the slots reach at least.
const SPAN: u64 = ((SLOTS - 1) as u64) << (BITS * (LEVELS as u32 - 1));

/// The place of the nodes whose tick has come; the slots have the places before.
const DUE: u16 = (LEVELS * SLOTS) as u16;

/// The hierarchical timing wheel, "scheme 7" of Varghese and Lauck, *Hashed and Hierarchical Timing Wheels* (SOSP 1987):
/// inserting and removing take constant time, and a node moves down a level at most five times.
///
/// A node is in the slot of the highest digit, in base 64, in which its tick differs from the present one. It follows
/// that everything on a level comes before everything on the levels above, and that the slots of a level come in
/// order. The top level alone wraps around.
pub(super) struct Slots {
    /// The present tick. Nodes in slots lie ahead of it.
    now: u64,
    occupied: [u64; LEVELS],
    slots: Box<[Slot; LEVELS * SLOTS]>,
    due: List,
}

/// The nodes of one slot.
#[derive(Clone, Copy)]
struct Slot {
    nodes: List,
    /// Nothing of this slot needs to be looked at before this tick, though the slot may begin earlier: it spares the
    /// seat from waking up just to move nodes down a level.
    earliest: u64,
}

impl Slot {
    const EMPTY: Self = Self { nodes: List { first: None }, earliest: u64::MAX };
}

impl Slots {
    pub(super) fn new() -> Self {
        let slots = vec![Slot::EMPTY; LEVELS * SLOTS].into_boxed_slice();
        let slots = slots.try_into().unwrap_or_else(|_| unreachable!("it has that length"));
        Self { now: 0, occupied: [0; LEVELS], slots, due: List { first: None } }
    }

    /// The present tick.
    pub(super) const fn now(&self) -> u64 {
        self.now
    }

    /// Puts a node, which is in no list, where its tick belongs.
    pub(super) fn insert(&mut self, node: NodeRef) {
        let tick = node.tick.get();
        if tick <= self.now {
            node.place.set(DUE);
            self.due.push_back(node);
            return;
        }
        // What lies too far ahead goes into the last slot, the one before the present one, which comes around again.
        let tick = tick.min(self.now.saturating_add(SPAN));
        let (level, index) = self.position(tick);
        let place = level * SLOTS + index;
        self.occupied[level] |= 1 << index;
        let slot = &mut self.slots[place];
        slot.earliest = slot.earliest.min(tick);
        slot.nodes.push_back(node);
        node.place.set(place as u16);
    }

    /// Level and index of the slot for a tick that lies ahead, by [`SPAN`] at most.
    const fn position(&self, tick: u64) -> (usize, usize) {
        let highest = (u64::BITS - 1) - ((self.now ^ tick) | (SLOTS as u64 - 1)).leading_zeros();
        let level = if highest >= BITS * LEVELS as u32 { LEVELS - 1 } else { (highest / BITS) as usize };
        (level, (tick >> (BITS * level as u32)) as usize % SLOTS)
    }

    /// Takes a node out of the list that it is in, if any.
    pub(super) fn remove(&mut self, node: NodeRef) {
        match node.place.replace(NOWHERE) {
            NOWHERE => {}
            DUE => self.due.remove(node),
            place => {
                let place = usize::from(place);
                let slot = &mut self.slots[place];
                slot.nodes.remove(node);
                if slot.nodes.first.is_none() {
                    slot.earliest = u64::MAX;
                    self.occupied[place / SLOTS] &= !(1 << (place % SLOTS));
                }
            }
        }
    }

    /// The occupied slot that comes next, and its first tick.
    fn first(&self) -> Option<(usize, u64)> {
        let level = self.occupied.iter().position(|&occupied| occupied != 0)?;
        let shift = BITS * level as u32;
        let present = self.now >> shift;
        let ahead = self.occupied[level].rotate_right(present as u32 % SLOTS as u32).trailing_zeros();
        let next = present + u64::from(ahead);
        Some((level * SLOTS + next as usize % SLOTS, next << shift))
    }

    /// The tick at which there is something to do.
    pub(super) fn next_tick(&self) -> Option<u64> {
        if self.due.first.is_some() {
            return Some(self.now);
        }
        self.first().map(|(place, _)| self.slots[place].earliest)
    }

    /// Goes on to the tick `to`: nodes whose tick has come are due, in their order.
    pub(super) fn advance(&mut self, to: u64) {
        while let Some((place, start)) = self.first()
            && start <= to
        {
            self.now = start;
            self.occupied[place / SLOTS] &= !(1 << (place % SLOTS));
            let mut slot = std::mem::replace(&mut self.slots[place], Slot::EMPTY);
            while let Some(node) = slot.nodes.pop_front() {
                self.insert(node);
            }
        }
        self.now = self.now.max(to);
    }

    /// Takes the node that was due first.
    pub(super) fn pop_due(&mut self) -> Option<NodeRef> {
        let node = self.due.pop_front()?;
        node.place.set(NOWHERE);
        Some(node)
    }

    /// Takes any node, until none is left.
    pub(super) fn pop(&mut self) -> Option<NodeRef> {
        let node = self.due.first.or_else(|| self.first().and_then(|(place, _)| self.slots[place].nodes.first))?;
        self.remove(node);
        Some(node)
    }
}

/// A circular list, linked through the nodes.
#[derive(Clone, Copy)]
struct List {
    first: Option<NodeRef>,
}

impl List {
    fn push_back(&mut self, node: NodeRef) {
        let first = self.first.unwrap_or(node);
        let last = first.previous.get().filter(|_| self.first.is_some()).unwrap_or(node);
        node.previous.set(Some(last));
        node.next.set(Some(first));
        last.next.set(Some(node));
        first.previous.set(Some(node));
        self.first = Some(first);
    }

    fn remove(&mut self, node: NodeRef) {
        let (Some(previous), Some(next)) = (node.previous.take(), node.next.take()) else {
            unreachable!("a node in a list has neighbours, itself if it is alone")
        };
        if next == node {
            self.first = None;
            return;
        }
        previous.next.set(Some(next));
        next.previous.set(Some(previous));
        if self.first == Some(node) {
            self.first = Some(next);
        }
    }

    fn pop_front(&mut self) -> Option<NodeRef> {
        let node = self.first?;
        self.remove(node);
        Some(node)
    }
}
