//! One worker: the thread that asks reads its own tasks.

use zokio::task::{TaskState, dump, spawn, spawn_local};
use zokio_tests::{Gate, yield_now};

use crate::support::{OF_ROOT, One, expressions, named, root};

#[test]
fn every_task_is_listed_with_what_it_awaits() {
    One::new().unwrap().block_on(async {
        let gate = Gate::new();
        let tasks = [spawn(root(gate.clone())), spawn(root(gate.clone())), spawn_local(root(gate.clone()))];
        let native = spawn(async { std::future::pending::<()>().await });
        yield_now().await;
        let all = dump();
        assert_eq!(all.unanswered(), 0);
        assert_eq!(all.tasks().len(), 5, "{all}");
        let roots = named(&all, "support::root");
        assert_eq!(roots.len(), 3, "{all}");
        for task in roots {
            assert_eq!(task.state(), TaskState::Idle);
            assert_eq!(expressions(task), OF_ROOT);
        }
        // This one, which asks.
        let running: Vec<_> = all.tasks().iter().filter(|task| task.state() == TaskState::Running).collect();
        assert_eq!(running.len(), 1);
        assert!(running[0].name().contains("every_task_is_listed"), "{}", running[0].name());
        gate.open();
        for task in tasks {
            assert_eq!(task.await.unwrap(), 7);
        }
        assert_eq!(dump().tasks().len(), 2, "what has completed is not listed");
        native.abort();
    });
}

#[test]
fn a_task_that_has_not_been_polled_is_scheduled() {
    One::new().unwrap().block_on(async {
        let task = spawn(root(Gate::new()));
        let read = task.dump().unwrap();
        assert_eq!((read.state(), read.awaits().len()), (TaskState::Scheduled, 0));
        assert!(read.name().ends_with("support::root"), "its function is known: {}", read.name());
    });
}

#[test]
fn a_task_that_is_woken_is_read_by_its_own_thread() {
    One::new().unwrap().block_on(async {
        let gate = Gate::new();
        let task = spawn(root(gate.clone()));
        yield_now().await;
        gate.open();
        let read = task.dump().unwrap();
        assert_eq!(read.state(), TaskState::Scheduled);
        assert_eq!(expressions(&read), OF_ROOT);
        task.await.unwrap();
    });
}

#[test]
fn the_future_of_block_on_is_listed_too() {
    let runtime = One::new().unwrap();
    let gate = Gate::new();
    let opens = gate.clone();
    // The task reads the future that waits for it.
    let reader = runtime.spawn(async move {
        yield_now().await;
        let dump = dump();
        opens.open();
        dump
    });
    assert_eq!(runtime.block_on(root(gate)), 7);
    let dump = runtime.block_on(reader).unwrap();
    let roots = named(&dump, "support::root");
    assert_eq!(roots.len(), 1, "{dump}");
    assert_eq!(expressions(roots[0]), OF_ROOT);
}

#[test]
fn a_task_asks_about_itself() {
    One::new().unwrap().block_on(async {
        let (send, receive) = std::sync::mpsc::channel::<zokio::task::AbortHandle>();
        let task = spawn(async move { receive.recv().unwrap().dump().unwrap().state() });
        send.send(task.abort_handle()).unwrap();
        assert_eq!(task.await.unwrap(), TaskState::Running);
    });
}

#[test]
fn a_handle_of_a_completed_task_has_nothing_to_tell() {
    One::new().unwrap().block_on(async {
        let mut task = spawn(async {});
        let handle = task.abort_handle();
        (&mut task).await.unwrap();
        assert!(task.dump().is_none() && handle.dump().is_none());
    });
}

#[test]
fn a_dump_is_drawn_as_a_tree() {
    One::new().unwrap().block_on(async {
        let task = spawn(root(Gate::new()));
        yield_now().await;
        let text = task.dump().unwrap().to_string();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 4, "{text}");
        assert!(lines[0].starts_with("task 0x") && lines[0].ends_with("support::root, idle"), "{text}");
        assert!(lines[1].starts_with("└ dumps::support::root, ") && lines[1].contains("support.rs:"), "{text}");
        assert!(lines[1].ends_with(": branch(gate)"), "{text}");
        assert!(lines[2].starts_with("  └ ") && lines[2].ends_with(": leaf(gate)"), "{text}");
        assert!(lines[3].starts_with("    └ ") && lines[3].ends_with(": gate.passed()"), "{text}");
        let all = dump().to_string();
        assert!(all.starts_with("2 tasks\n") && all.contains(&text), "{all}");
    });
}
