//! What is moved, in whole and in part; closures and `async` blocks.

use crate::{Value, gives, later};

/// Of two parts.
#[derive(Debug)]
struct Pair {
    one: Value,
    other: Value,
    number: u32,
}

fn pair() -> Pair {
    Pair { one: Value::new(1), other: Value::new(2), number: 3 }
}

#[zokio::async_fn]
async fn parts() -> u32 {
    let pair = pair();
    let _ = later(1).await;
    let sent = pair.one.send().await;
    let other = pair.other;
    later(sent).await + other.finish() + pair.number
}

#[zokio::async_fn]
async fn perhaps(value: Value, gone: bool) -> u32 {
    if gone {
        drop(value);
    }
    later(1).await
}

#[zokio::async_fn]
async fn part_assigned() -> u32 {
    let mut pair = pair();
    drop(pair.one);
    let number = later(4).await;
    pair.one = Value::new(number);
    later(pair.one.number).await + pair.other.look()
}

#[zokio::async_fn]
async fn builder(value: Value) -> u32 {
    value.with(1).with(later(2).await).send().await
}

#[zokio::async_fn]
async fn replaced(mut value: Value) -> u32 {
    for more in 0..3 {
        value = value.with(later(more).await);
    }
    value.finish()
}

#[zokio::async_fn]
async fn closures(number: u32) -> u32 {
    let value = Value::new(number);
    let add = |more: u32| value.look() + more + number;
    let one = later(add(1)).await;
    let owned = move |more: u32| one + more;
    let two = later(owned(1)).await;
    two + add(0)
}

#[zokio::async_fn]
async fn futures(value: Value) -> u32 {
    let borrowed = async { later(value.number).await + value.look() };
    let sum = borrowed.await;
    let owned = async move { value.send().await };
    let boxed: std::pin::Pin<Box<dyn Future<Output = u32>>> = Box::pin(owned);
    boxed.await + sum
}

fn block(number: u32) -> impl Future<Output = u32> {
    let value = Value::new(number);
    zokio::async_block! {
        let more = later(1).await;
        value.finish() + more
    }
}

#[zokio::async_fn]
async fn dropped_early() -> u32 {
    let guard = std::sync::Mutex::new(3);
    let number = { *guard.lock().unwrap_or_else(std::sync::PoisonError::into_inner) };
    later(number).await
}

#[test]
fn moves() {
    gives(parts(), &7);
    gives(perhaps(Value::new(1), true), &1);
    gives(perhaps(Value::new(1), false), &1);
    gives(part_assigned(), &6);
    gives(builder(Value::new(1)), &4);
    gives(replaced(Value::new(1)), &5);
    gives(closures(2), &10);
    gives(futures(Value::new(2)), &6);
    gives(block(3), &5);
    gives(dropped_early(), &3);
}
