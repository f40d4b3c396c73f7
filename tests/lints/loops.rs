//! `loop`, `while`, `while let`, `for`, labels.

use crate::{Value, gives, later};

#[zokio::async_fn]
async fn endless(until: u32) -> u32 {
    let mut count = 0;
    loop {
        count += later(1).await;
        if count == 2 {
            continue;
        }
        if count >= until {
            break count * 2;
        }
    }
}

#[zokio::async_fn]
async fn while_(until: u32) -> u32 {
    let mut sum = 0;
    while later(sum).await < until {
        sum += later(2).await;
    }
    sum
}

#[zokio::async_fn]
async fn while_let(mut values: Vec<Value>) -> u32 {
    let mut sum = 0;
    while let Some(value) = values.pop() {
        sum += later(value.number).await;
        sum += value.finish();
    }
    sum
}

#[zokio::async_fn]
async fn for_(values: Vec<Value>) -> u32 {
    let mut sum = 0;
    for value in values {
        sum += value.send().await;
    }
    sum
}

#[zokio::async_fn]
async fn for_borrowed(values: &[Value]) -> u32 {
    let mut sum = 0;
    for (index, value) in values.iter().enumerate() {
        if index == 1 {
            continue;
        }
        sum += later(value.number).await;
    }
    sum
}

#[zokio::async_fn]
async fn labelled(rows: u32) -> u32 {
    let mut sum = 0;
    'rows: for row in 0..rows {
        for column in 0..5 {
            if later(column).await > row {
                continue 'rows;
            }
            if row == 3 {
                break 'rows;
            }
            sum += row + column;
        }
    }
    sum
}

#[zokio::async_fn]
async fn borrowed_over_an_await(rounds: u32) -> u32 {
    let mut value = Value::new(1);
    for _ in 0..rounds {
        let changed = value.change(1);
        let seen = later(changed.number).await;
        changed.number += seen;
    }
    value.wait().await
}

#[test]
fn loops() {
    gives(endless(4), &8);
    gives(while_(5), &6);
    gives(while_let(vec![Value::new(1), Value::new(2)]), &8);
    gives(for_(vec![Value::new(1), Value::new(2)]), &3);
    gives(for_borrowed(&[Value::new(1), Value::new(2), Value::new(3)]), &4);
    gives(labelled(5), &12);
    gives(borrowed_over_an_await(2), &11);
}
