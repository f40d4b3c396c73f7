//! An operation on the blocking pool: for drivers that have no other way.

use std::future::Future;
use std::io;
use std::panic::resume_unwind;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use super::Operate;
use crate::context;
use crate::handle::Handle;
use crate::task::JoinHandle;

/// A payload that a thread of the blocking pool has or will have.
pub(super) struct Handed<T> {
    /// Where the payload is before and after; empty while the thread has it.
    payload: Arc<Mutex<Option<T>>>,
    result: JoinHandle<io::Result<u32>>,
}

impl<T: Operate + Send> Handed<T> {
    pub(super) fn new(payload: T) -> Self {
        let payload = Arc::new(Mutex::new(Some(payload)));
        let slot = Arc::clone(&payload);
        let result = context::with(|context| {
            context.handle.spawn_on_pool(T::DUTY, move || {
                let mut payload = take(&slot).expect("the payload waits for its only closure");
                let result = payload.perform();
                match Arc::try_unwrap(slot) {
                    // Nobody waits any more: what was opened is closed, here.
                    Ok(_) => drop(payload.finish(result)),
                    Err(slot) => {
                        *slot.lock().unwrap_or_else(PoisonError::into_inner) = Some(payload);
                        return result;
                    }
                }
                Err(io::ErrorKind::Interrupted.into())
            })
        });
        Self { payload, result }
    }

    /// The payload back, with the result. A pool that was shut down before the closure ran has cancelled it.
    pub(super) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<(T, io::Result<u32>)> {
        let result = match std::task::ready!(Pin::new(&mut self.result).poll(cx)) {
            Ok(result) => result,
            Err(error) if error.is_panic() => resume_unwind(error.into_panic()),
            Err(error) => Err(io::Error::other(error)),
        };
        let payload = take(&self.payload).expect("the closure has put the payload back, or has never taken it");
        Poll::Ready((payload, result))
    }
}

/// Performs what nobody waits for any more, and is to be performed all the same: on a thread of the runtime's pool, outside
/// of a runtime on this one.
pub(super) fn perform_for_nobody<T: Operate + Send>(mut payload: T) {
    let perform = move || {
        let result = payload.perform();
        drop(payload.finish(result));
    };
    match Handle::try_current() {
        Some(handle) => drop(handle.spawn_on_pool(T::DUTY, perform)),
        None => perform(),
    }
}

fn take<T>(slot: &Mutex<Option<T>>) -> Option<T> {
    slot.lock().unwrap_or_else(PoisonError::into_inner).take()
}
