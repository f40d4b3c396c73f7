//! Several workers: idle tasks are read where nobody polls them, whichever worker was the last.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use std::thread;

use zokio::plumbing::Handle;
use zokio::task::{JoinHandle, TaskState, dump, spawn, spawn_local};
use zokio_tests::{Gate, yield_now};

use crate::support::{OF_ROOT, Two, expressions, named, root};

/// Until the task waits.
async fn is_idle<T>(task: &JoinHandle<T>) {
    while task.dump().is_some_and(|task| task.state() != TaskState::Idle) {
        yield_now().await;
    }
}

#[test]
fn tasks_of_all_workers_are_listed() {
    Two::new().unwrap().block_on(async {
        let gate = Gate::new();
        let tasks: Vec<_> = (0..100).map(|_| spawn(root(gate.clone()))).collect();
        let local = spawn_local(root(gate.clone()));
        for task in tasks.iter().chain([&local]) {
            is_idle(task).await;
        }
        let dump = dump();
        assert_eq!(dump.unanswered(), 0);
        let roots = named(&dump, "support::root");
        assert_eq!(roots.len(), 101, "{dump}");
        for task in roots {
            assert_eq!((task.state(), expressions(task).as_slice()), (TaskState::Idle, OF_ROOT.as_slice()));
        }
        gate.open();
        for task in tasks.into_iter().chain([local]) {
            assert_eq!(task.await.unwrap(), 7);
        }
    });
}

#[test]
fn a_workers_pinned_tasks_are_read_by_it() {
    Two::new().unwrap().block_on(async {
        let gate = Gate::new();
        let inner = gate.clone();
        let pinned = spawn(async move {
            let task = spawn_local(root(inner.clone()));
            inner.passed().await;
            task.await.unwrap()
        });
        let dump = loop {
            let dump = dump();
            if named(&dump, "support::root").iter().any(|task| task.state() == TaskState::Idle) {
                break dump;
            }
            yield_now().await;
        };
        assert_eq!(expressions(named(&dump, "support::root")[0]), OF_ROOT);
        gate.open();
        assert_eq!(pinned.await.unwrap(), 7);
    });
}

#[test]
fn a_task_in_the_middle_of_a_poll_is_running() {
    Two::new().unwrap().block_on(async {
        let (began, begins) = mpsc::channel();
        let (end, ends) = mpsc::channel::<()>();
        let task = spawn(zokio::async_block! {
            #![allow(blocking_call)]
            began.send(()).unwrap();
            ends.recv().unwrap();
            yield_now().await;
        });
        begins.recv().unwrap();
        let read = task.dump().unwrap();
        assert_eq!((read.state(), read.awaits().len()), (TaskState::Running, 0));
        let all = dump();
        assert!(
            all.tasks().iter().any(|other| other.id() == read.id() && other.state() == TaskState::Running),
            "{all}"
        );
        end.send(()).unwrap();
        task.await.unwrap();
    });
}

#[test]
fn no_wake_is_lost_while_tasks_are_read() {
    let runtime = Two::new().unwrap();
    let handle: Handle = runtime.handle();
    let done = Arc::new(AtomicBool::new(false));
    let asker = {
        let done = Arc::clone(&done);
        thread::spawn(move || {
            let mut dumps = 0_u64;
            while !done.load(Ordering::Relaxed) {
                for task in named(&handle.dump(), "support::root") {
                    assert!(OF_ROOT.starts_with(&expressions(task)), "{task}");
                }
                dumps += 1;
            }
            dumps
        })
    };
    runtime.block_on(async {
        for _ in 0..2_000 {
            let gate = Gate::new();
            let tasks: Vec<_> = (0..4).map(|_| spawn(root(gate.clone()))).collect();
            yield_now().await;
            gate.open();
            for task in tasks {
                assert_eq!(task.await.unwrap(), 7);
            }
        }
    });
    done.store(true, Ordering::Relaxed);
    assert!(asker.join().unwrap() > 0);
}

#[test]
fn tasks_are_read_while_their_runtime_ends() {
    for _ in 0..50 {
        let runtime = Two::new().unwrap();
        let handle = runtime.handle();
        let tasks: Vec<_> = (0..20).map(|_| runtime.spawn(root(Gate::new()))).collect();
        let asker = thread::spawn(move || tasks.iter().for_each(|task| drop((handle.dump(), task.dump()))));
        drop(runtime);
        asker.join().unwrap();
    }
}
