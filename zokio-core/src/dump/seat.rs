//! Pinned tasks: their owner's thread reads them. From elsewhere a probe is sent there, a task like any other, which lives in no list that
//! has to be kept for it, and is cancelled with the rest where the thread is gone.

use std::future::Future;
use std::pin::Pin;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use super::{Dump, TaskDump};
use crate::context;
use crate::driver::Unpark;
use crate::task::{AbortHandle, JoinHandle, LocalTasks, remote};
use crate::worker::mailbox::{Mailbox, MailboxRef};

/// How long other threads are waited for.
pub(crate) const PATIENCE: Duration = Duration::from_secs(1);

/// Runs a closure on the seat that it is sent to. Whatever the closure holds stays behind its table: a poll of other tasks has nothing of it.
pub(crate) struct Probe(Option<Box<dyn FnOnce() + Send>>);

impl Probe {
    /// `read` is called on the seat's thread. Whoever asks may have gone when it answers.
    fn new(answer: Sender<Vec<TaskDump>>, read: impl FnOnce(&LocalTasks) -> Vec<TaskDump> + Send + 'static) -> Self {
        Self(Some(Box::new(move || {
            let tasks = context::with(|context| read(context.seat().local));
            let _ = answer.send(tasks);
        })))
    }
}

impl Future for Probe {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if let Some(read) = self.0.take() {
            read();
        }
        Poll::Ready(())
    }
}

/// The answers of seats that were asked.
pub(crate) struct Seats {
    dump: Dump,
    answers: Receiver<Vec<TaskDump>>,
    /// For the next probe; when the last one has gone, no more answers come.
    answer: Sender<Vec<TaskDump>>,
    asked: usize,
}

impl Seats {
    pub(crate) fn new() -> Self {
        let (answer, answers) = mpsc::channel();
        Self { dump: Dump::default(), answers, answer, asked: 0 }
    }

    /// Asks a seat: the one of this thread answers at once.
    pub(crate) fn ask<U: Unpark>(&mut self, mailbox: &MailboxRef<U>) {
        let home = Mailbox::home(mailbox);
        if let Some(local) = context::seat_of(home) {
            self.dump.tasks.extend(local.all());
            return;
        }
        let probe = Probe::new(self.answer.clone(), LocalTasks::others);
        drop(remote::spawn(probe, home, |task| Mailbox::accept(mailbox, task)));
        self.asked += 1;
    }

    /// What the seats have answered in time. Those that have ended have nothing to say.
    pub(crate) fn answered(self) -> Dump {
        let Self { mut dump, answers, answer, asked } = self;
        drop(answer);
        let deadline = Instant::now() + PATIENCE;
        for heard in 0..asked {
            match answers.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(tasks) => dump.tasks.extend(tasks),
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => {
                    dump.unanswered = asked - heard;
                    break;
                }
            }
        }
        dump
    }
}

/// Has a task read by its owner, which is another thread: `spawn` puts the probe there. `Err`: it did not answer in time.
pub(crate) fn probe(
    handle: AbortHandle,
    spawn: impl FnOnce(Probe) -> JoinHandle<()>,
) -> Result<Option<TaskDump>, RecvTimeoutError> {
    let (answer, answers) = mpsc::channel();
    drop(spawn(Probe::new(answer, move |_| handle.dump().into_iter().collect())));
    answers.recv_timeout(PATIENCE).map(|mut tasks| tasks.pop())
}
