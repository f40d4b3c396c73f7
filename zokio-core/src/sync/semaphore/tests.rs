//! Permits, on one thread and on several.

use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::Poll;
use std::thread;

use super::{AcquireError, Semaphore, TryAcquireError};
use crate::sync::blocking::wait;
use crate::testing::{Wakes, poll};

/// Polls a future that nobody wakes.
fn once<F: Future>(future: Pin<&mut F>) -> Poll<F::Output> {
    poll(future, &Arc::default())
}

#[test]
fn permits_are_taken_and_given_back() {
    let semaphore = Semaphore::new(3);
    let two = semaphore.try_acquire_many(2).unwrap();
    let one = wait(semaphore.acquire()).unwrap();
    assert_eq!((two.num_permits(), one.num_permits(), semaphore.available_permits()), (2, 1, 0));
    assert_eq!(semaphore.try_acquire().unwrap_err(), TryAcquireError::NoPermits);
    drop(one);
    two.forget();
    assert_eq!(semaphore.available_permits(), 1);
    semaphore.add_permits(4);
    assert_eq!((semaphore.forget_permits(2), semaphore.forget_permits(9)), (2, 3));
    assert_eq!(semaphore.available_permits(), 0);
}

#[test]
fn who_asks_first_is_served_first() {
    let semaphore = Semaphore::new(1);
    let held = semaphore.try_acquire().unwrap();
    let wakes: [Arc<Wakes>; 3] = Default::default();
    let mut three = pin!(semaphore.acquire_many(3));
    let mut one = pin!(semaphore.acquire());
    let mut none = pin!(semaphore.acquire_many(0));
    assert!(poll(three.as_mut(), &wakes[0]).is_pending());
    assert!(poll(one.as_mut(), &wakes[1]).is_pending());
    assert!(poll(none.as_mut(), &wakes[2]).is_ready(), "nothing needs no turn");
    drop(held);
    semaphore.add_permits(1);
    // Two of the three are there: they are kept for the first, and the second does not overtake.
    assert_eq!(semaphore.available_permits(), 0);
    assert_eq!(semaphore.try_acquire().unwrap_err(), TryAcquireError::NoPermits);
    assert_eq!((wakes[0].count(), wakes[1].count()), (0, 0));
    semaphore.add_permits(1);
    assert_eq!((wakes[0].count(), wakes[1].count()), (1, 0));
    let Poll::Ready(Ok(three)) = poll(three, &wakes[0]) else { panic!("three permits are there") };
    assert!(poll(one.as_mut(), &wakes[1]).is_pending());
    drop(three);
    assert_eq!(wakes[1].count(), 1);
    assert!(matches!(poll(one, &wakes[1]), Poll::Ready(Ok(_))));
    assert_eq!(semaphore.available_permits(), 3);
}

#[test]
fn who_gives_up_loses_no_permit() {
    let semaphore = Semaphore::new(2);
    let wakes = Arc::<Wakes>::default();
    let mut five = Box::pin(semaphore.acquire_many(5));
    let mut first = pin!(semaphore.acquire_many(2));
    let mut middle = Box::pin(semaphore.acquire());
    let mut last = pin!(semaphore.acquire());
    assert!(once(five.as_mut()).is_pending());
    assert!(poll(first.as_mut(), &wakes).is_pending());
    assert!(once(middle.as_mut()).is_pending());
    assert!(poll(last.as_mut(), &wakes).is_pending());
    drop(middle);
    // What it had goes to who is behind it.
    drop(five);
    assert_eq!(wakes.count(), 1);
    assert!(poll(last.as_mut(), &wakes).is_pending());
    let Poll::Ready(Ok(two)) = poll(first, &wakes) else { panic!("two permits are there") };
    // Given, and not taken over.
    let mut given = Box::pin(semaphore.acquire());
    assert!(once(given.as_mut()).is_pending());
    drop(two);
    assert!(matches!(poll(last, &wakes), Poll::Ready(Ok(_))));
    drop(given);
    assert_eq!(semaphore.available_permits(), 2);
    // The queue is empty, and permits are free again for everybody.
    assert_eq!(semaphore.try_acquire_many(2).unwrap().num_permits(), 2);
}

