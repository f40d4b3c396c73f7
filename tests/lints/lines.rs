//! Straight lines, blocks, operators, `?`.

use crate::{Failure, Value, fallible, gives, later};

#[zokio::async_fn]
async fn straight(from: u32) -> u32 {
    let one = later(from).await;
    let two = later(one + 1).await;
    one + two
}

#[zokio::async_fn]
async fn nothing() {
    let _ = later(1).await;
}

#[zokio::async_fn]
async fn nothing_awaited(number: u32) -> u32 {
    number * 2
}

#[zokio::async_fn]
async fn operators(number: u32) -> u32 {
    let sum = later(number).await + later(2).await * 3;
    let negated = !later(sum).await;
    (negated ^ later(1).await) & 0xFF
}

#[zokio::async_fn]
async fn assigned(mut number: u32) -> u32 {
    number = later(number).await + 1;
    number += later(2).await;
    let (value, more);
    if later(0).await == 0 {
        more = later(1).await;
        value = Value::new(number);
    } else {
        value = Value::new(0);
        more = 0;
    }
    let _ = later(more).await;
    value.look()
}

#[zokio::async_fn]
async fn tried(number: u32) -> Result<u32, Failure> {
    let one = fallible(number).await?;
    let two = fallible(one + 5).await?;
    Ok(one + two)
}

#[zokio::async_fn]
async fn tried_option(number: Option<u32>) -> Option<u32> {
    let one = later(number?).await;
    let two = one.checked_sub(later(1).await)?;
    Some(one + two)
}

#[zokio::async_fn]
async fn returned(number: u32) -> Result<u32, Failure> {
    if later(number).await > 3 {
        return Err(Failure(later(number).await));
    }
    let value = Value::new(number);
    Ok(later(value.number).await)
}

#[zokio::async_fn]
async fn blocks(number: u32) -> u32 {
    let sum = {
        let one = Value::new(number);
        let two = later(one.number).await;
        one.look() + two
    };
    let found = 'found: {
        if later(sum).await > 5 {
            break 'found later(1).await;
        }
        later(2).await
    };
    sum + found
}

#[zokio::async_fn]
async fn shadowed(value: Value) -> u32 {
    let value = value.with(later(1).await);
    let value = value.number + later(2).await;
    later(value).await
}

#[zokio::async_fn]
async fn cast_and_index(numbers: [u32; 4]) -> u64 {
    let index = later(2).await as usize;
    let one = numbers[later(1).await as usize];
    u64::from(later(numbers[index]).await) + u64::from(one)
}

#[test]
fn lines() {
    gives(straight(1), &3);
    gives(nothing(), &());
    gives(nothing_awaited(4), &8);
    gives(operators(1), &0xF9);
    gives(assigned(1), &4);
    gives(tried(2), &Ok(9));
    gives(tried(7), &Err(Failure(12)));
    gives(tried_option(Some(3)), &Some(5));
    gives(tried_option(None), &None);
    gives(returned(2), &Ok(2));
    gives(returned(4), &Err(Failure(4)));
    gives(blocks(3), &7);
    gives(shadowed(Value::new(1)), &4);
    gives(cast_and_index([1, 2, 3, 4]), &5);
}
