//! Values that belong to tasks.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};

use zokio::plumbing::Handle;
use zokio_tests::{One, Trace, Two, record, yield_now};

zokio::task_local! {
    /// One of the tests' own.
    static NUMBER: u32;
    static LIST: RefCell<Vec<u32>>
}

/// Says which value it sees as it is dropped.
struct Sees;

impl Drop for Sees {
    fn drop(&mut self) {
        record(match NUMBER.try_get() {
            Ok(number) => format!("sees {number}"),
            Err(error) => error.to_string(),
        });
    }
}

#[test]
fn each_task_sees_its_own() {
    let _turn = Trace::begin();
    Two::start().block_on(async {
        let tasks: Vec<_> = (0..20)
            .map(|number| {
                Handle::current().spawn(NUMBER.scope(number, async move {
                    for _ in 0..10 {
                        assert_eq!(NUMBER.get(), number);
                        yield_now().await;
                    }
                    NUMBER.with(|seen| *seen)
                }))
            })
            .collect();
        for (number, task) in (0..20).zip(tasks) {
            assert_eq!(task.await.unwrap(), number);
        }
        assert!(NUMBER.try_get().is_err());
    });
}

#[test]
fn scopes_are_nested() {
    let _turn = Trace::begin();
    One::start().block_on(NUMBER.scope(1, async {
        let inner = NUMBER.scope(2, async {
            yield_now().await;
            NUMBER.get() + NUMBER.sync_scope(10, || NUMBER.get())
        });
        assert_eq!(inner.await, 12);
        assert_eq!(NUMBER.get(), 1);
        LIST.scope(RefCell::default(), async {
            LIST.with(|list| list.borrow_mut().push(NUMBER.get()));
            yield_now().await;
            assert_eq!(LIST.with(|list| list.borrow().clone()), [1]);
        })
        .await;
    }));
}

#[test]
fn what_is_dropped_within_sees_it() {
    let trace = Trace::begin();
    One::start().block_on(async {
        NUMBER
            .scope(1, async {
                let _sees = Sees;
                yield_now().await;
            })
            .await;
        let mut left = Box::pin(NUMBER.scope(2, async {
            let _sees = Sees;
            std::future::pending::<()>().await;
        }));
        std::future::poll_fn(|context| {
            assert!(left.as_mut().poll(context).is_pending());
            std::task::Poll::Ready(())
        })
        .await;
        drop(left);
        drop(Sees);
    });
    trace.assert(&["sees 1", "sees 2", "task-local value not set", "the driver shuts down"]);
}

#[test]
fn a_value_can_be_taken_back() {
    let _turn = Trace::begin();
    One::start().block_on(async {
        let mut scope = Box::pin(NUMBER.scope(3, async { NUMBER.get() }));
        assert_eq!(scope.as_mut().await, 3);
        assert_eq!(scope.as_mut().take_value(), Some(3));
        assert_eq!(scope.as_mut().take_value(), None);
    });
}

#[test]
fn a_panic_ends_its_scopes() {
    let outer = catch_unwind(AssertUnwindSafe(|| {
        NUMBER.sync_scope(1, || {
            let inner = catch_unwind(|| NUMBER.sync_scope(2, || panic!("told by the test")));
            assert!(inner.is_err());
            NUMBER.get()
        })
    }));
    assert_eq!(outer.unwrap(), 1);
    let message =
        |result: Result<(), Box<dyn std::any::Any + Send>>| *result.unwrap_err().downcast::<String>().unwrap();
    let unset = message(catch_unwind(|| NUMBER.with(|_| ())));
    assert_eq!(unset, "task-local value not set: call this within `scope` or `sync_scope` of the key");
    let borrowed = catch_unwind(|| NUMBER.sync_scope(1, || NUMBER.with(|_| NUMBER.sync_scope(2, || ()))));
    let borrowed = *borrowed.unwrap_err().downcast::<&str>().unwrap();
    assert_eq!(borrowed, "cannot enter the scope of a task-local while its value is borrowed by `with`");
}
