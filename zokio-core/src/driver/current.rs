//! The driver of the thread that asks.

use super::Io;
use crate::context;

/// Calls `f` with the driver of this thread's seat.
///
/// # Panics
/// Outside of a runtime, and on its blocking threads.
#[track_caller]
pub(crate) fn with_io<R>(f: impl FnOnce(&dyn Io) -> R) -> R {
    context::with(|context| f(context.io()))
}

/// Calls `f` with the driver of this thread's seat, if it has one.
pub(crate) fn try_with_io<R>(f: impl FnOnce(&dyn Io) -> R) -> Option<R> {
    context::try_with(|context| context.try_io().map(f)).flatten()
}
