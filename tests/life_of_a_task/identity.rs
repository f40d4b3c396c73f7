//! Which task it is.

use std::collections::HashSet;

use zokio::plumbing::Handle;
use zokio::task::{id, try_id};
use zokio_tests::{One, Trace, Two, yield_now};

/// Asks where it is dropped.
struct Asks<'a>(&'a std::sync::Mutex<Vec<Option<zokio::task::Id>>>);

impl Drop for Asks<'_> {
    fn drop(&mut self) {
        self.0.lock().unwrap().push(try_id());
    }
}

#[test]
fn tasks_know_who_they_are() {
    let _turn = Trace::begin();
    assert_eq!(try_id(), None);
    One::start().block_on(async {
        let root = id();
        let tasks: Vec<_> = (0..3).map(|_| Handle::current().spawn(async { id() })).collect();
        let mut known = HashSet::from([root]);
        // A task that has a handle leaves its identity to no other.
        let mut held = Vec::new();
        for task in tasks {
            let (before, abort) = (task.id(), task.abort_handle());
            assert_eq!(abort.id(), before);
            assert_eq!(task.await.unwrap(), before);
            assert!(known.insert(before));
            held.push(abort);
        }
        assert_eq!(id(), root);
    });
    assert_eq!(try_id(), None);
}

#[test]
fn what_a_task_drops_knows_it_too() {
    let _turn = Trace::begin();
    static DROPPED: std::sync::Mutex<Vec<Option<zokio::task::Id>>> = std::sync::Mutex::new(Vec::new());
    Two::start().block_on(async {
        let task = Handle::current().spawn(async {
            let _asks = Asks(&DROPPED);
            std::future::pending::<()>().await;
        });
        yield_now().await;
        task.abort();
        let of = task.id();
        let error = task.await.unwrap_err();
        assert!(error.is_cancelled());
        assert_eq!(error.id(), of);
        for dropped in DROPPED.lock().unwrap().iter() {
            assert_eq!(*dropped, Some(of));
        }
        let panicked = Handle::current().spawn(async { panic!("told by the handle") });
        let of = panicked.id();
        assert_eq!(panicked.await.unwrap_err().id(), of);
    });
}
