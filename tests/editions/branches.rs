//! `if let`: its temporaries outlive the `else`.

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use zokio_tests::twin::{Failure, Script, Value};

fn some(value: &Value) -> Option<&Value> {
    Some(value)
}

fn none(value: &Value) -> Option<&Value> {
    value.look();
    None
}

bodies! {
    async fn an_else_has_the_temporaries(t: Script) -> u32 {
        if let Some(one) = none(&t.carry(t.value(1)).await) {
            t.leaf(one.look()).await
        } else {
            t.leaf(2).await
        }
    }
    async fn a_value_refers_to_a_temporary(t: Script) -> u32 {
        let other = t.value(2);
        let n = (if let Some(one) = some(&t.carry(t.value(1)).await) {
            t.leaf(1).await;
            one
        } else {
            t.leaf(2).await;
            &other
        })
        .look();
        t.step("behind");
        n
    }
    async fn a_value_that_does_not_wait_refers_to_a_temporary(t: Script) -> u32 {
        let other = t.value(2);
        let n = (if let Some(one) = some(&t.carry(t.value(1)).await) { one } else { &other }).look() + t.leaf(3).await;
        t.step("behind");
        n
    }
    async fn an_operand_in_front_of_an_await(t: Script) -> u32 {
        let other = t.value(2);
        let sum = |one: &Value, n: u32| one.look() + n;
        let n = sum(if let Some(one) = some(&t.value(1)) { one } else { &other }, t.leaf(3).await);
        t.step("behind");
        n
    }
    async fn an_else_that_decides_ends_its_own(t: Script) -> u32 {
        let n = if let Some(one) = none(&t.carry(t.value(1)).await) {
            t.leaf(one.look()).await
        } else if let Some(one) = some(&t.carry(t.value(2)).await) {
            t.leaf(one.look()).await
        } else {
            t.leaf(4).await
        };
        t.step("behind");
        n
    }
    async fn an_else_that_decides_keeps_them_for_its_own_else(t: Script) -> u32 {
        if let Some(_) = none(&t.value(1)) {
            t.leaf(1).await
        } else if let Some(_) = none(&t.value(2)) {
            1
        } else {
            t.leaf(3).await
        }
    }
    async fn a_lock_is_held_in_the_else(t: Script) -> u32 {
        let lock = std::sync::Mutex::new(t.value(1));
        let n = if let Some(one) = none(&lock.lock().unwrap_or_else(|poisoned| poisoned.into_inner())) {
            t.leaf(one.look()).await
        } else {
            t.leaf(if lock.try_lock().is_ok() { 5 } else { 6 }).await
        };
        n
    }
    async fn a_let_else_ends_them_first(t: Script) -> u32 {
        let lock = std::sync::Mutex::new(t.value(1));
        let Some(n) = none(&lock.lock().unwrap_or_else(|poisoned| poisoned.into_inner())).map(Value::look) else {
            return t.leaf(if lock.try_lock().is_ok() { 5 } else { 6 }).await;
        };
        n
    }
    async fn a_loop_ends_them_each_time(t: Script) -> u32 {
        let mut n = 0;
        let kept = t.value(7);
        while let Some(one) = some(&t.carry(t.value(n)).await) {
            n += 1 + t.leaf(one.look()).await;
            if n > 2 {
                break;
            }
        }
        n + kept.look()
    }
    async fn a_loop_ends_them_behind_its_locals(t: Script) -> u32 {
        loop {
            let kept = t.value(7);
            if let Some(one) = some(&t.carry(t.value(1)).await) {
                t.leaf(one.look()).await;
                break;
            } else {
                t.leaf(kept.look()).await;
            }
        }
        t.leaf(3).await
    }
    async fn an_arm_ends_them(t: Script) -> u32 {
        match t.dice(2) {
            0 => {
                let kept = t.value(7);
                if let Some(one) = some(&t.carry(t.value(1)).await) {
                    t.leaf(one.look()).await;
                }
            }
            _ => if let Some(one) = none(&t.carry(t.value(2)).await) {
                t.leaf(one.look()).await;
            },
        }
        t.leaf(3).await
    }
}

/// Bytes that are somebody's.
enum Storage<'a> {
    Shared(&'a [u8]),
    Unique(&'a mut [u8]),
    Owned(Vec<u8>),
}

async fn written(to: &mut Vec<u8>, bytes: &[u8]) -> usize {
    to.extend_from_slice(bytes);
    bytes.len()
}

/// What is matched is a reference, and one of the patterns asks for another: of which edition that is, its own place says.
#[zokio::async_fn]
async fn write(to: &mut Vec<u8>, data: &mut Storage<'_>) -> usize {
    match data {
        Storage::Shared(bytes) => written(to, bytes).await,
        Storage::Unique(bytes) => {
            bytes[0] = 1;
            written(to, bytes).await
        }
        Storage::Owned(ref mut bytes) => {
            bytes.push(2);
            written(to, bytes).await
        }
    }
}

#[test]
fn a_reference_is_asked_for_behind_a_reference() {
    let (mut to, mut unique) = (Vec::new(), [7, 7]);
    let mut all = [Storage::Shared(&[5]), Storage::Unique(&mut unique), Storage::Owned(vec![9])];
    let lengths = all.each_mut().map(|data| {
        let mut machine = pin!(write(&mut to, data));
        machine.as_mut().poll(&mut Context::from_waker(Waker::noop()))
    });
    assert_eq!(lengths, [1, 2, 2].map(Poll::Ready));
    assert_eq!(to, [5, 1, 7, 9, 2]);
}
