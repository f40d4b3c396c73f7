//! The channel for one value: nothing is lost, dropped twice or looked at by both halves.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

use loom::future::block_on;
use loom::sync::Arc;
use loom::sync::atomic::{AtomicUsize, Ordering};
use loom::thread;

use super::explore;
use crate::sync::oneshot::{self, TryRecvError};

/// A value that is counted while it is there.
struct Counted(Arc<AtomicUsize>);

impl Counted {
    fn new(count: &Arc<AtomicUsize>) -> Self {
        count.fetch_add(1, Ordering::Relaxed);
        Self(Arc::clone(count))
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

#[test]
fn what_is_sent_is_received() {
    explore(3, || {
        let (sender, receiver) = oneshot::channel();
        let sends = thread::spawn(move || sender.send(7).unwrap());
        assert_eq!(block_on(receiver), Ok(7));
        sends.join().unwrap();
    });
}

#[test]
fn who_waits_learns_that_nothing_comes() {
    explore(3, || {
        let (sender, receiver) = oneshot::channel::<u32>();
        let drops = thread::spawn(move || drop(sender));
        assert!(block_on(receiver).is_err());
        drops.join().unwrap();
    });
}

#[test]
fn the_last_waker_is_woken() {
    explore(3, || {
        let (sender, receiver) = oneshot::channel();
        let sends = thread::spawn(move || sender.send(7).unwrap());
        let mut receiver = pin!(receiver);
        // With another waker first, which nobody listens to.
        let first = receiver.as_mut().poll(&mut std::task::Context::from_waker(std::task::Waker::noop()));
        match first {
            Poll::Ready(received) => assert_eq!(received, Ok(7)),
            Poll::Pending => assert_eq!(block_on(receiver.as_mut()), Ok(7)),
        }
        sends.join().unwrap();
    });
}

#[test]
fn a_value_is_dropped_once_where_the_receiver_goes() {
    explore(3, || {
        let count = Arc::new(AtomicUsize::new(0));
        let (sender, receiver) = oneshot::channel();
        let sends = {
            let value = Counted::new(&count);
            thread::spawn(move || drop(sender.send(value)))
        };
        let mut receiver = Box::pin(receiver);
        let polled = receiver.as_mut().poll(&mut std::task::Context::from_waker(std::task::Waker::noop()));
        let _ = polled.map(drop);
        drop(receiver);
        sends.join().unwrap();
        assert_eq!(count.load(Ordering::Relaxed), 0);
    });
}

#[test]
fn after_a_close_a_value_is_received_or_comes_back() {
    explore(3, || {
        let (sender, mut receiver) = oneshot::channel();
        let sends = thread::spawn(move || sender.send(7).is_ok());
        receiver.close();
        let received = receiver.try_recv();
        let sent = sends.join().unwrap();
        match received {
            Ok(value) => assert!(sent && value == 7),
            Err(error) => assert_eq!((sent, error), (false, TryRecvError::Closed)),
        }
    });
}

#[test]
fn who_waits_for_a_close_is_woken() {
    for close in [true, false] {
        explore(3, move || {
            let (mut sender, mut receiver) = oneshot::channel::<u32>();
            let closes = thread::spawn(move || {
                if close {
                    receiver.close();
                    assert_eq!(receiver.try_recv(), Err(TryRecvError::Closed));
                }
                drop(receiver);
            });
            block_on(poll_fn(|context| sender.poll_closed(context)));
            assert_eq!(sender.send(7), Err(7));
            closes.join().unwrap();
        });
    }
}
