//! How far down a chain goes: machines in all the ways in which they are awaited.

use std::future::Future;
use std::pin::{Pin, pin};

use zokio::StateMachine;
use zokio::task::spawn_local;
use zokio_tests::{Gate, yield_now};

use crate::support::{One, expressions, leaf};

/// What a future that waits at a gate awaits.
fn chain<F: Future + 'static>(future: impl FnOnce(Gate) -> F) -> Vec<&'static str> {
    One::new().unwrap().block_on(async {
        let task = spawn_local(future(Gate::new()));
        yield_now().await;
        expressions(&task.dump().unwrap())
    })
}

#[zokio::async_fn]
async fn boxed(gate: Gate) {
    Box::pin(leaf(gate)).await;
}

#[zokio::async_fn]
async fn borrowed(gate: Gate) {
    let mut inner = Box::pin(leaf(gate));
    (&mut inner).await;
}

#[zokio::async_fn]
async fn pinned(gate: Gate) {
    let mut inner = pin!(leaf(gate));
    inner.as_mut().await;
}

#[zokio::async_fn]
async fn generic<F: Future>(inner: F) {
    inner.await;
}

#[zokio::async_fn]
async fn method_like(inner: impl StateMachine<Output = ()>) {
    inner.await;
}

#[zokio::async_fn]
async fn erased(gate: Gate) {
    let inner: Pin<Box<dyn Future<Output = ()>>> = Box::pin(leaf(gate));
    inner.await;
}

#[zokio::async_fn(machine = rustc)]
async fn coroutine(gate: Gate) {
    leaf(gate).await;
}

#[zokio::async_fn]
async fn calls_coroutine(gate: Gate) {
    coroutine(gate).await;
}

struct Service {
    gate: Gate,
}

impl Service {
    #[zokio::async_fn]
    async fn serve(&self) {
        self.wait().await;
    }

    #[zokio::async_fn]
    async fn wait(&self) {
        self.gate.passed().await;
    }
}

#[zokio::async_fn]
async fn method(gate: Gate) {
    let service = Service { gate };
    service.serve().await;
}

#[test]
fn pointers_are_followed() {
    assert_eq!(chain(boxed), ["Box::pin(leaf(gate))", "gate.passed()"]);
    assert_eq!(chain(borrowed), ["(&mut inner)", "gate.passed()"]);
    assert_eq!(chain(pinned), ["inner.as_mut()", "gate.passed()"]);
}

#[test]
fn type_parameters_are_followed() {
    assert_eq!(chain(|gate| generic(leaf(gate))), ["inner", "gate.passed()"]);
    assert_eq!(chain(|gate| generic(generic(leaf(gate)))), ["inner", "inner", "gate.passed()"]);
    assert_eq!(chain(|gate| method_like(leaf(gate))), ["inner", "gate.passed()"]);
    assert_eq!(chain(|_| generic(std::future::pending::<()>())), ["inner"]);
}

#[test]
fn what_is_no_machine_ends_the_chain() {
    assert_eq!(chain(erased), ["inner"]);
    assert_eq!(chain(|gate| async move { leaf(gate).await }), [""; 0]);
}

#[test]
fn a_coroutine_says_where_it_stands() {
    assert_eq!(chain(coroutine), ["leaf(gate)"]);
    assert_eq!(chain(calls_coroutine), ["coroutine(gate)", "leaf(gate)"]);
}

#[test]
fn methods_and_blocks_are_followed() {
    assert_eq!(chain(method), ["service.serve()", "self.wait()", "self.gate.passed()"]);
    assert_eq!(chain(|gate| zokio::async_block! { leaf(gate).await }), ["leaf(gate)", "gate.passed()"]);
}

#[test]
fn a_large_machine_is_read_where_it_is() {
    #[zokio::async_fn(allow(large_slot))]
    async fn large(gate: Gate) -> usize {
        let buffer = [1_u8; 100_000];
        leaf(gate).await;
        buffer.len()
    }
    assert_eq!(chain(large), ["leaf(gate)", "gate.passed()"]);
}
