//! Tasks through the names that programs use.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use zokio::task::yield_now;

#[zokio::test(workers = 1, io = none, report = off)]
async fn yielding_tasks_take_turns() {
    let turns = Rc::new(RefCell::new(Vec::new()));
    let tasks: Vec<_> = (0..3)
        .map(|n| {
            let turns = Rc::clone(&turns);
            zokio::spawn_local(async move {
                for _ in 0..4 {
                    turns.borrow_mut().push(n);
                    yield_now().await;
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!(*turns.borrow(), [0, 1, 2].repeat(4));
}

#[zokio::test(workers = 2, io = none, report = off)]
async fn a_task_that_yields_forever_starves_nobody() {
    let yields = Arc::new(AtomicUsize::new(0));
    let forever: Vec<_> = (0..4)
        .map(|_| {
            let yields = Arc::clone(&yields);
            zokio::spawn(async move {
                loop {
                    yields.fetch_add(1, Ordering::Relaxed);
                    yield_now().await;
                }
            })
        })
        .collect();
    let sum = zokio::spawn(async {
        let mut sum = 0;
        for n in 0..100 {
            sum += zokio::spawn(async move { n }).await.unwrap();
        }
        sum + zokio::spawn_blocking(|| 1).await.unwrap()
    });
    assert_eq!(sum.await.unwrap(), 4951);
    for task in forever {
        task.abort();
        assert!(task.await.unwrap_err().is_cancelled());
    }
    assert_ne!(yields.load(Ordering::Relaxed), 0);
}
