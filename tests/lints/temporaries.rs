//! Temporaries that live over an await.

use crate::{Value, gives, later};

async fn seen(value: &Value, number: u32) -> u32 {
    later(value.number).await + number
}

fn make(number: u32) -> Value {
    Value::new(number)
}

#[zokio::async_fn]
async fn borrowed() -> u32 {
    seen(&make(3), 1).await
}

#[zokio::async_fn]
async fn borrowed_beside() -> u32 {
    seen(&make(later(1).await), later(2).await).await
}

#[zokio::async_fn]
async fn method_of_a_temporary() -> u32 {
    make(1).wait().await + make(2).send().await
}

#[zokio::async_fn]
async fn extended() -> u32 {
    let value = &make(4);
    let number = later(1).await;
    value.look() + number
}

#[zokio::async_fn]
async fn arguments() -> u32 {
    three(later(1).await, &make(2), later(3).await)
}

const fn three(one: u32, two: &Value, three: u32) -> u32 {
    one + two.look() + three
}

#[zokio::async_fn]
async fn in_a_structure() -> Value {
    Value { number: later(1).await, text: later(2).await.to_string() }
}

#[zokio::async_fn]
async fn in_collections() -> (u32, [u32; 2]) {
    (later(1).await, [later(2).await, later(3).await])
}

#[zokio::async_fn]
async fn ranges() -> u32 {
    (later(1).await..later(4).await).sum()
}

#[test]
fn temporaries() {
    gives(borrowed(), &4);
    gives(borrowed_beside(), &3);
    gives(method_of_a_temporary(), &4);
    gives(extended(), &5);
    gives(arguments(), &6);
    gives(in_a_structure(), &Value { number: 1, text: "2".to_owned() });
    gives(in_collections(), &(1, [2, 3]));
    gives(ranges(), &6);
}
