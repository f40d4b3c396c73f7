//! The channel from one to one: values come once and in their order, and nobody sleeps on while there is one, or room.

use loom::future::block_on;
use loom::sync::Arc;
use loom::thread;

use super::explore;
use crate::sync::spsc::{self, TryRecvError};

#[test]
fn values_come_in_their_order() {
    explore(3, || {
        let (mut sender, mut receiver) = spsc::channel::<u32, 1>();
        let sends = thread::spawn(move || {
            block_on(sender.send(1)).unwrap();
            block_on(sender.send(2)).unwrap();
        });
        assert_eq!(block_on(receiver.recv()), Some(1));
        assert_eq!(block_on(receiver.recv()), Some(2));
        assert_eq!(block_on(receiver.recv()), None);
        sends.join().unwrap();
    });
}

#[test]
fn what_was_sent_before_the_sender_went_is_received() {
    explore(3, || {
        let (mut sender, mut receiver) = spsc::channel::<u32, 2>();
        let sends = thread::spawn(move || sender.try_send(1).unwrap());
        let received = loop {
            match receiver.try_recv() {
                Err(TryRecvError::Empty) => thread::yield_now(),
                received => break received,
            }
        };
        assert_eq!(received, Ok(1));
        sends.join().unwrap();
    });
}

#[test]
fn a_receiver_that_goes_leaves_no_value_and_no_sleeper() {
    explore(3, || {
        let value = Arc::new(());
        let (mut sender, receiver) = spsc::channel::<_, 1>();
        let drops = thread::spawn(move || drop(receiver));
        let mut sent = 0;
        while block_on(sender.send(Arc::clone(&value))).is_ok() {
            sent += 1;
        }
        drops.join().unwrap();
        drop(sender);
        assert!(sent <= 2);
        assert_eq!(Arc::strong_count(&value), 1);
    });
}
