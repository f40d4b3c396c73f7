//! What the integration tests share: traces of a task's life, a driver that records when a seat sleeps, and futures that
//! say what happens to them.

pub mod driver;
pub mod future;
pub mod runtime;
pub mod trace;
pub mod twin;
mod unknown;

pub use driver::Recorded;
pub use future::{Gate, Named, yield_now};
pub use runtime::{One, Two};
pub use trace::{Trace, record};
