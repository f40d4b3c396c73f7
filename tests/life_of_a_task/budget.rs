//! `max_task_size`: what is larger does not become a task. (That the struct's own `spawn` does not compile then, the UI tests show.)

use std::panic::{AssertUnwindSafe, catch_unwind};

use zokio::plumbing::Handle;
use zokio::task::{spawn, spawn_local};

#[zokio::runtime(workers = 1, io = none, max_task_size = 256, report = off)]
struct One;

#[zokio::runtime(workers = 2, io = none, max_task_size = 256, report = off)]
struct Two;

#[zokio::async_fn]
async fn large() -> usize {
    let buffer = [1_u8; 300];
    let (short, shorter, shortest) = ([1_u8; 30], [1_u8; 20], [1_u8; 10]);
    std::future::ready(()).await;
    buffer.len() + short.len() + shorter.len() + shortest.len()
}

/// What a spawn panics with.
fn refused<R>(spawn: impl FnOnce() -> R) -> String {
    let Err(payload) = catch_unwind(AssertUnwindSafe(spawn)) else { panic!("it was not refused") };
    *payload.downcast::<String>().expect("the message is text")
}

fn both(block_on: impl Fn(&dyn Fn())) {
    block_on(&|| {
        let handle = Handle::current();
        let size = size_of_val(&large());
        for message in [refused(|| spawn(large())), refused(|| spawn_local(large())), refused(|| handle.spawn(large()))]
        {
            let wanted = format!(
                "this task's future has {size} bytes, and `max_task_size = 256` allows no more; its largest slots: `buffer` (300), \
                 `short` (30), `shorter` (20); hold less across its awaits, or box what is large: "
            );
            assert!(message.starts_with(&wanted), "{message}");
        }
        let native = async {
            let buffer = [1_u8; 300];
            std::future::ready(()).await;
            buffer.len()
        };
        let message = refused(|| spawn(native));
        assert!(message.contains("allows no more; hold less") && message.contains("budget::both"), "{message}");
        // What fits, and what is boxed.
        drop((spawn(async {}), spawn(Box::pin(large())), spawn_local(Box::pin(large()))));
    });
}

#[test]
fn a_free_spawn_of_a_large_future_panics() {
    both(|run| One::new().unwrap().block_on(async { run() }));
    both(|run| Two::new().unwrap().block_on(async { run() }));
}

#[test]
fn the_future_of_block_on_may_have_any_size() {
    assert_eq!(One::new().unwrap().block_on(large()), 360);
}

#[test]
fn the_report_says_it() {
    let row = One::OPTIMIZATION_REPORT.decisions.iter().find(|row| row.key == "max_task_size").unwrap();
    assert_eq!(row.value, "256");
}
