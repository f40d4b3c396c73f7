//! Pinned tasks between their owner and another thread: wakes arrive, outputs and tasks end exactly once.
#![allow(unsafe_code)] // makes handles as `spawn` does

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::Arc as StdArc;
use std::task::{Context as TaskContext, Poll, Waker};

use loom::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use loom::sync::{Arc, Mutex};
use loom::thread;

use super::{Bed, Call, explore};
use crate::context::{self, Context, SeatContext};
use crate::task::{JoinHandle, LocalTasks};
use crate::testing;
use crate::worker::mailbox::{Mailbox, MailboxRef};

/// A seat without driver and timer: sleeps in a bed.
struct Owner {
    bed: Arc<Bed>,
    mailbox: MailboxRef<Call>,
    local: LocalTasks,
}

impl Owner {
    fn new() -> Self {
        let bed = Arc::new(Bed::default());
        let mailbox = Mailbox::new(Call(Arc::clone(&bed)));
        let local = LocalTasks::new(Mailbox::home(&mailbox), None);
        Self { bed, mailbox, local }
    }

    fn enter<R>(&self, f: impl FnOnce() -> R) -> R {
        let handle = testing::handle();
        let (io, timer) = (testing::driver(), testing::TestTimer::default());
        let seat = SeatContext { local: &self.local, io: &io, timer: &timer, worker: None };
        context::enter(&Context { handle: &handle, seat: Some(seat) }, f)
    }

    fn spawn<F: Future>(&self, future: F) -> JoinHandle<F::Output> {
        let task = self.local.spawn(future);
        // SAFETY: `spawn` counted a reference for the handle.
        unsafe { JoinHandle::new(task) }
    }

    /// Runs what is ready, without sleeping.
    fn turn(&self) {
        self.mailbox.receive(&self.local);
        while let Some(task) = self.local.queue.pop() {
            self.local.run(task);
        }
    }

    /// Runs until `done`, sleeping as a seat does.
    fn run_until(&self, done: impl Fn() -> bool) {
        loop {
            self.turn();
            if done() {
                return;
            }
            if self.mailbox.parker.prepare() && self.mailbox.is_empty() {
                self.bed.sleep();
            }
            self.mailbox.parker.awake();
        }
    }

    fn close(&self) {
        self.mailbox.close(&self.local, || ());
        assert_eq!(self.local.len(), 0, "no task is left behind");
    }
}

/// Counts its drops; loom itself reports it when one is leaked.
struct Counted(Arc<AtomicUsize>);

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

fn poll_once<T>(handle: &mut JoinHandle<T>, waker: &Waker) -> Poll<Result<T, crate::task::JoinError>> {
    Pin::new(handle).poll(&mut TaskContext::from_waker(waker))
}

#[test]
fn a_wake_from_another_thread_is_not_lost() {
    explore(3, || {
        let owner = Owner::new();
        owner.enter(|| {
            let ready = Arc::new(AtomicBool::new(false));
            let mut other = None;
            let seen = Arc::clone(&ready);
            let task = owner.spawn(poll_fn(move |context| {
                if seen.load(Ordering::Acquire) {
                    return Poll::Ready(());
                }
                if other.is_none() {
                    let (waker, ready) = (context.waker().clone(), Arc::clone(&seen));
                    other = Some(thread::spawn(move || {
                        ready.store(true, Ordering::Release);
                        waker.wake();
                    }));
                }
                Poll::Pending
            }));
            owner.run_until(|| task.is_finished());
            drop(task);
            owner.close();
        });
    });
}

#[test]
fn a_handle_dropped_elsewhere_drops_the_output_once() {
    explore(3, || {
        let owner = Owner::new();
        owner.enter(|| {
            let drops = Arc::new(AtomicUsize::new(0));
            let output = Counted(Arc::clone(&drops));
            let handle = owner.spawn(async move { output });
            let other = thread::spawn(move || drop(handle));
            owner.turn();
            other.join().unwrap();
            owner.close();
            assert_eq!(drops.load(Ordering::SeqCst), 1);
        });
    });
}

#[test]
fn a_handle_awaited_elsewhere_gets_the_output() {
    explore(3, || {
        let owner = Owner::new();
        owner.enter(|| {
            let drops = Arc::new(AtomicUsize::new(0));
            let output = Counted(Arc::clone(&drops));
            let mut handle = owner.spawn(async move { output });
            let other = thread::spawn(move || {
                let woken = StdArc::new(Flag::default());
                let waker = Waker::from(StdArc::clone(&woken));
                match poll_once(&mut handle, &waker) {
                    Poll::Ready(output) => drop(output.unwrap()),
                    Poll::Pending => {
                        woken.wait();
                        assert!(poll_once(&mut handle, &waker).is_ready(), "woken, so complete");
                    }
                }
            });
            owner.run_until(|| drops.load(Ordering::SeqCst) == 1 || owner.local.len() == 0);
            owner.close_after(other);
            assert_eq!(drops.load(Ordering::SeqCst), 1);
        });
    });
}

