//! Sleeping tasks: armed on one seat, and polled, reset or dropped there or elsewhere.

use std::cell::RefCell;
use std::pin::Pin;
use std::rc::Rc;

use super::*;
use crate::timer::{Instant, Sleep};

const SOON: Duration = Duration::from_millis(2);
const NEVER: Duration = Duration::from_secs(24 * 3600);

fn sleep(duration: Duration) -> Sleep {
    Sleep::new(Instant::after(duration))
}

/// Polls `sleep` once: it is armed on the seat of this thread.
async fn arm(sleep: &mut Sleep) {
    poll_fn(|context| {
        assert!(Pin::new(&mut *sleep).poll(context).is_pending());
        Poll::Ready(())
    })
    .await;
}

on_both!(sleeps_are_not_early, async {
    let begin = Instant::now();
    let handles: Vec<_> = (0..20_u64)
        .rev()
        .map(|n| {
            spawn(async move {
                let mut sleep = sleep(Duration::from_micros(n * 200));
                (&mut sleep).await;
                (&mut sleep).await;
                assert!(sleep.is_elapsed());
                assert!(Instant::now() >= sleep.deadline());
            })
        })
        .collect();
    for handle in handles {
        handle.await.unwrap();
    }
    assert!(begin.elapsed() >= Duration::from_micros(19 * 200));
});

on_both!(what_is_dropped_keeps_nobody_awake, async {
    let begin = Instant::now();
    spawn(async {
        let mut never = sleep(NEVER);
        arm(&mut never).await;
        assert!(!never.is_elapsed());
    })
    .await
    .unwrap();
    sleep(SOON).await;
    assert!(begin.elapsed() < NEVER);
});

on_both!(an_armed_sleep_is_awaited_on_another_seat, async {
    let mut moved = sleep(SOON);
    arm(&mut moved).await;
    let elsewhere = std::thread::spawn(move || {
        let runtime = plan::build::<One>().unwrap();
        plan::block_on(&runtime, &mut moved);
        Instant::now() >= moved.deadline()
    });
    assert!(spawn_blocking(move || elsewhere.join().unwrap()).await.unwrap());
});

on_both!(an_armed_sleep_is_dropped_on_another_thread, async {
    let mut moved = sleep(NEVER);
    arm(&mut moved).await;
    spawn_blocking(move || drop(moved)).await.unwrap();
    sleep(SOON).await;
});

on_both!(a_reset_moves_the_wake, async {
    let shared = Rc::new(RefCell::new(sleep(NEVER)));
    let sleeper = Rc::clone(&shared);
    let waiting =
        spawn_local(async move { poll_fn(|context| Pin::new(&mut *sleeper.borrow_mut()).poll(context)).await });
    yield_now().await;
    yield_now().await;
    Pin::new(&mut *shared.borrow_mut()).reset(Instant::after(SOON));
    waiting.await.unwrap();
    assert!(shared.borrow().is_elapsed());
    // What has ended begins anew.
    Pin::new(&mut *shared.borrow_mut()).reset(Instant::after(SOON));
    assert!(!shared.borrow().is_elapsed());
    poll_fn(|context| Pin::new(&mut *shared.borrow_mut()).poll(context)).await;
});

on_both!(a_reset_on_a_thread_without_a_seat_wakes, async {
    let shared = Arc::new(Mutex::new(sleep(NEVER)));
    let (armed, arming) = mpsc::channel();
    let resets = Arc::clone(&shared);
    let reset = spawn_blocking(move || {
        arming.recv().unwrap();
        Pin::new(&mut *resets.lock().unwrap()).reset(Instant::after(SOON));
    });
    poll_fn(|context| {
        let poll = Pin::new(&mut *shared.lock().unwrap()).poll(context);
        // After the first poll nobody is left to hear it.
        let _ = armed.send(());
        poll
    })
    .await;
    reset.await.unwrap();
});

#[test]
fn a_sleep_outlives_its_runtime() {
    let mut moved = sleep(SOON);
    let runtime = plan::build::<One>().unwrap();
    plan::block_on(&runtime, arm(&mut moved));
    drop(runtime);
    let runtime = plan::build::<Two>().unwrap();
    plan::block_on(&runtime, &mut moved);
    assert!(Instant::now() >= moved.deadline());
}

#[test]
fn one_worker_fires_in_the_order_of_deadlines() {
    let runtime = plan::build::<One>().unwrap();
    let base = Instant::after(SOON);
    let order = Arc::new(Mutex::new(Vec::new()));
    let handles: Vec<_> = [3, 1, 2]
        .map(|n| {
            let order = Arc::clone(&order);
            plan::spawn(&runtime, async move {
                Sleep::new(base + n * SOON).await;
                order.lock().unwrap().push(n);
            })
        })
        .into();
    plan::block_on(&runtime, async {
        for handle in handles {
            handle.await.unwrap();
        }
    });
    assert_eq!(*order.lock().unwrap(), [1, 2, 3]);
}

#[test]
fn a_sleep_outside_of_a_runtime_says_so() {
    let result = catch_unwind(|| {
        let sleep = pin!(sleep(SOON));
        let _ = sleep.poll(&mut std::task::Context::from_waker(Waker::noop()));
    });
    let message = *result.unwrap_err().downcast::<&str>().unwrap();
    assert!(message.contains("no zokio runtime"), "{message}");
}
