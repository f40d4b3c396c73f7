//! References of pinned tasks that are counted on one thread and dropped on another.

use super::*;
use crate::task::AbortHandle;
use crate::worker::plan::Schedule;

/// How many tasks of the entry seat are not freed.
fn tasks(runtime: &One) -> usize {
    runtime.scheduler.entry().local.len()
}

fn clones(handle: &AbortHandle, count: usize) -> Vec<AbortHandle> {
    (0..count).map(|_| handle.clone()).collect()
}

/// The clones are made on a thread that is not the tasks' owner.
fn cloned_elsewhere(handle: AbortHandle, count: usize) -> Vec<AbortHandle> {
    std::thread::spawn(move || clones(&handle, count)).join().unwrap()
}

#[test]
fn handles_cloned_elsewhere_are_dropped_here_while_the_task_waits() {
    let runtime = plan::build::<One>().unwrap();
    plan::block_on(&runtime, async {
        let handle = spawn(std::future::pending::<()>());
        yield_now().await;
        drop(cloned_elsewhere(handle.abort_handle(), 5));
        handle.abort_handle().abort();
        assert!(handle.await.unwrap_err().is_cancelled());
        assert_eq!(tasks(&runtime), 1, "there is the future of the `block_on`, and nothing else");
    });
}

#[test]
fn handles_cloned_elsewhere_are_dropped_here_after_the_task() {
    let runtime = plan::build::<One>().unwrap();
    plan::block_on(&runtime, async {
        let mut handle = spawn(async { 1 });
        let clones = cloned_elsewhere(handle.abort_handle(), 5);
        assert_eq!((&mut handle).await.unwrap(), 1);
        drop(clones);
        drop(handle);
        assert_eq!(tasks(&runtime), 1, "there is the future of the `block_on`, and nothing else");
    });
}

#[test]
fn the_last_handle_is_dropped_elsewhere_after_one_that_was_cloned_there() {
    let runtime = plan::build::<One>().unwrap();
    plan::block_on(&runtime, async {
        let handle = spawn(async {});
        let mut clones = cloned_elsewhere(handle.abort_handle(), 2);
        drop(clones.pop());
        handle.await.unwrap();
        assert_eq!(tasks(&runtime), 1, "what is left belongs to the other threads");
        std::thread::spawn(move || drop(clones)).join().unwrap();
    });
}

#[test]
fn references_move_between_the_counts_without_end() {
    // More than one word can count, in steps that it can. Outside of `block_on` this thread is like any other.
    const ROUNDS: usize = 22;
    const STEP: usize = 100_000;
    let runtime = plan::build::<One>().unwrap();
    let handle = plan::spawn(&runtime, std::future::pending::<()>());
    let abort = handle.abort_handle();
    for _ in 0..ROUNDS {
        let counted_here = plan::block_on(&runtime, async { clones(&abort, STEP) });
        drop(counted_here);
    }
    for _ in 0..ROUNDS {
        let counted_elsewhere = clones(&abort, STEP);
        plan::block_on(&runtime, async { drop(counted_elsewhere) });
    }
    abort.abort();
    assert!(plan::block_on(&runtime, handle).unwrap_err().is_cancelled());
}