#[test]
fn wakers_outlive_the_seat() {
    explore(2, || {
        let owner = Owner::new();
        owner.enter(|| {
            let drops = Arc::new(AtomicUsize::new(0));
            let held = Counted(Arc::clone(&drops));
            let mut others = Vec::new();
            let (send, receive) = std::sync::mpsc::channel();
            drop(owner.spawn(poll_fn(move |context| {
                let _ = &held;
                let _ = send.send(context.waker().clone());
                Poll::<()>::Pending
            })));
            owner.turn();
            let waker = receive.recv().unwrap();
            others.push(thread::spawn(move || waker.clone().wake()));
            owner.close();
            assert_eq!(drops.load(Ordering::SeqCst), 1, "the future is dropped by the close, wakers or not");
            for other in others {
                other.join().unwrap();
            }
        });
    });
}

#[test]
fn an_abort_from_another_thread_races_with_completion() {
    explore(3, || {
        let owner = Owner::new();
        owner.enter(|| {
            let drops = Arc::new(AtomicUsize::new(0));
            let held = Counted(Arc::clone(&drops));
            let handle = owner.spawn(async move {
                let _held = held;
            });
            let abort = handle.abort_handle();
            let other = thread::spawn(move || abort.abort());
            owner.turn();
            other.join().unwrap();
            owner.turn();
            assert!(handle.is_finished());
            assert_eq!(drops.load(Ordering::SeqCst), 1);
            drop(handle);
            owner.close();
        });
    });
}

#[test]
fn references_are_counted_elsewhere_and_dropped_here() {
    explore(3, || {
        let owner = Owner::new();
        owner.enter(|| {
            let drops = Arc::new(AtomicUsize::new(0));
            let output = Counted(Arc::clone(&drops));
            let handle = owner.spawn(async move { output });
            let abort = handle.abort_handle();
            let cloned = Arc::new(Mutex::new(None));
            let other = thread::spawn({
                let cloned = Arc::clone(&cloned);
                move || *cloned.lock().unwrap() = Some(abort.clone())
            });
            owner.turn();
            drop(handle);
            let early = cloned.lock().unwrap().take();
            drop(early);
            other.join().unwrap();
            let late = cloned.lock().unwrap().take();
            drop(late);
            owner.turn();
            assert_eq!(owner.local.len(), 0, "the last reference is gone, and the owner has heard of it");
            assert_eq!(drops.load(Ordering::SeqCst), 1);
            owner.close();
        });
    });
}

#[test]
fn references_of_a_waiting_task_are_counted_elsewhere_and_dropped_here() {
    explore(3, || {
        let owner = Owner::new();
        owner.enter(|| {
            let handle = owner.spawn(std::future::pending::<()>());
            let abort = handle.abort_handle();
            drop(handle);
            let cloned = Arc::new(Mutex::new(None));
            let other = thread::spawn({
                let cloned = Arc::clone(&cloned);
                move || {
                    *cloned.lock().unwrap() = Some(abort.clone());
                    abort.abort();
                }
            });
            owner.turn();
            let early = cloned.lock().unwrap().take();
            drop(early);
            other.join().unwrap();
            owner.turn();
            let late = cloned.lock().unwrap().take();
            drop(late);
            assert_eq!(owner.local.len(), 0, "aborted, and nobody holds a reference");
            owner.close();
        });
    });
}

#[test]
fn a_task_accepted_during_the_close_is_cancelled() {
    explore(2, || {
        let owner = Owner::new();
        let drops = Arc::new(AtomicUsize::new(0));
        let held = Counted(Arc::clone(&drops));
        let task = crate::task::remote::allocate(async move { drop(held) }, Mailbox::home(&owner.mailbox));
        // SAFETY: `allocate` counted a reference for the handle.
        let handle = unsafe { JoinHandle::<()>::new(task) };
        let mailbox = MailboxRef::clone(&owner.mailbox);
        let other = thread::spawn(move || Mailbox::accept(&mailbox, task));
        owner.enter(|| owner.close());
        Mailbox::drain_closed(&owner.mailbox);
        // The other thread may be the task's owner by now: this one must not act as if it still were.
        drop(handle);
        other.join().unwrap();
        assert_eq!(drops.load(Ordering::SeqCst), 1);
    });
}

impl Owner {
    /// Closes once the other thread has ended, serving it meanwhile.
    fn close_after(&self, other: thread::JoinHandle<()>) {
        other.join().unwrap();
        self.close();
    }
}

/// A waker that loom understands.
#[derive(Default)]
struct Flag(Bed);

impl Flag {
    fn wait(&self) {
        self.0.sleep();
    }
}

impl std::task::Wake for Flag {
    fn wake(self: StdArc<Self>) {
        *self.0.unparked.lock().unwrap() = true;
        self.0.called.notify_one();
    }
}
