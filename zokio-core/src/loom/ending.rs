//! The end of a runtime with several workers: whoever waits for tasks in other hands is woken by what becomes of them.

use loom::sync::atomic::{AtomicUsize, Ordering};
use loom::sync::{Arc, Mutex};
use loom::thread;

use super::explore;
use crate::worker::ending::Ending;

/// What a worker of the model drops: how many tasks are in its list, and which of them are queued.
struct Model {
    ending: Ending,
    listed: Mutex<usize>,
    queue: AtomicUsize,
}

impl Model {
    fn new(listed: usize) -> Arc<Self> {
        Arc::new(Self { ending: Ending::new(2), listed: Mutex::new(listed), queue: AtomicUsize::new(0) })
    }

    /// As `Shared::inject`. Relaxed: the fences alone have to do.
    fn push(&self) {
        self.queue.fetch_add(1, Ordering::Relaxed);
        self.ending.announce();
    }

    /// As `Shared::forget`.
    fn forget(&self) {
        let mut listed = self.listed.lock().unwrap();
        *listed -= 1;
        let was_last = *listed == 0;
        drop(listed);
        if was_last && self.ending.has_begun() {
            self.ending.announce();
        }
    }

    /// As the loop of `Worker::end`.
    fn end(&self) {
        loop {
            while self.queue.load(Ordering::Relaxed) > 0 {
                self.queue.fetch_sub(1, Ordering::Relaxed);
                self.forget();
            }
            let ended = self.ending.wait(|| match self.queue.load(Ordering::Relaxed) {
                0 => (*self.listed.lock().unwrap() == 0).then_some(true),
                _ => Some(false),
            });
            if ended {
                return;
            }
        }
    }
}

#[test]
fn a_push_under_way_is_waited_for() {
    explore(3, || {
        let model = Model::new(1);
        let other = thread::spawn({
            let model = Arc::clone(&model);
            move || model.push()
        });
        model.ending.begin();
        model.end();
        other.join().unwrap();
    });
}

#[test]
fn a_poll_under_way_is_waited_for() {
    explore(3, || {
        let model = Model::new(2);
        let polls: Vec<_> = (0..2)
            .map(|_| {
                let model = Arc::clone(&model);
                thread::spawn(move || {
                    model.forget();
                    model.ending.worker_ended();
                })
            })
            .collect();
        model.ending.begin();
        model.end();
        assert!(model.ending.wait_for_workers(None));
        for poll in polls {
            poll.join().unwrap();
        }
    });
}
