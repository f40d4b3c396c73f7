//! A seat with nothing to do sleeps, and no wake is lost.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use zokio::plumbing::Handle;
use zokio_tests::{Gate, Named, One, Trace, record};

#[test]
fn a_seat_without_work_sleeps_until_it_is_called() {
    let trace = Trace::begin();
    let gate = Gate::new();
    let opener = gate.clone();
    let (asleep, wait) = mpsc::channel();
    let other = thread::spawn(move || {
        wait.recv().unwrap();
        opener.open();
    });
    One::start().block_on(async move {
        let task = Handle::current().spawn(Named::new("a", async move { gate.passed().await }));
        // Sent from the last task before the seat sleeps. The other thread may be quicker than the seat falls asleep, and
        // then the seat does not sleep at all: both are right, and neither hangs.
        let last = Handle::current().spawn(async move { asleep.send(()).unwrap() });
        task.await.unwrap();
        last.await.unwrap();
    });
    other.join().unwrap();
    let sleeps = |event: &str| event != "unpark" && event != "park";
    trace.assert_of(sleeps, &["poll a", "poll a", "a is ready", "drop a", "the driver shuts down"]);
}

#[test]
fn a_seat_sleeps_as_long_as_its_next_timer() {
    let trace = Trace::begin();
    One::start().block_on(Named::new("main", async {
        zokio::time::sleep(Duration::from_millis(2)).await;
    }));
    let events = trace.events();
    assert_eq!(events.first().map(String::as_str), Some("poll main"));
    assert_eq!(events.get(1).map(String::as_str), Some("park for a time"), "{events:?}");
    trace.assert_of(
        |event| event != "park for a time",
        &["poll main", "poll main", "main is ready", "drop main", "the driver shuts down"],
    );
}

#[test]
fn a_busy_seat_never_sleeps() {
    let trace = Trace::begin();
    One::start().block_on(async {
        for _ in 0..200 {
            zokio_tests::yield_now().await;
        }
        record("done");
    });
    trace.assert(&["done", "the driver shuts down"]);
}
