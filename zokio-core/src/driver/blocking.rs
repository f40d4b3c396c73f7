//! The blocking pool: threads for calls that block.
#![allow(unsafe_code)] // runs erased tasks, as a worker does

use std::collections::VecDeque;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::ptr;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use crate::context;
use crate::handle::Handle;
use crate::task::{JoinHandle, Task, polled, shared};
use crate::worker::home::Home;

/// How long an idle thread waits for the next closure before it ends.
const KEEP_ALIVE: Duration = Duration::from_secs(10);

/// The queue of closures that block, and the threads that run them: started when needed, at most `most`, ended when idle.
pub(crate) struct BlockingPool {
    state: Mutex<State>,
    /// Signalled when a closure is queued, and at the shutdown.
    work: Condvar,
    /// Signalled when a thread ends.
    ended: Condvar,
    most: usize,
    name: &'static str,
}

#[derive(Default)]
struct State {
    queue: VecDeque<(Task, Duty)>,
    threads: usize,
    idle: usize,
    closed: bool,
}

/// What a closure that has not begun comes to when the pool is shut down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Duty {
    /// It is cancelled.
    Optional,
    /// It runs all the same: others count on what it does, whether they wait for it or not. tokio's word.
    Mandatory,
}

/// A closure as a future that is ready at its first poll.
struct Closure<F>(Option<F>);

impl<F> Unpin for Closure<F> {}

impl<F: FnOnce() -> R, R> Future for Closure<F> {
    type Output = R;

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<R> {
        let f = self.0.take().expect("a closure is polled once");
        // A closure may wait for futures as it likes: it holds up nobody, and is not polled anew.
        polled::unlimited();
        Poll::Ready(f())
    }
}

/// Tasks of the pool are scheduled from their allocation to their only run, so nobody ever has to push one.
static HOME: Home = Home { push: never_pushed };

unsafe fn never_pushed(_: *const Home, _: Task) {
    unreachable!("a task of the blocking pool is queued once, when it is spawned");
}

impl BlockingPool {
    /// A pool of at most `most` threads, which is at least 1.
    pub(crate) fn new(most: usize, name: &'static str) -> Arc<Self> {
        let (state, work, ended) = <(Mutex<State>, Condvar, Condvar)>::default();
        Arc::new(Self { state, work, ended, most: most.max(1), name })
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Queues a closure, starting a thread for it if all are busy and there may be one more.
    pub(crate) fn spawn<F, R>(pool: &Arc<Self>, handle: &Handle, duty: Duty, f: F) -> JoinHandle<R>
    where
        F: FnOnce() -> R + Send + 'static,
        R: Send + 'static,
    {
        let task = shared::allocate(Closure(Some(f)), ptr::from_ref(&HOME), 0);
        // SAFETY: `allocate` counted a reference for the handle; the output is that of the closure.
        let join = unsafe { JoinHandle::new(task) };
        pool.submit(task, duty, handle);
        join
    }

    fn submit(self: &Arc<Self>, task: Task, duty: Duty, handle: &Handle) {
        let mut state = self.lock();
        if state.closed {
            drop(state);
            refuse(task, duty);
            return;
        }
        state.queue.push_back((task, duty));
        if state.idle >= state.queue.len() || state.threads == self.most {
            self.work.notify_one();
            return;
        }
        let pool = Arc::clone(self);
        let handle = handle.clone();
        let started =
            std::thread::Builder::new().name(format!("{}-blocking", self.name)).spawn(move || pool.run(&handle));
        match started {
            Ok(_) => state.threads += 1,
            // Some thread will get to it.
            Err(_) if state.threads > 0 => {}
            Err(error) => {
                let refused = state.queue.pop_back();
                drop(state);
                refused.into_iter().for_each(|(task, duty)| refuse(task, duty));
                assert!(
                    duty == Duty::Mandatory,
                    "cannot start a thread of the blocking pool, and there is none that could take the call: {error}"
                );
            }
        }
    }

    /// The life of one thread.
    fn run(&self, handle: &Handle) {
        context::enter(&context::Context { handle, seat: None }, || {
            let mut state = self.lock();
            loop {
                while let Some((task, _)) = state.queue.pop_front() {
                    drop(state);
                    run(task);
                    state = self.lock();
                }
                if state.closed {
                    break;
                }
                state.idle += 1;
                let (woken, timeout) =
                    self.work.wait_timeout(state, KEEP_ALIVE).unwrap_or_else(PoisonError::into_inner);
                state = woken;
                state.idle -= 1;
                if timeout.timed_out() && state.queue.is_empty() {
                    break;
                }
            }
            state.threads -= 1;
            drop(state);
        });
        self.ended.notify_all();
    }

    /// Cancels what has not begun and need not, and waits for the rest, at most until `deadline`; `true`: every thread has
    /// ended.
    pub(crate) fn shut_down(&self, deadline: Option<Instant>) -> bool {
        let mut state = self.lock();
        state.closed = true;
        let (mandatory, optional) =
            std::mem::take(&mut state.queue).into_iter().partition(|(_, duty)| *duty == Duty::Mandatory);
        state.queue = mandatory;
        drop(state);
        let optional: VecDeque<_> = optional;
        optional.into_iter().for_each(|(task, _)| cancel(task));
        self.work.notify_all();
        let mut state = self.lock();
        while state.threads > 0 {
            state = match deadline {
                None => self.ended.wait(state).unwrap_or_else(PoisonError::into_inner),
                Some(deadline) => {
                    let left = deadline.saturating_duration_since(Instant::now());
                    if left.is_zero() {
                        return false;
                    }
                    self.ended.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0
                }
            };
        }
        true
    }
}

/// Runs a closure that came out of the queue.
fn run(task: Task) {
    // SAFETY: the task came out of the queue, and only one thread got it.
    let ran = unsafe { shared::run(task) };
    debug_assert_eq!(ran, shared::Ran::Completed, "a closure is ready at its first poll");
    // SAFETY: the task is complete and in no list: this is the scheduler's reference.
    unsafe { shared::release(task) };
}

/// Ends a closure that no thread of the pool will take.
fn refuse(task: Task, duty: Duty) {
    match duty {
        Duty::Optional => cancel(task),
        Duty::Mandatory => run(task),
    }
}

/// Drops a closure that will not run.
fn cancel(task: Task) {
    // SAFETY: the scheduler's reference is ours. The task is scheduled already, so nobody has to push it.
    let push = unsafe { shared::cancel(task) };
    debug_assert!(!push, "a task of the pool is scheduled from the start");
    run(task);
}

impl fmt::Debug for BlockingPool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.lock();
        f.debug_struct("BlockingPool").field("threads", &state.threads).field("queued", &state.queue.len()).finish()
    }
}
