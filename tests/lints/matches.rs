//! `match`, with awaits in scrutinee and arms; all patterns.

use crate::{Value, fallible, gives, later};

/// What is matched.
#[derive(Debug)]
enum Message {
    Text(String),
    Pair { one: Value, other: u32 },
    End,
}

#[zokio::async_fn]
async fn variants(message: Message) -> u32 {
    match message {
        Message::Text(text) if text.is_empty() => 0,
        Message::Text(text) => later(u32::try_from(text.len()).unwrap_or(0)).await,
        Message::Pair { one, other } => {
            let sent = one.send().await;
            later(sent + other).await
        }
        Message::End => later(100).await,
    }
}

#[zokio::async_fn]
async fn awaited(number: u32) -> u32 {
    match later(number).await {
        0 => later(10).await,
        1..=3 => 20,
        other @ (4 | 5) => later(other).await,
        _ => 30,
    }
}

#[zokio::async_fn]
async fn result(number: u32) -> u32 {
    match fallible(number).await {
        Ok(number) => later(number).await,
        Err(failure) => later(failure.0).await + 1000,
    }
}

#[zokio::async_fn]
async fn references(mut message: Message) -> u32 {
    match message {
        Message::Pair { ref mut one, ref other } => {
            one.number += later(*other).await;
            one.look()
        }
        Message::Text(ref text) => later(u32::try_from(text.len()).unwrap_or(0)).await,
        Message::End => 0,
    }
}

#[zokio::async_fn]
async fn slices(numbers: &[u32]) -> u32 {
    match numbers {
        [] => later(0).await,
        [one] => later(*one).await,
        [first, .., last] => later(*first).await + later(*last).await,
    }
}

#[zokio::async_fn]
async fn tuples(pair: (Value, u32)) -> u32 {
    let (value, number) = pair;
    let sum = later(number).await;
    value.finish() + sum
}

#[zokio::async_fn]
async fn fields(value: Value) -> usize {
    let Value { number, text } = value;
    let length = text.len();
    let _ = later(number).await;
    drop(text);
    length
}

#[test]
fn matches() {
    gives(variants(Message::Text(String::new())), &0);
    gives(variants(Message::Text("four".to_owned())), &4);
    gives(variants(Message::Pair { one: Value::new(1), other: 2 }), &3);
    gives(variants(Message::End), &100);
    gives(awaited(0), &10);
    gives(awaited(2), &20);
    gives(awaited(5), &5);
    gives(awaited(6), &30);
    gives(result(3), &3);
    gives(result(10), &1010);
    gives(references(Message::Pair { one: Value::new(1), other: 2 }), &3);
    gives(references(Message::Text("ab".to_owned())), &2);
    gives(slices(&[1, 2, 3]), &4);
    gives(slices(&[1]), &1);
    gives(slices(&[]), &0);
    gives(tuples((Value::new(1), 2)), &4);
    gives(fields(Value::new(12)), &2);
}
