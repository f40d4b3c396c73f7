//! What a worker does with its tasks, and the others', when it or the runtime comes to an end.

use super::Worker;
use crate::queue::steal::WorkerQueue;
use crate::task::shared;
use crate::worker::plan::Plan;

impl<P: Plan<Queue: WorkerQueue>> Worker<P> {
    /// Drops all shared tasks, together with the other workers: those in their queues too, since they may be in the middle
    /// of long polls.
    pub(super) fn end(&self) {
        if self.searching.replace(false) {
            self.shared.idle.end_search();
        }
        self.shared.cancel_all();
        loop {
            while let Some(task) = self.pop().or_else(|| self.shared.inbox.pop()).or_else(|| self.steal()) {
                // SAFETY: the task came out of a queue: it is scheduled, so alive, and this marks it without a push.
                unsafe { shared::cancel(task) };
                self.poll(task);
            }
            // What is left is in the middle of a poll, or of another thread's push.
            if self.shared.wait_for_tasks() {
                break;
            }
        }
    }

    /// For a worker that cannot go on: leaves its tasks to the others. The last one ends them instead, and what comes later
    /// is cancelled: nobody would ever run it.
    pub(in crate::worker) fn give_up(&self) {
        self.collecting.set(false);
        while let Some(task) = self.pop() {
            self.shared.inject(task);
        }
        self.end_search();
        if self.shared.ending.lose_worker() {
            self.shared.close();
            self.end();
        }
    }
}
