//! What the bodies of the corpus stand on: futures in memory that are ready, or not at every k-th poll.
//!
//! They do real work: what is written, and what a body returns, goes into a digest, which both sides of a case must agree on.

mod channel;
mod clock;
mod file;
mod pace;
mod stream;
mod upstream;

use std::cell::Cell;
use std::future::Future;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

pub use self::channel::{Receiver, Sender};
pub use self::clock::{Clock, timeout};
pub use self::file::File;
pub use self::pace::{Counter, Pace};
pub use self::stream::{Duplex, Reader, Writer};
pub use self::upstream::{Request, Response, Upstream};

/// What goes wrong in the world.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Error {
    /// The peer is gone.
    Closed,
    /// The peer does not want.
    Refused,
    /// It took too long.
    TimedOut,
    /// The peer does not speak as it should.
    Protocol(&'static str),
}

impl From<std::num::ParseIntError> for Error {
    fn from(_: std::num::ParseIntError) -> Self {
        Self::Protocol("a number")
    }
}

impl From<std::str::Utf8Error> for Error {
    fn from(_: std::str::Utf8Error) -> Self {
        Self::Protocol("text")
    }
}

/// How much there is to do, and how often a poll is pending.
#[derive(Debug)]
pub struct World {
    rounds: u32,
    every: u32,
    effects: Effects,
}

/// The digest of everything that was written.
#[derive(Debug, Clone, Default)]
pub struct Effects(Rc<Cell<u64>>);

impl Effects {
    /// Something was written. The order matters.
    #[inline]
    pub fn add(&self, bytes: &[u8]) {
        let digest = bytes.iter().fold(self.0.get(), |digest, byte| {
            (digest ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3).rotate_left(5)
        });
        self.0.set(digest);
    }
}

/// What a case has done.
#[derive(Debug, Clone, Copy)]
pub struct Outcome {
    /// Of the future, in bytes.
    pub size: usize,
    /// Until it was ready.
    pub polls: u64,
    /// Of what it has returned and written.
    pub digest: u64,
    /// From the first poll to the last.
    pub elapsed: Duration,
}

impl World {
    /// With `rounds` messages, and a poll that is pending `every` so many; 0 is never.
    pub fn new(rounds: u32, every: u32) -> Self {
        assert!(every != 1, "a future that is pending at every poll is never ready");
        Self { rounds, every, effects: Effects::default() }
    }

    /// How much there is to do.
    pub fn rounds(&self) -> u32 {
        self.rounds
    }

    /// When a leaf is pending.
    pub fn pace(&self) -> Pace {
        Pace::new(self.every)
    }

    /// Where things written add up.
    pub fn effects(&self) -> Effects {
        self.effects.clone()
    }

    /// Polls the future until it is ready.
    ///
    /// # Panics
    /// When it never is.
    pub fn drive<F: Future<Output: Hash>>(&self, future: F) -> Outcome {
        let mut future = pin!(future);
        let started = Instant::now();
        let (output, polls) = complete(future.as_mut());
        let elapsed = started.elapsed();
        let mut hasher = DefaultHasher::new();
        (output, self.effects.0.get()).hash(&mut hasher);
        Outcome { size: size_of::<F>(), polls, digest: hasher.finish(), elapsed }
    }
}

/// What is measured. A function of its own, by whose name `benches/instructions` finds it.
#[inline(never)]
fn complete<F: Future>(mut future: Pin<&mut F>) -> (F::Output, u64) {
    let mut cx = Context::from_waker(Waker::noop());
    let mut polls = 0;
    loop {
        polls += 1;
        if let Poll::Ready(output) = future.as_mut().poll(&mut cx) {
            return (output, polls);
        }
        assert!(polls < 10_000_000, "the body does not end");
    }
}

/// Bytes that look like something, the same ones each time.
pub fn noise(length: usize, seed: u32) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9E37_79B9) | 1;
    (0..length)
        .map(|_| {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            state as u8
        })
        .collect()
}
