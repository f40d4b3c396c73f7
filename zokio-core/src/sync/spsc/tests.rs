//! A channel from one to one, on one thread and on two.

use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::thread;

use super::{SendError, TryRecvError, TrySendError, channel};
use crate::testing::{Wakes, poll};

#[test]
fn values_come_in_their_order_as_many_as_fit() {
    let (mut sender, mut receiver) = channel::<u32, 4>();
    for round in 0..10 {
        assert!(sender.is_empty() && receiver.is_empty());
        for number in 0..4 {
            sender.try_send(round * 4 + number).unwrap();
        }
        assert_eq!(sender.try_send(99), Err(TrySendError::Full(99)));
        assert_eq!((sender.len(), receiver.len()), (4, 4));
        for number in 0..4 {
            assert_eq!(receiver.try_recv(), Ok(round * 4 + number));
        }
        assert_eq!(receiver.try_recv(), Err(TryRecvError::Empty));
    }
}

#[test]
fn who_waits_for_values_is_woken() {
    let (first, last) = <(Arc<Wakes>, Arc<Wakes>)>::default();
    let (mut sender, mut receiver) = channel::<u32, 2>();
    for wakes in [&first, &first, &last] {
        assert!(poll(pin!(receiver.recv()), wakes).is_pending());
    }
    assert_eq!(Arc::strong_count(&first), 1);
    sender.try_send(1).unwrap();
    sender.try_send(2).unwrap();
    assert_eq!((first.count(), last.count()), (0, 1));
    assert_eq!(poll(pin!(receiver.recv()), &last), Poll::Ready(Some(1)));
    drop(sender);
    assert_eq!(poll(pin!(receiver.recv()), &last), Poll::Ready(Some(2)));
    assert_eq!(poll(pin!(receiver.recv()), &last), Poll::Ready(None));
}

#[test]
fn who_waits_for_room_is_woken() {
    let wakes = Arc::<Wakes>::default();
    let (mut sender, mut receiver) = channel::<u32, 1>();
    sender.try_send(1).unwrap();
    {
        let mut sends = pin!(sender.send(2));
        assert!(poll(sends.as_mut(), &wakes).is_pending());
        assert_eq!(receiver.try_recv(), Ok(1));
        assert_eq!(wakes.count(), 1);
        assert_eq!(poll(sends, &wakes), Poll::Ready(Ok(())));
    }
    let mut sends = pin!(sender.send(3));
    assert!(poll(sends.as_mut(), &wakes).is_pending());
    drop(receiver);
    assert_eq!(wakes.count(), 2);
    assert_eq!(poll(sends, &wakes), Poll::Ready(Err(SendError(3))));
}

#[test]
fn a_sender_that_goes_wakes_who_waits() {
    let wakes = Arc::<Wakes>::default();
    let (sender, mut receiver) = channel::<u32, 1>();
    assert!(poll(pin!(receiver.recv()), &wakes).is_pending());
    assert!(!receiver.is_closed());
    drop(sender);
    assert_eq!((wakes.count(), receiver.is_closed()), (1, true));
    assert_eq!(receiver.try_recv(), Err(TryRecvError::Disconnected));
}

#[test]
fn what_nobody_receives_is_dropped() {
    let value = Arc::new(());
    let (mut sender, mut receiver) = channel::<_, 4>();
    for _ in 0..3 {
        sender.try_send(Arc::clone(&value)).unwrap();
    }
    drop(receiver.try_recv());
    drop(receiver);
    assert_eq!(Arc::strong_count(&value), 1);
    assert!(sender.is_closed());
    assert!(matches!(sender.try_send(Arc::clone(&value)), Err(TrySendError::Closed(_))));
    let (mut sender, receiver) = channel::<_, 4>();
    sender.try_send(Arc::clone(&value)).unwrap();
    drop(sender);
    drop(receiver);
    assert_eq!(Arc::strong_count(&value), 1);
}

#[test]
fn two_threads_lose_nothing() {
    const COUNT: usize = 200_000;
    let (mut sender, mut receiver) = channel::<Box<usize>, 8>();
    let sends = thread::spawn(move || {
        for number in 0..COUNT {
            sender.blocking_send(Box::new(number)).unwrap();
        }
    });
    for number in 0..COUNT {
        assert_eq!(receiver.blocking_recv(), Some(Box::new(number)));
    }
    assert_eq!(receiver.blocking_recv(), None);
    sends.join().unwrap();
}
