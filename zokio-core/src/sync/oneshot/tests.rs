//! The channel for one value, on one thread and on two.

use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::thread;

use super::{RecvError, TryRecvError, channel};
use crate::testing::{Wakes, poll};

#[test]
fn a_value_waits_for_its_receiver() {
    let (sender, mut receiver) = channel();
    assert_eq!(receiver.try_recv(), Err(TryRecvError::Empty));
    assert!(receiver.is_empty() && !receiver.is_terminated());
    sender.send("value").unwrap();
    assert!(!receiver.is_empty());
    assert_eq!(poll(pin!(&mut receiver), &Arc::default()), Poll::Ready(Ok("value")));
    assert!(receiver.is_empty() && receiver.is_terminated());
    assert_eq!(receiver.try_recv(), Err(TryRecvError::Closed));
}

#[test]
fn a_receiver_waits_for_its_value() {
    let (first, last) = <(Arc<Wakes>, Arc<Wakes>)>::default();
    let (sender, mut receiver) = channel();
    for wakes in [&first, &first, &last] {
        assert!(poll(pin!(&mut receiver), wakes).is_pending());
    }
    sender.send(1).unwrap();
    assert_eq!((first.count(), last.count()), (0, 1));
    assert_eq!(Arc::strong_count(&first), 1);
    assert_eq!(poll(pin!(&mut receiver), &last), Poll::Ready(Ok(1)));
}

#[test]
fn a_sender_that_goes_leaves_nothing() {
    let wakes = Arc::<Wakes>::default();
    let (sender, mut receiver) = channel::<u32>();
    assert!(poll(pin!(&mut receiver), &wakes).is_pending());
    drop(sender);
    assert_eq!(wakes.count(), 1);
    assert_eq!(poll(pin!(&mut receiver), &wakes), Poll::Ready(Err(RecvError(()))));
}

#[test]
fn a_receiver_that_goes_drops_its_waker_and_the_value() {
    let (wakes, value) = <(Arc<Wakes>, Arc<()>)>::default();
    let (sender, mut receiver) = channel();
    assert!(poll(pin!(&mut receiver), &wakes).is_pending());
    drop(receiver);
    assert_eq!(Arc::strong_count(&wakes), 1);
    assert!(sender.is_closed());
    assert!(sender.send(Arc::clone(&value)).is_err());
    let (sender, receiver) = channel();
    sender.send(Arc::clone(&value)).unwrap();
    drop(receiver);
    assert_eq!(Arc::strong_count(&value), 1);
}

#[test]
fn a_close_refuses_what_is_not_there_yet() {
    let (sender, mut receiver) = channel();
    receiver.close();
    assert_eq!(sender.send(1), Err(1));
    assert_eq!(receiver.try_recv(), Err(TryRecvError::Closed));
    let (sender, mut receiver) = channel();
    sender.send(1).unwrap();
    receiver.close();
    assert_eq!(receiver.try_recv(), Ok(1));
}

#[test]
fn who_waits_for_a_close_is_woken_once() {
    for drops in [false, true] {
        let wakes = Arc::<Wakes>::default();
        let (mut sender, mut receiver) = channel::<u32>();
        for _ in 0..2 {
            assert!(poll(pin!(sender.closed()), &wakes).is_pending());
        }
        receiver.close();
        if drops {
            drop(receiver);
        }
        assert_eq!(wakes.count(), 1);
        assert!(poll(pin!(sender.closed()), &wakes).is_ready());
    }
}

#[test]
fn a_thread_may_wait() {
    let (sender, receiver) = channel();
    let waits = thread::spawn(move || receiver.blocking_recv());
    sender.send(7).unwrap();
    assert_eq!(waits.join().unwrap(), Ok(7));
}

#[test]
fn two_threads_lose_nothing() {
    for number in 0..20_000_u32 {
        let (sender, receiver) = channel();
        let sends = thread::spawn(move || sender.send(Box::new(number)));
        match number % 3 {
            0 => drop(receiver),
            1 => assert_eq!(receiver.blocking_recv(), Ok(Box::new(number))),
            _ => {
                let mut receiver = Box::pin(receiver);
                if let Poll::Ready(received) = poll(receiver.as_mut(), &Arc::default()) {
                    assert_eq!(received, Ok(Box::new(number)));
                }
            }
        }
        let _ = sends.join().unwrap();
    }
}

#[test]
fn it_is_small() {
    // The word, the value and two wakers.
    assert_eq!(size_of::<super::Sender<u64>>(), size_of::<usize>());
    assert_eq!(size_of::<super::Receiver<u64>>(), size_of::<usize>());
}
