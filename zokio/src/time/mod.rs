//! Waiting for points in time: [`sleep`], [`timeout`], [`interval`].
//!
//! Names and semantics are those of `tokio::time`. Deadlines are held by the timer of the worker that polls the future;
//! they are rounded up to its resolution (the runtime's `timer_resolution`, one millisecond by default), so that
//! nothing ends early. The futures are made anywhere, but polled inside of a runtime only.

pub mod error;
mod interval;
mod sleep;
mod timeout;

pub use std::time::Duration;

pub use interval::{Interval, MissedTickBehavior, interval, interval_at};
pub use sleep::{sleep, sleep_until};
pub use timeout::{Timeout, timeout, timeout_at};
pub use zokio_core::timer::{Instant, Sleep};
