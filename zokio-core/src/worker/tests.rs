//! Runtimes assembled by hand, as the macro would: tasks of both kinds, from spawn to shutdown.

use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::task::{Poll, Waker};
use std::time::Duration;

use super::plan::{self, Assembled, Parts, Plan, Workers};
use super::strategy::LocalFirst;
use super::{OneWorker, WorkStealing};
use crate::driver::NoDriver;
use crate::queue::{LocalQueue, StealQueue};
use crate::report::OptimizationReport;
use crate::spawn::{spawn, spawn_blocking, spawn_local};
use crate::task::Task;
use crate::testing::{REPORT, TestTimer, Unit};

macro_rules! runtime {
    ($name:ident, $scheduler:ident, $queue:ty, $workers:expr, stealing = $stealing:literal, $driver:ty) => {
        struct $name {
            scheduler: $scheduler<Self>,
            driver: $driver,
            allocator: Unit,
            timer: TestTimer,
        }

        impl Plan for $name {
            type Scheduler = $scheduler<Self>;
            type Driver = $driver;
            type Allocator = Unit;
            type Timer = TestTimer;
            type Queue = $queue;
            type Strategy = LocalFirst;
            const NAME: &'static str = stringify!($name);
            const WORKERS: Workers = Workers::Exactly($workers);
            const STEALING: bool = $stealing;
            const BLOCKING_THREADS: usize = 4;
            const THREAD_NAME: &'static str = "test";
            const REPORT: &'static OptimizationReport = &REPORT;

            fn assemble(parts: Assembled<Self>) -> Self {
                let Assembled { scheduler, driver, allocator, timer } = parts;
                Self { scheduler, driver, allocator, timer }
            }

            fn parts(&self) -> Parts<'_, Self> {
                Parts {
                    scheduler: &self.scheduler,
                    driver: &self.driver,
                    allocator: &self.allocator,
                    timer: &self.timer,
                }
            }
        }

        impl Drop for $name {
            fn drop(&mut self) {
                plan::shutdown(self);
            }
        }
    };
}

runtime!(One, OneWorker, LocalQueue, 1, stealing = false, NoDriver);
runtime!(Two, WorkStealing, StealQueue<Task, 4>, 2, stealing = true, NoDriver);

/// Runs one body on both kinds of runtime.
macro_rules! on_both {
    ($name:ident, $body:expr) => {
        mod $name {
            use super::*;

            #[test]
            fn one_worker() {
                let runtime = plan::build::<One>().unwrap();
                let result = plan::block_on(&runtime, $body);
                drop(runtime);
                result
            }

            #[test]
            fn two_workers() {
                let runtime = plan::build::<Two>().unwrap();
                let result = plan::block_on(&runtime, $body);
                drop(runtime);
                result
            }
        }
    };
}

