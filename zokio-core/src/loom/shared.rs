//! Shared tasks: runs, wakes, handles and the last reference, on two threads.
#![allow(unsafe_code)] // plays the scheduler of shared tasks

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use loom::sync::atomic::{AtomicUsize, Ordering};
use loom::sync::{Arc, Mutex};
use loom::thread;

use super::explore;
use crate::dump::TaskState;
use crate::task::shared::{self, Ran};
use crate::task::{JoinHandle, Task};
use crate::worker::home::Home;

/// A scheduler that is a locked queue.
#[repr(C)]
struct Queue {
    home: Home,
    tasks: Mutex<Vec<Task>>,
}

impl Queue {
    fn new() -> Arc<Self> {
        Arc::new(Self { home: Home { push: Self::push }, tasks: Mutex::new(Vec::new()) })
    }

    unsafe fn push(home: *const Home, task: Task) {
        // SAFETY: `home` is the first field of a queue that the model keeps alive.
        let queue = unsafe { &*home.cast::<Self>() };
        queue.tasks.lock().unwrap().push(task);
    }

    fn spawn<F: Future>(this: &Arc<Self>, future: F) -> JoinHandle<F::Output> {
        let task = shared::allocate(future, Arc::as_ptr(this).cast(), 0);
        this.tasks.lock().unwrap().push(task);
        // SAFETY: `allocate` counted a reference for the handle.
        unsafe { JoinHandle::new(task) }
    }

    /// Runs what is queued until nothing is.
    fn run(&self) {
        loop {
            let Some(task) = self.tasks.lock().unwrap().pop() else {
                return;
            };
            // SAFETY: the task came out of the queue.
            match unsafe { shared::run(task) } {
                Ran::Waits => {}
                Ran::Again => self.tasks.lock().unwrap().push(task),
                // SAFETY: complete: this is the scheduler's reference.
                Ran::Completed => unsafe { shared::release(task) },
            }
        }
    }
}

struct Counted(Arc<AtomicUsize>);

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

#[test]
fn the_handle_is_dropped_while_the_task_completes() {
    explore(3, || {
        let queue = Queue::new();
        let drops = Arc::new(AtomicUsize::new(0));
        let output = Counted(Arc::clone(&drops));
        let handle = Queue::spawn(&queue, async move { output });
        let other = thread::spawn(move || drop(handle));
        queue.run();
        other.join().unwrap();
        assert_eq!(drops.load(Ordering::SeqCst), 1);
    });
}

#[test]
fn the_handle_is_polled_twice_while_the_task_completes() {
    explore(3, || {
        let queue = Queue::new();
        let drops = Arc::new(AtomicUsize::new(0));
        let output = Counted(Arc::clone(&drops));
        let mut handle = Queue::spawn(&queue, async move { output });
        let other = thread::spawn(move || {
            let mut context = Context::from_waker(Waker::noop());
            Pin::new(&mut handle).poll(&mut context).is_ready() || Pin::new(&mut handle).poll(&mut context).is_ready()
        });
        queue.run();
        other.join().unwrap();
        assert_eq!(drops.load(Ordering::SeqCst), 1);
    });
}

#[test]
fn a_wake_during_the_poll_runs_the_task_again() {
    explore(3, || {
        let queue = Queue::new();
        let ready = Arc::new(AtomicUsize::new(0));
        let seen = Arc::clone(&ready);
        let other = Arc::new(Mutex::new(None));
        let started = Arc::clone(&other);
        let handle = Queue::spawn(
            &queue,
            poll_fn(move |context| {
                if seen.load(Ordering::Acquire) == 1 {
                    return Poll::Ready(());
                }
                let mut started = started.lock().unwrap();
                if started.is_none() {
                    let (waker, ready) = (context.waker().clone(), Arc::clone(&seen));
                    *started = Some(thread::spawn(move || {
                        ready.store(1, Ordering::Release);
                        waker.wake();
                    }));
                }
                Poll::Pending
            }),
        );
        queue.run();
        let other = other.lock().unwrap().take().unwrap();
        other.join().unwrap();
        queue.run();
        assert!(handle.is_finished());
    });
}

#[test]
fn an_abort_races_with_the_run() {
    explore(3, || {
        let queue = Queue::new();
        let drops = Arc::new(AtomicUsize::new(0));
        let held = Counted(Arc::clone(&drops));
        let handle = Queue::spawn(&queue, async move {
            let _held = held;
            std::future::pending::<()>().await;
        });
        let abort = handle.abort_handle();
        let other = thread::spawn({
            let queue = Arc::clone(&queue);
            move || {
                abort.abort();
                queue.run();
            }
        });
        queue.run();
        other.join().unwrap();
        queue.run();
        assert!(handle.is_finished());
        assert_eq!(drops.load(Ordering::SeqCst), 1);
    });
}

/// Somebody reads the task while another thread wakes and runs it: neither the reading nor the wake is lost, and loom sees that the future is
/// nobody else's meanwhile.
#[test]
fn a_task_is_read_while_it_is_woken_and_run() {
    explore(3, || {
        let queue = Queue::new();
        let (waker, polls) = (Arc::new(Mutex::new(None::<Waker>)), Arc::new(AtomicUsize::new(0)));
        let (woken, counted) = (Arc::clone(&waker), Arc::clone(&polls));
        let handle = Queue::spawn(
            &queue,
            poll_fn(move |cx| {
                *woken.lock().unwrap() = Some(cx.waker().clone());
                if counted.fetch_add(1, Ordering::SeqCst) == 0 { Poll::Pending } else { Poll::Ready(()) }
            }),
        );
        queue.run();
        let read = handle.abort_handle();
        let reader = thread::spawn(move || read.dump());
        let waker = waker.lock().unwrap().take().unwrap();
        waker.wake();
        queue.run();
        let state = reader.join().unwrap().map(|task| task.state());
        assert!(matches!(state, None | Some(TaskState::Idle | TaskState::Scheduled | TaskState::Running)));
        // Where the wake came while the task was claimed, the reader has queued it.
        queue.run();
        assert_eq!(polls.load(Ordering::SeqCst), 2);
        assert!(handle.is_finished());
    });
}

/// Two read the task at once: one finds it running, and says so.
#[test]
fn a_task_is_read_by_two() {
    explore(3, || {
        let queue = Queue::new();
        let handle = Queue::spawn(&queue, std::future::pending::<()>());
        queue.run();
        let other = handle.abort_handle();
        let reader = thread::spawn(move || other.dump().unwrap().state());
        let here = handle.dump().unwrap().state();
        let there = reader.join().unwrap();
        assert!(here == TaskState::Idle || there == TaskState::Idle, "{here:?} {there:?}");
        assert_eq!(handle.dump().unwrap().state(), TaskState::Idle);
        handle.abort();
        queue.run();
    });
}

/// The task is cancelled while it is read: it is dropped once, by whoever takes it from the queue.
#[test]
fn a_task_is_read_while_it_is_cancelled() {
    explore(3, || {
        let queue = Queue::new();
        let drops = Arc::new(AtomicUsize::new(0));
        let held = Counted(Arc::clone(&drops));
        let handle = Queue::spawn(&queue, async move {
            std::future::pending::<()>().await;
            drop(held);
        });
        queue.run();
        let other = handle.abort_handle();
        let reader = thread::spawn(move || drop(other.dump()));
        handle.abort();
        queue.run();
        reader.join().unwrap();
        queue.run();
        assert_eq!(drops.load(Ordering::SeqCst), 1);
        assert!(handle.is_finished());
    });
}
