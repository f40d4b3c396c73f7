//! The queue that others steal from: every item comes out exactly once.
#![allow(unsafe_code)] // calls the queue's owner-only methods from the model's owner thread

use loom::sync::Arc;
use loom::thread;

use super::explore;
use crate::queue::StealQueue;

type Queue = StealQueue<usize, 4>;

/// Steals once and takes what it got.
fn thief(queue: &Queue) -> Vec<usize> {
    let own = Queue::new();
    // SAFETY: this thread is the owner of `own`.
    let mut taken: Vec<usize> = unsafe { queue.steal_into(&own) }.into_iter().collect();
    // SAFETY: as above.
    taken.extend(std::iter::from_fn(|| unsafe { own.pop() }));
    taken
}

fn assert_each_once(mut items: Vec<usize>, count: usize) {
    items.sort_unstable();
    assert_eq!(items, (0..count).collect::<Vec<_>>());
}

#[test]
fn owner_and_thief_take_each_item_once() {
    explore(3, || {
        let queue = Arc::new(Queue::new());
        for item in 0..2 {
            // SAFETY: this thread is the owner.
            unsafe { queue.push(item) }.unwrap();
        }
        let stolen = thread::spawn({
            let queue = Arc::clone(&queue);
            move || thief(&queue)
        });
        // SAFETY: this thread is the owner.
        let mut taken: Vec<_> = unsafe { queue.pop() }.into_iter().collect();
        // SAFETY: as above.
        unsafe { queue.push(2) }.unwrap();
        taken.extend(stolen.join().unwrap());
        // SAFETY: as above.
        taken.extend(std::iter::from_fn(|| unsafe { queue.pop() }));
        assert_each_once(taken, 3);
    });
}

#[test]
fn a_full_queue_says_so_while_a_thief_copies() {
    explore(3, || {
        let queue = Arc::new(Queue::new());
        for item in 0..4 {
            // SAFETY: this thread is the owner.
            unsafe { queue.push(item) }.unwrap();
        }
        let stolen = thread::spawn({
            let queue = Arc::clone(&queue);
            move || thief(&queue)
        });
        // SAFETY: this thread is the owner.
        let refused = unsafe { queue.push(4) }.err();
        let mut taken = stolen.join().unwrap();
        // SAFETY: as above.
        taken.extend(std::iter::from_fn(|| unsafe { queue.pop() }));
        taken.extend(refused);
        assert_each_once(taken, 5);
    });
}

#[test]
fn two_thieves_take_each_item_once() {
    explore(2, || {
        let queue = Arc::new(Queue::new());
        for item in 0..3 {
            // SAFETY: this thread is the owner.
            unsafe { queue.push(item) }.unwrap();
        }
        let thieves: Vec<_> = (0..2)
            .map(|_| {
                let queue = Arc::clone(&queue);
                thread::spawn(move || thief(&queue))
            })
            .collect();
        // SAFETY: this thread is the owner.
        let mut taken: Vec<_> = unsafe { queue.pop() }.into_iter().collect();
        taken.extend(thieves.into_iter().flat_map(|thief| thief.join().unwrap()));
        // SAFETY: as above.
        taken.extend(std::iter::from_fn(|| unsafe { queue.pop() }));
        assert_each_once(taken, 3);
    });
}
