//! How often Ctrl-C was pressed, and who waits for the next time.

use std::collections::BTreeMap;
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

static PRESSES: Mutex<Presses> =
    Mutex::new(Presses { installed: false, count: 0, next_key: 0, waiting: BTreeMap::new() });

struct Presses {
    installed: bool,
    count: u64,
    next_key: u64,
    waiting: BTreeMap<u64, Waker>,
}

fn presses() -> MutexGuard<'static, Presses> {
    // Poison says nothing: no change of the state is left half done.
    PRESSES.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Installs the handler, the first time.
pub(super) fn install() -> io::Result<()> {
    let mut presses = presses();
    if !presses.installed {
        ctrlc::set_handler(pressed).map_err(|error| match error {
            ctrlc::Error::System(error) => error,
            error => io::Error::other(error),
        })?;
        presses.installed = true;
    }
    Ok(())
}

/// Runs on the thread of the handler.
fn pressed() {
    let waiting = {
        let mut presses = presses();
        presses.count += 1;
        std::mem::take(&mut presses.waiting)
    };
    // Without the lock: a waker may run anything.
    for waker in waiting.into_values() {
        waker.wake();
    }
}

/// Completes at the first press after it was made.
#[derive(Debug)]
pub(super) struct Next {
    /// How many there had been by then.
    since: u64,
    /// Of its waker among those who wait.
    key: u64,
}

impl Next {
    pub(super) fn new() -> Self {
        let mut presses = presses();
        presses.next_key += 1;
        Self { since: presses.count, key: presses.next_key }
    }
}

impl Future for Next {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let mut presses = presses();
        if presses.count > self.since {
            return Poll::Ready(());
        }
        let previous = presses.waiting.insert(self.key, cx.waker().clone());
        // The previous waker is dropped outside of the lock: it may be the last reference to a task.
        drop(presses);
        drop(previous);
        Poll::Pending
    }
}

impl Drop for Next {
    fn drop(&mut self) {
        let waker = presses().waiting.remove(&self.key);
        // As above.
        drop(waker);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_press_completes_who_waits_and_nobody_later() {
        let cx = &mut Context::from_waker(Waker::noop());
        let (mut early, mut dropped) = (Next::new(), Next::new());
        assert!(Pin::new(&mut early).poll(cx).is_pending());
        assert!(Pin::new(&mut dropped).poll(cx).is_pending());
        assert_eq!(presses().waiting.len(), 2);
        drop(dropped);
        assert_eq!(presses().waiting.len(), 1);
        pressed();
        let mut late = Next::new();
        assert!(Pin::new(&mut late).poll(cx).is_pending());
        assert!(Pin::new(&mut early).poll(cx).is_ready());
        pressed();
        assert!(Pin::new(&mut late).poll(cx).is_ready());
        assert!(presses().waiting.is_empty());
    }
}
