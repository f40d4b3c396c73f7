//! Workers that sleep and search: work that was queued is found, whoever slept or searched at that moment.

use loom::sync::{Arc, Mutex};
use loom::thread;

use super::{Bed, Call, explore};
use crate::worker::idle::Idle;
use crate::worker::park::Parker;

/// Whether workers search, or look at the inbox alone, as those of `stealing = false` do.
#[derive(Clone, Copy, PartialEq)]
enum Search {
    Yes,
    No,
}

/// What the workers of the model share: a queue of numbers in the place of the inbox.
struct Model {
    idle: Idle,
    queue: Mutex<Vec<usize>>,
    taken: Mutex<Vec<usize>>,
    expected: usize,
    beds: Vec<Arc<Bed>>,
    parkers: Vec<Parker<Call>>,
}

impl Model {
    fn new(workers: usize, expected: usize) -> Arc<Self> {
        let beds: Vec<_> = (0..workers).map(|_| Arc::new(Bed::default())).collect();
        let parkers = beds.iter().map(|bed| Parker::new(Call(Arc::clone(bed)))).collect();
        let (queue, taken) = <(Mutex<Vec<usize>>, Mutex<Vec<usize>>)>::default();
        Arc::new(Self { idle: Idle::new(workers), queue, taken, expected, beds, parkers })
    }

    fn push(&self, item: usize) {
        self.queue.lock().unwrap().push(item);
        self.notify_one();
    }

    fn notify_one(&self) {
        if let Some(worker) = self.idle.take_sleeper() {
            self.parkers[worker].notify();
        }
    }

    fn is_done(&self) -> bool {
        self.taken.lock().unwrap().len() == self.expected
    }

    /// The loop of `worker/run.rs`, with the driver replaced by a bed.
    fn work(&self, worker: usize, search: Search) {
        let mut searching = false;
        while !self.is_done() {
            if !searching && search == Search::Yes {
                searching = self.idle.begin_search();
            }
            let item = self.queue.lock().unwrap().pop();
            if let Some(item) = item {
                if std::mem::take(&mut searching) && self.idle.end_search() {
                    self.notify_one();
                }
                self.taken.lock().unwrap().push(item);
                continue;
            }
            self.idle.sleep(worker, std::mem::take(&mut searching));
            let has_work = !self.queue.lock().unwrap().is_empty();
            if has_work {
                self.notify_one();
            }
            if self.parkers[worker].prepare() && !self.is_done() {
                self.beds[worker].sleep();
            }
            self.parkers[worker].awake();
            searching = self.idle.wake(worker);
        }
        for parker in &self.parkers {
            parker.notify();
        }
    }
}

/// Two items are queued while this many workers run.
fn all_work_is_found(workers: usize, search: Search) {
    let model = Model::new(workers, 2);
    let workers: Vec<_> = (0..workers)
        .map(|worker| {
            let model = Arc::clone(&model);
            thread::spawn(move || model.work(worker, search))
        })
        .collect();
    model.push(1);
    model.push(2);
    for worker in workers {
        worker.join().unwrap();
    }
}

#[test]
fn one_worker_finds_all_work() {
    explore(3, || all_work_is_found(1, Search::Yes));
}

#[test]
fn one_worker_finds_all_work_without_search() {
    explore(3, || all_work_is_found(1, Search::No));
}

#[test]
fn two_workers_find_all_work() {
    explore(2, || all_work_is_found(2, Search::Yes));
}

#[test]
fn two_workers_find_all_work_without_search() {
    explore(2, || all_work_is_found(2, Search::No));
}

#[test]
fn work_is_found_while_another_worker_does_not_return() {
    // The other worker is in a long poll: awake, not searching, and it looks at nothing.
    explore(3, || {
        let model = Model::new(2, 1);
        let worker = thread::spawn({
            let model = Arc::clone(&model);
            move || model.work(0, Search::No)
        });
        model.push(1);
        worker.join().unwrap();
    });
}