async fn yield_now() {
    let mut yielded = false;
    poll_fn(|context| {
        if std::mem::replace(&mut yielded, true) {
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

/// Counts its drops.
struct Counted(Arc<AtomicUsize>);

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

on_both!(a_task_returns_its_output, async {
    assert_eq!(spawn(async { 6 * 7 }).await.unwrap(), 42);
});

on_both!(a_thousand_tasks_yield_and_return, async {
    let handles: Vec<_> = (0..1000_usize)
        .map(|n| {
            spawn(async move {
                for _ in 0..n % 7 {
                    yield_now().await;
                }
                n
            })
        })
        .collect();
    for (n, handle) in handles.into_iter().enumerate() {
        assert_eq!(handle.await.unwrap(), n);
    }
});

on_both!(tasks_spawn_tasks, async {
    fn tree(depth: u32) -> std::pin::Pin<Box<dyn Future<Output = u32> + Send>> {
        Box::pin(async move {
            if depth == 0 {
                return 1;
            }
            let (left, right) = (spawn(tree(depth - 1)), spawn(tree(depth - 1)));
            left.await.unwrap() + right.await.unwrap()
        })
    }
    assert_eq!(spawn(tree(10)).await.unwrap(), 1024);
});

on_both!(a_panic_becomes_the_handles_error, async {
    let error = spawn(async { panic!("so it goes") }).await.unwrap_err();
    assert!(error.is_panic() && !error.is_cancelled());
    assert_eq!(error.to_string(), "task panicked with message \"so it goes\"");
    assert_eq!(*error.into_panic().downcast::<&str>().unwrap(), "so it goes");
});

on_both!(abort_drops_the_future_once, async {
    let drops = Arc::new(AtomicUsize::new(0));
    let guard = Counted(Arc::clone(&drops));
    let handle = spawn(async move {
        let _guard = guard;
        std::future::pending::<()>().await;
    });
    yield_now().await;
    handle.abort();
    assert!(handle.await.unwrap_err().is_cancelled());
    assert_eq!(drops.load(Ordering::SeqCst), 1);
});

on_both!(a_detached_task_runs_on_and_drops_its_output, async {
    let drops = Arc::new(AtomicUsize::new(0));
    let (waker, woken) = mpsc::channel::<Waker>();
    let output = Counted(Arc::clone(&drops));
    let release = Arc::new(AtomicUsize::new(0));
    let released = Arc::clone(&release);
    drop(spawn(async move {
        poll_fn(|context| {
            waker.send(context.waker().clone()).unwrap();
            if released.load(Ordering::SeqCst) == 0 { Poll::Pending } else { Poll::Ready(()) }
        })
        .await;
        output
    }));
    let waker = spawn_blocking(move || woken.recv().unwrap()).await.unwrap();
    release.store(1, Ordering::SeqCst);
    // A wake by another thread.
    spawn_blocking(move || waker.wake()).await.unwrap();
    while drops.load(Ordering::SeqCst) == 0 {
        yield_now().await;
    }
});

on_both!(local_tasks_stay_on_their_thread, async {
    let here = std::thread::current().id();
    let shared = std::rc::Rc::new(std::cell::Cell::new(0));
    let also = std::rc::Rc::clone(&shared);
    let thread = spawn_local(async move {
        yield_now().await;
        also.set(1);
        std::thread::current().id()
    });
    assert_eq!(thread.await.unwrap(), here);
    assert_eq!(shared.get(), 1);
});

on_both!(blocking_calls_return_and_panic, async {
    assert_eq!(spawn_blocking(|| 7).await.unwrap(), 7);
    assert!(spawn_blocking(|| panic!("blocked")).await.unwrap_err().is_panic());
    let nested = spawn_blocking(|| spawn(async { 8 })).await.unwrap();
    assert_eq!(nested.await.unwrap(), 8);
});

on_both!(a_handle_is_awaited_on_another_runtime, async {
    let handle = spawn(async {
        yield_now().await;
        "over there"
    });
    let elsewhere = std::thread::spawn(move || {
        let runtime = plan::build::<One>().unwrap();
        plan::block_on(&runtime, handle).unwrap()
    });
    let joined = spawn_blocking(move || elsewhere.join().unwrap());
    assert_eq!(joined.await.unwrap(), "over there");
});

on_both!(spawning_through_a_handle_from_another_thread, async {
    let handle = crate::handle::Handle::current();
    let spawned = std::thread::spawn(move || handle.spawn(async { 9 })).join().unwrap();
    assert_eq!(spawned.await.unwrap(), 9);
});

/// What is pending at the end is dropped by the shutdown, on both kinds of runtime, and handles say so.
fn shutdown_drops_what_is_pending<P: Plan>() {
    let drops = Arc::new(AtomicUsize::new(0));
    let runtime = plan::build::<P>().unwrap();
    let wakers = Arc::new(Mutex::new(Vec::new()));
    let handles: Vec<_> = (0..100)
        .map(|_| {
            let (guard, wakers) = (Counted(Arc::clone(&drops)), Arc::clone(&wakers));
            plan::spawn(&runtime, async move {
                let _guard = guard;
                poll_fn(|context| {
                    wakers.lock().unwrap().push(context.waker().clone());
                    Poll::<()>::Pending
                })
                .await;
            })
        })
        .collect();
    plan::block_on(&runtime, async {
        while wakers.lock().unwrap().len() < 100 {
            yield_now().await;
        }
    });
    let handle = plan::handle(&runtime);
    drop(runtime);
    assert_eq!(drops.load(Ordering::SeqCst), 100);
    for waker in wakers.lock().unwrap().drain(..) {
        waker.wake();
    }
    let late = handle.spawn(async {});
    let other = plan::build::<One>().unwrap();
    plan::block_on(&other, async {
        for handle in handles {
            assert!(handle.await.unwrap_err().is_cancelled());
        }
        assert!(late.await.unwrap_err().is_cancelled());
    });
}

#[test]
fn shutdown_of_one_worker_drops_what_is_pending() {
    shutdown_drops_what_is_pending::<One>();
}

#[test]
fn shutdown_of_two_workers_drops_what_is_pending() {
    shutdown_drops_what_is_pending::<Two>();
}

#[test]
fn a_panic_of_the_root_future_goes_through_block_on() {
    let runtime = plan::build::<One>().unwrap();
    let result = catch_unwind(AssertUnwindSafe(|| plan::block_on(&runtime, async { panic!("root") })));
    assert_eq!(*result.unwrap_err().downcast::<&str>().unwrap(), "root");
    assert_eq!(plan::block_on(&runtime, async { 1 }), 1);
}

#[test]
fn two_runtimes_wake_each_others_tasks() {
    let (to_other, from_one) = mpsc::channel::<Waker>();
    let other = std::thread::spawn(move || {
        let runtime = plan::build::<Two>().unwrap();
        plan::block_on(&runtime, async move {
            let waker = spawn_blocking(move || from_one.recv().unwrap()).await.unwrap();
            spawn(async move { waker.wake() }).await.unwrap();
        });
    });
    let runtime = plan::build::<One>().unwrap();
    let mut sent = false;
    plan::block_on(
        &runtime,
        poll_fn(|context| {
            if std::mem::replace(&mut sent, true) {
                return Poll::Ready(());
            }
            to_other.send(context.waker().clone()).unwrap();
            Poll::Pending
        }),
    );
    other.join().unwrap();
}

#[test]
fn a_runtime_does_not_start_within_a_runtime() {
    let runtime = plan::build::<One>().unwrap();
    let inner = plan::build::<One>().unwrap();
    let result = catch_unwind(AssertUnwindSafe(|| {
        plan::block_on(&runtime, async { plan::block_on(&inner, async {}) });
    }));
    let message = *result.unwrap_err().downcast::<&str>().unwrap();
    assert!(message.contains("within a runtime"), "{message}");
}

#[test]
fn shutdown_timeout_leaves_a_closure_that_blocks() {
    let (release, released) = mpsc::channel::<()>();
    let (begun, begin) = mpsc::channel::<()>();
    let runtime = plan::build::<One>().unwrap();
    let handle = plan::spawn_blocking(&runtime, move || {
        begun.send(()).unwrap();
        released.recv().unwrap();
    });
    begin.recv().unwrap();
    plan::shutdown_timeout(&runtime, Duration::from_millis(1));
    // It would wait for ever if it waited.
    drop(runtime);
    assert!(!handle.is_finished());
    release.send(()).unwrap();
    let other = plan::build::<One>().unwrap();
    plan::block_on(&other, handle).unwrap();
}

#[test]
fn shutdown_timeout_leaves_a_task_in_the_middle_of_a_poll() {
    let (release, released) = mpsc::channel::<()>();
    let (begun, begin) = mpsc::channel::<()>();
    let runtime = plan::build::<Two>().unwrap();
    let handle = plan::spawn(&runtime, async move {
        begun.send(()).unwrap();
        released.recv().unwrap();
    });
    begin.recv().unwrap();
    plan::shutdown_timeout(&runtime, Duration::from_millis(1));
    drop(runtime);
    assert!(!handle.is_finished());
    release.send(()).unwrap();
    let other = plan::build::<One>().unwrap();
    plan::block_on(&other, handle).unwrap();
}

#[test]
fn block_on_borrows_its_future() {
    let runtime = plan::build::<One>().unwrap();
    let text = String::from("borrowed");
    let length = plan::block_on(&runtime, async {
        let future = pin!(async { text.len() });
        future.await
    });
    assert_eq!(length, 8);
}

mod lost;
mod panics;
mod references;
mod scripted;
mod shutdown;
mod start;
mod time;
