//! The accept in flight of a listener, and who waits for it.
//!
//! It belongs to the listener and not to the future that waits: when that is dropped, a connection that the kernel hands
//! over is there for the next one. There is one at most, begun when somebody waits, so that connections stay with the
//! kernel until somebody asks for them.

use std::collections::VecDeque;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Wake, Waker};

use zokio_core::driver::op::Op;
use zokio_core::driver::op::stream::{Accept, accept};
use zokio_core::driver::{Socket, Source};

type Accepted = io::Result<(Socket, SocketAddr)>;

#[derive(Debug, Default)]
pub(super) struct Incoming {
    in_flight: Mutex<Option<Op<Accept>>>,
    waiters: Arc<Waiters>,
}

impl Incoming {
    /// Polls for a connection. Of several tasks that poll, the last one is woken.
    pub(super) fn poll(&self, listener: &Arc<Source>, cx: &Context<'_>) -> Poll<Accepted> {
        let mut in_flight = lock(&self.in_flight);
        let previous = lock(&self.waiters.0).poller.replace(cx.waker().clone());
        drop(previous);
        let result = std::task::ready!(self.advance(listener, &mut in_flight));
        drop(in_flight);
        let own = lock(&self.waiters.0).poller.take();
        drop(own);
        self.waiters.wake_by_ref();
        Poll::Ready(result)
    }

    /// The next connection; any number of tasks may wait.
    pub(super) const fn next<'a>(&'a self, listener: &'a Arc<Source>) -> Next<'a> {
        Next { incoming: self, listener, key: None }
    }

    fn advance(&self, listener: &Arc<Source>, in_flight: &mut Option<Op<Accept>>) -> Poll<Accepted> {
        let waker = Waker::from(Arc::clone(&self.waiters));
        let cx = &mut Context::from_waker(&waker);
        loop {
            let mut op = in_flight.take().unwrap_or_else(|| accept(listener));
            let Poll::Ready(result) = Pin::new(&mut op).poll(cx) else {
                *in_flight = Some(op);
                return Poll::Pending;
            };
            match result {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                result => return Poll::Ready(result),
            }
        }
    }
}

/// The next connection of a listener.
#[derive(Debug)]
pub(super) struct Next<'a> {
    incoming: &'a Incoming,
    listener: &'a Arc<Source>,
    /// Of the task among those who wait.
    key: Option<u64>,
}

impl Future for Next<'_> {
    type Output = Accepted;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Accepted> {
        let Self { incoming, listener, key } = &mut *self;
        let mut in_flight = lock(&incoming.in_flight);
        // Before the operation is polled: it may complete on another thread at any time afterwards.
        let previous = lock(&incoming.waiters.0).wait(key, cx.waker());
        drop(previous);
        let result = std::task::ready!(incoming.advance(listener, &mut in_flight));
        drop(in_flight);
        let key = key.take();
        incoming.waiters.leave(key);
        // Whoever waits next begins the next accept.
        incoming.waiters.wake_by_ref();
        Poll::Ready(result)
    }
}

impl Drop for Next<'_> {
    fn drop(&mut self) {
        if self.key.is_some() && !self.incoming.waiters.leave(self.key) {
            // It has been woken, and will not come: another one has to.
            self.incoming.waiters.wake_by_ref();
        }
    }
}

/// Who waits. As a waker, of the operation, it wakes the one who waits longest.
#[derive(Debug, Default)]
struct Waiters(Mutex<Queue>);

#[derive(Debug, Default)]
struct Queue {
    /// Who polled last by [`Incoming::poll`]. It is woken in any case, since nobody would tell of its end.
    poller: Option<Waker>,
    queued: VecDeque<(u64, Waker)>,
    last_key: u64,
}

impl Queue {
    /// Stores the waker at the key's place, or at a new one. Returns the one that was there, to be dropped after the lock.
    fn wait(&mut self, key: &mut Option<u64>, waker: &Waker) -> Option<Waker> {
        let key = *key.get_or_insert_with(|| {
            self.last_key += 1;
            self.last_key
        });
        match self.queued.iter_mut().find(|(present, _)| *present == key) {
            Some((_, present)) if present.will_wake(waker) => None,
            Some((_, present)) => Some(std::mem::replace(present, waker.clone())),
            None => {
                self.queued.push_back((key, waker.clone()));
                None
            }
        }
    }
}

impl Waiters {
    /// Whether the key was still waiting; it is not any more.
    fn leave(&self, key: Option<u64>) -> bool {
        let left = {
            let mut queue = lock(&self.0);
            let place = queue.queued.iter().position(|(present, _)| Some(*present) == key);
            place.and_then(|place| queue.queued.remove(place))
        };
        left.is_some()
    }
}

impl Wake for Waiters {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        let (poller, first) = {
            let mut queue = lock(&self.0);
            (queue.poller.take(), queue.queued.pop_front())
        };
        // Without the lock: a waker may run anything.
        if let Some(waker) = poller {
            waker.wake();
        }
        if let Some((_, waker)) = first {
            waker.wake();
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Poison says nothing: whatever is in there is put in place as a whole.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
