//! The semaphore: no permit is lost or given twice, and nobody sleeps on while there is one.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use loom::future::block_on;
use loom::sync::Arc;
use loom::sync::atomic::{AtomicUsize, Ordering};
use loom::thread;

use super::explore;
use crate::sync::semaphore::Semaphore;

#[test]
fn permits_exclude_each_other() {
    explore(2, || {
        let shared = Arc::new((Semaphore::new(1), AtomicUsize::new(0)));
        let inside = |(semaphore, inside): &(Semaphore, AtomicUsize)| {
            let permit = block_on(semaphore.acquire()).unwrap();
            assert_eq!(inside.fetch_add(1, Ordering::Relaxed), 0);
            inside.fetch_sub(1, Ordering::Relaxed);
            drop(permit);
        };
        let other = {
            let shared = Arc::clone(&shared);
            thread::spawn(move || inside(&shared))
        };
        inside(&shared);
        other.join().unwrap();
        assert_eq!(shared.0.available_permits(), 1);
    });
}

#[test]
fn what_is_given_wakes_who_waits_for_several() {
    explore(2, || {
        let semaphore = Arc::new(Semaphore::new(0));
        let givers: Vec<_> = (0..2)
            .map(|_| {
                let semaphore = Arc::clone(&semaphore);
                thread::spawn(move || semaphore.add_permits(1))
            })
            .collect();
        drop(block_on(semaphore.acquire_many(2)).unwrap());
        givers.into_iter().for_each(|giver| giver.join().unwrap());
        assert_eq!(semaphore.available_permits(), 2);
    });
}

#[test]
fn who_gives_up_loses_no_permit() {
    explore(2, || {
        let semaphore = Arc::new(Semaphore::new(0));
        let giver = {
            let semaphore = Arc::clone(&semaphore);
            thread::spawn(move || semaphore.add_permits(1))
        };
        {
            let waits = pin!(semaphore.acquire());
            let polled: Poll<_> = waits.poll(&mut Context::from_waker(Waker::noop()));
            drop(polled);
        }
        giver.join().unwrap();
        assert_eq!(semaphore.available_permits(), 1);
        assert!(semaphore.try_acquire().is_ok());
    });
}

#[test]
fn a_close_wakes_who_waits() {
    explore(2, || {
        let semaphore = Arc::new(Semaphore::new(1));
        let closes = {
            let semaphore = Arc::clone(&semaphore);
            thread::spawn(move || semaphore.close())
        };
        assert!(block_on(semaphore.acquire_many(2)).is_err());
        closes.join().unwrap();
        assert_eq!(semaphore.available_permits(), 1);
    });
}