#[test]
fn a_queue_that_empties_itself_blocks_nobody() {
    let semaphore = Semaphore::new(0);
    let mut waits = Box::pin(semaphore.acquire());
    assert!(once(waits.as_mut()).is_pending());
    drop(waits);
    semaphore.add_permits(1);
    assert!(semaphore.try_acquire().is_ok());
}

#[test]
fn the_last_waker_is_woken() {
    let semaphore = Semaphore::new(0);
    let (first, last) = <(Arc<Wakes>, Arc<Wakes>)>::default();
    let mut waits = pin!(semaphore.acquire());
    for wakes in [&first, &first, &last] {
        assert!(poll(waits.as_mut(), wakes).is_pending());
    }
    assert_eq!(Arc::strong_count(&first), 1);
    semaphore.add_permits(1);
    assert_eq!((first.count(), last.count()), (0, 1));
}

#[test]
fn a_close_refuses_who_waits_and_who_comes() {
    let semaphore = Arc::new(Semaphore::new(2));
    let held = Arc::clone(&semaphore).try_acquire_owned().unwrap();
    let wakes = Arc::<Wakes>::default();
    let mut waits = pin!(semaphore.acquire_many(2));
    assert!(poll(waits.as_mut(), &wakes).is_pending());
    assert!(!semaphore.is_closed());
    semaphore.close();
    assert!(semaphore.is_closed());
    assert_eq!(wakes.count(), 1);
    assert!(matches!(poll(waits, &wakes), Poll::Ready(Err(AcquireError(())))));
    assert_eq!(semaphore.try_acquire().unwrap_err(), TryAcquireError::Closed);
    assert!(wait(semaphore.acquire()).is_err());
    drop(held);
    assert_eq!(semaphore.available_permits(), 2);
}

#[test]
fn permits_are_merged_and_split() {
    let semaphore = Arc::new(Semaphore::new(5));
    let mut three = semaphore.try_acquire_many(3).unwrap();
    let mut one = three.split(1).unwrap();
    assert!(one.split(2).is_none());
    three.merge(one);
    assert_eq!((three.num_permits(), semaphore.available_permits()), (3, 2));
    let mut owned = wait(Arc::clone(&semaphore).acquire_many_owned(2)).unwrap();
    let split = owned.split(2).unwrap();
    assert_eq!((owned.num_permits(), split.num_permits()), (0, 2));
    owned.merge(split);
    assert!(Arc::ptr_eq(owned.semaphore(), &semaphore));
    drop((three, owned));
    assert_eq!(semaphore.available_permits(), 5);
}

#[test]
#[should_panic(expected = "permits of different semaphores cannot be merged")]
fn permits_of_two_semaphores_are_not_merged() {
    let (one, other) = (Semaphore::new(1), Semaphore::new(1));
    one.try_acquire().unwrap().merge(other.try_acquire().unwrap());
}

#[test]
#[should_panic(expected = "a semaphore has at most")]
fn there_is_a_most() {
    let semaphore = Semaphore::new(Semaphore::MAX_PERMITS);
    semaphore.add_permits(1);
}

#[test]
fn threads_never_have_more_than_there_are() {
    const PERMITS: usize = 3;
    let semaphore = Semaphore::new(PERMITS);
    let (inside, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
    thread::scope(|scope| {
        for index in 0..4_u32 {
            let (semaphore, inside, most) = (&semaphore, &inside, &most);
            scope.spawn(move || {
                for round in 0..20_000_u32 {
                    let count = (index + round) % 3 + 1;
                    if round % 7 == 0 {
                        // Gives up.
                        let _ = once(pin!(semaphore.acquire_many(count)));
                        continue;
                    }
                    let permit = wait(semaphore.acquire_many(count)).unwrap();
                    let now = inside.fetch_add(permit.num_permits(), Ordering::Relaxed) + permit.num_permits();
                    most.fetch_max(now, Ordering::Relaxed);
                    inside.fetch_sub(permit.num_permits(), Ordering::Relaxed);
                }
            });
        }
    });
    assert!(most.load(Ordering::Relaxed) <= PERMITS);
    assert_eq!(semaphore.available_permits(), PERMITS);
}
