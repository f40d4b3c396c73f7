//! Asked from a thread that is not the tasks' own.

use std::sync::mpsc;
use std::thread;

use zokio::plumbing::Handle;
use zokio::task::{TaskState, spawn};
use zokio_tests::{Gate, yield_now};

use crate::support::{OF_ROOT, One, expressions, named, root};

#[test]
fn another_thread_asks_the_one_that_runs_them() {
    let gate = Gate::new();
    let (send, receive) = mpsc::channel::<(Handle, zokio::task::AbortHandle, Gate)>();
    let other = thread::spawn(move || {
        let (handle, task, gate) = receive.recv().unwrap();
        let (dump, task) = (handle.dump(), task.dump().unwrap());
        gate.open();
        (dump, task)
    });
    One::new().unwrap().block_on(async {
        let task = spawn(root(gate.clone()));
        yield_now().await;
        send.send((Handle::current(), task.abort_handle(), gate)).unwrap();
        task.await.unwrap();
    });
    let (dump, task) = other.join().unwrap();
    assert_eq!(dump.unanswered(), 0);
    // The task, and the future of `block_on`: not what asks them.
    assert_eq!(dump.tasks().len(), 2, "{dump}");
    assert_eq!(expressions(named(&dump, "support::root")[0]), OF_ROOT);
    assert_eq!(expressions(&task), OF_ROOT);
    assert_eq!(task.state(), TaskState::Idle);
}

#[test]
fn a_thread_in_a_long_poll_is_not_waited_for() {
    One::new().unwrap().block_on(async {
        let task = spawn(root(Gate::new()));
        yield_now().await;
        let (handle, abort) = (Handle::current(), task.abort_handle());
        // This poll lasts until the answer is there.
        let (dump, task) = thread::spawn(move || (handle.dump(), abort.dump().unwrap())).join().unwrap();
        assert_eq!((dump.tasks().len(), dump.unanswered()), (0, 1));
        assert_eq!((task.state(), task.awaits().len()), (TaskState::Idle, 0));
    });
}

#[test]
fn a_runtime_that_has_ended_has_no_tasks() {
    let runtime = One::new().unwrap();
    let handle = runtime.handle();
    let task = runtime.spawn(root(Gate::new()));
    drop(runtime);
    let (dump, read) = thread::spawn(move || (handle.dump(), task.dump())).join().unwrap();
    assert_eq!((dump.tasks().len(), dump.unanswered()), (0, 0));
    assert!(read.is_none());
}

#[test]
fn tasks_are_read_while_their_runtime_ends() {
    for _ in 0..50 {
        let runtime = One::new().unwrap();
        let handle = runtime.handle();
        let tasks: Vec<_> = (0..20).map(|_| runtime.spawn(root(Gate::new()))).collect();
        runtime.block_on(yield_now());
        let asker = thread::spawn(move || {
            for task in &tasks {
                drop(task.dump());
                task.abort();
            }
            handle.dump().tasks().len()
        });
        // With requests under way.
        drop(runtime);
        asker.join().unwrap();
    }
}

#[test]
fn many_threads_ask_at_once_while_tasks_come_and_go() {
    One::new().unwrap().block_on(async {
        let handle = Handle::current();
        let askers: Vec<_> = (0..3)
            .map(|_| {
                let handle = handle.clone();
                thread::spawn(move || {
                    for _ in 0..200 {
                        for task in named(&handle.dump(), "support::root") {
                            let expressions = expressions(task);
                            assert!(OF_ROOT.starts_with(&expressions), "{task}");
                        }
                    }
                })
            })
            .collect();
        while askers.iter().any(|asker| !asker.is_finished()) {
            let gate = Gate::new();
            let tasks: Vec<_> = (0..4).map(|_| spawn(root(gate.clone()))).collect();
            yield_now().await;
            gate.open();
            for task in tasks {
                assert_eq!(task.await.unwrap(), 7);
            }
        }
        askers.into_iter().for_each(|asker| asker.join().unwrap());
    });
}
