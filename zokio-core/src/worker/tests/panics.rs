//! Wakers of other people's that panic where the runtime calls them.

use std::pin::Pin;
use std::task::{Context, Wake};

use super::*;
use crate::task::JoinHandle;
use crate::timer::{Instant, Sleep};

/// Panics when it is woken.
struct Panics;

impl Wake for Panics {
    fn wake(self: Arc<Self>) {
        panic!("the waker panics");
    }
}

fn poll_with_panics<F: Future + Unpin>(future: &mut F) -> Poll<F::Output> {
    Pin::new(future).poll(&mut Context::from_waker(&Waker::from(Arc::new(Panics))))
}

/// A task that waits until it is told to go, and how to tell it.
fn waits() -> (impl Future<Output = i32> + Send, impl FnOnce()) {
    let state = Arc::new(Mutex::new((false, None::<Waker>)));
    let told = Arc::clone(&state);
    let future = poll_fn(move |context| {
        let mut state = state.lock().unwrap();
        state.1 = Some(context.waker().clone());
        if state.0 { Poll::Ready(7) } else { Poll::Pending }
    });
    let tell = move || {
        let mut state = told.lock().unwrap();
        state.0 = true;
        let waker = state.1.take();
        drop(state);
        waker.into_iter().for_each(Waker::wake);
    };
    (future, tell)
}

async fn outlives_its_panic(mut handle: JoinHandle<i32>, tell: impl FnOnce()) {
    assert!(poll_with_panics(&mut handle).is_pending());
    tell();
    while !handle.is_finished() {
        yield_now().await;
    }
    assert_eq!(handle.await.unwrap(), 7);
    // Each worker is still there.
    let after: Vec<_> = (0..10).map(|n| spawn(async move { n })).collect();
    for (n, handle) in after.into_iter().enumerate() {
        assert_eq!(handle.await.unwrap(), n);
    }
}

on_both!(a_waker_panics_when_a_task_completes, async {
    let (future, tell) = waits();
    outlives_its_panic(spawn(future), tell).await;
});

on_both!(a_waker_panics_when_a_local_task_completes, async {
    let (future, tell) = waits();
    outlives_its_panic(spawn_local(future), tell).await;
});

on_both!(a_waker_panics_that_waits_on_another_thread, async {
    let (future, tell) = waits();
    let mut handle = spawn(future);
    let handle = std::thread::spawn(move || {
        assert!(poll_with_panics(&mut handle).is_pending());
        handle
    });
    let handle = handle.join().unwrap();
    yield_now().await;
    tell();
    while !handle.is_finished() {
        yield_now().await;
    }
    assert_eq!(spawn(async { 1 }).await.unwrap(), 1);
});

on_both!(a_waker_panics_when_a_timer_fires, async {
    let mut panics = Sleep::new(Instant::after(Duration::from_millis(1)));
    assert!(poll_with_panics(&mut panics).is_pending());
    // In the same step of the wheel or after: it is woken all the same.
    Sleep::new(panics.deadline()).await;
    assert!(panics.is_elapsed());
});

fn a_waker_panics_when_the_timer_shuts_down<P: Plan>() {
    let runtime = plan::build::<P>().unwrap();
    let mut panics = Sleep::new(Instant::after(Duration::from_secs(24 * 3600)));
    plan::block_on(&runtime, async { assert!(poll_with_panics(&mut panics).is_pending()) });
    drop(runtime);
    drop(panics);
}

#[test]
fn a_waker_panics_when_one_worker_shuts_down() {
    a_waker_panics_when_the_timer_shuts_down::<One>();
}

#[test]
fn a_waker_panics_when_two_workers_shut_down() {
    a_waker_panics_when_the_timer_shuts_down::<Two>();
}

/// Panics when it is dropped.
struct Drops(&'static str);

impl Drop for Drops {
    fn drop(&mut self) {
        panic!("{} panics", self.0);
    }
}

/// A future that panics when it is dropped, after its output has been made, which does so too.
struct Ready(#[expect(dead_code, reason = "it is dropped")] Drops);

impl Future for Ready {
    type Output = Drops;

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Drops> {
        Poll::Ready(Drops("the output"))
    }
}

on_both!(future_and_output_panic_when_they_are_dropped, async {
    let error = spawn(Ready(Drops("the future"))).await.map(std::mem::forget).unwrap_err();
    assert_eq!(error.to_string(), "task panicked with message \"the future panics\"");
    assert_eq!(spawn(async { 1 }).await.unwrap(), 1);
});
