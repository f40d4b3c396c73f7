//! Two tasks and a channel for one value.

use zokio::plumbing::Handle;
use zokio::sync::oneshot;
use zokio_tests::{One, Trace, Two};

async fn ping_pong(rounds: u32) -> u32 {
    let mut sum = 0;
    for round in 0..rounds {
        let (ping, pinged) = oneshot::channel();
        let (pong, ponged) = oneshot::channel();
        let task = Handle::current().spawn(async move { pong.send(pinged.await.unwrap() + 1) });
        ping.send(round).unwrap();
        sum += ponged.await.unwrap();
        task.await.unwrap().unwrap();
    }
    sum
}

#[test]
fn values_go_to_and_fro() {
    let _turn = Trace::begin();
    assert_eq!(One::start().block_on(ping_pong(100)), 100 * 101 / 2);
    assert_eq!(Two::start().block_on(ping_pong(10_000)), 10_000 * 10_001 / 2);
}

#[test]
fn who_waits_for_an_aborted_task_learns_of_it() {
    let _turn = Trace::begin();
    Two::start().block_on(async {
        let (sender, receiver) = oneshot::channel::<u32>();
        let task = Handle::current().spawn(async move {
            std::future::pending::<()>().await;
            drop(sender);
        });
        task.abort();
        receiver.await.unwrap_err();
    });
}

#[test]
#[should_panic(expected = "cannot block this thread, which is driving tasks")]
fn a_worker_does_not_block() {
    let _turn = Trace::begin();
    One::start().block_on(async {
        let (_sender, receiver) = oneshot::channel::<u32>();
        let _ = receiver.blocking_recv();
    });
}
