//! What a completion is of, in the 64 bits that the kernel carries for it.

use crate::driver::Direction;

/// An address that is a multiple of 8, and in its low bits what is there; or one of two small numbers that are no
/// addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct UserData(u64);

const OP: u64 = 0;
const READ: u64 = 1;
const WRITE: u64 = 2;
const KIND: u64 = 7;

impl UserData {
    /// The bell has rung.
    pub(super) const BELL: Self = Self(KIND);
    /// Nobody wants to know.
    pub(super) const IGNORED: Self = Self(KIND - 1);

    /// An operation in flight, at `address`.
    pub(super) const fn op(address: usize) -> Self {
        Self(address as u64 | OP)
    }

    /// A poll of one direction of the readiness at `address`.
    pub(super) const fn poll(address: usize, direction: Direction) -> Self {
        let kind = match direction {
            Direction::Read => READ,
            Direction::Write => WRITE,
        };
        Self(address as u64 | kind)
    }

    /// The direction of a poll; `None` for operations.
    pub(super) const fn side(self) -> Option<Direction> {
        match self.0 & KIND {
            READ => Some(Direction::Read),
            WRITE => Some(Direction::Write),
            _ => None,
        }
    }

    pub(super) const fn address(self) -> usize {
        (self.0 & !KIND) as usize
    }

    pub(super) const fn to_bits(self) -> u64 {
        self.0
    }

    pub(super) const fn from_bits(bits: u64) -> Self {
        Self(bits)
    }
}
