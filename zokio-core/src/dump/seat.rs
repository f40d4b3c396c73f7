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
use crate::task::{AbortHandle, JoinHandle, remote};
use crate::worker::mailbox::{Mailbox, MailboxRef};

/// How long other threads are waited for.
pub(crate) const PATIENCE: Duration = Duration::from_millis(100);

/// What a probe reads.
enum Wanted {
    /// All tasks of the seat but the probe itself.
    All,
    /// One, which the probe keeps alive.
    One(AbortHandle),
}

/// Reads the tasks of the seat on which it runs.
pub(crate) struct Probe {
    wanted: Wanted,
    answer: Sender<Vec<TaskDump>>,
}

impl Future for Probe {
    type Output = ();

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        let tasks = context::with(|context| match &self.wanted {
            Wanted::All => context.seat().local.others(),
            Wanted::One(handle) => handle.dump().into_iter().collect(),
        });
        // Whoever has asked may have gone.
        let _ = self.answer.send(tasks);
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
        let probe = Probe { wanted: Wanted::All, answer: self.answer.clone() };
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
    drop(spawn(Probe { wanted: Wanted::One(handle), answer }));
    answers.recv_timeout(PATIENCE).map(|mut tasks| tasks.pop())
}
